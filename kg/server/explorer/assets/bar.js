// The search field of the bar: names of the whole store, ranked as kg find ranks; a combobox after WAI-ARIA.
const bar = JSON.parse(byId('bar-data').textContent);
const seek = byId('seek-text');
const found = byId('seek-found');
const SOON = 120;
let hits = [];
let marked = -1;
let asking = null;
let timer = 0;

const told = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => String(values[key]));

// What every address keeps: the perspective and the language, as the page shows them now.
function keptWords() {
  const words = new URLSearchParams();
  const kept = ['according-to', 'as-of', 'on', 'undisputed', 'disputed', 'exactly', 'infer', 'lang'];
  for (const [name, value] of new URLSearchParams(location.search)) if (kept.includes(name)) words.append(name, value);
  const hash = new URLSearchParams(location.hash.slice(1));
  if (!document.getElementById('data')) return words;
  for (const name of ['according-to', 'as-of']) {
    if (!hash.has(name)) continue;
    words.delete(name);
    for (const value of hash.getAll(name)) if (value) words.append(name, value);
  }
  if (hash.has('only')) {
    words.delete('undisputed');
    words.delete('disputed');
    if (hash.get('only')) words.set(hash.get('only'), 'true');
  }
  return words;
}

function addressOf(hit) {
  const short = curieOf(hit.iri);
  const words = String(keptWords());
  const onRecord = bar.records.some((start) => short.startsWith(start));
  const chosen = onRecord ? '' : `#${new URLSearchParams({thing: short})}`;
  return `${bar.things}${encodeURIComponent(short)}${words ? `?${words}` : ''}${chosen}`;
}

function curieOf(iri) {
  for (const [name, start] of bar.prefixes) {
    const local = iri.slice(start.length);
    if (iri.startsWith(start) && /^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?$/.test(local)) return `${name}:${local}`;
  }
  return iri;
}

function closeFound() {
  found.hidden = true;
  seek.setAttribute('aria-expanded', 'false');
  seek.removeAttribute('aria-activedescendant');
  marked = -1;
}

function mark(at) {
  marked = at;
  [...found.children].forEach((option, number) => option.setAttribute('aria-selected', String(number === at)));
  if (at < 0) return seek.removeAttribute('aria-activedescendant');
  seek.setAttribute('aria-activedescendant', found.children[at].id);
  return found.children[at].scrollIntoView({block: 'nearest'});
}

function take(hit) {
  closeFound();
  if (window.chooseInPage && window.chooseInPage(curieOf(hit.iri))) {
    seek.value = '';
    return;
  }
  location.assign(addressOf(hit));
}

function showFound() {
  found.replaceChildren(...hits.map((hit, at) => el('li', {role: 'option', id: `seek-${at}`, 'aria-selected': 'false'},
    hit.label,
    el('small', {}, [hit.kinds, hit.matched === hit.label ? '' : hit.matched].filter(Boolean).join(' · ')))));
  [...found.children].forEach((option, at) => {
    option.addEventListener('mousedown', (event) => event.preventDefault());
    option.addEventListener('click', () => take(hits[at]));
  });
  found.hidden = !hits.length;
  seek.setAttribute('aria-expanded', String(hits.length > 0));
  mark(-1);
  byId('seek-said').textContent = hits.length ? told(bar.say.found_count, {count: hits.length}) : bar.say.found_nothing;
}

async function ask() {
  if (asking) asking.abort();
  const text = seek.value.trim();
  if (!text) {
    hits = [];
    byId('seek-said').textContent = '';
    return closeFound();
  }
  asking = new AbortController();
  const words = new URLSearchParams({q: text, limit: '12', lang: bar.lang});
  try {
    const answer = await fetch(`/api/find?${words}`, {signal: asking.signal});
    if (!answer.ok) return closeFound();
    hits = (await answer.json()).map((hit) => ({...hit, kinds: hit.types.map((kind) => kind.replace(/^.*[#/]/, '')).join(', ')}));
    return showFound();
  } catch (fault) {
    if (fault.name !== 'AbortError') closeFound();
    return null;
  }
}

seek.addEventListener('input', () => {
  clearTimeout(timer);
  timer = setTimeout(ask, SOON);
});
seek.addEventListener('keydown', (event) => {
  const open = !found.hidden;
  if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && hits.length) {
    event.preventDefault();
    if (!open) showFound();
    const step = event.key === 'ArrowDown' ? 1 : -1;
    mark(((marked + step + hits.length + (marked < 0 && step < 0 ? 1 : 0)) % hits.length));
  } else if (event.key === 'Enter' && open && marked >= 0) {
    event.preventDefault();
    take(hits[marked]);
  } else if (event.key === 'Escape') {
    event.preventDefault();
    event.stopPropagation();
    if (open) closeFound();
    else seek.value = '';
  }
});
seek.addEventListener('blur', closeFound);
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.target.closest('input, select, textarea')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  seek.focus();
}, true);
// The page of the graph changes its perspective without a request: what leads away from it goes along.
byId('bar').addEventListener('click', (event) => {
  const link = event.target.closest('a');
  if (!link || !document.getElementById('data')) return;
  const url = new URL(link.href);
  const lang = url.searchParams.get('lang');
  const words = keptWords();
  if (link.hreflang) words.set('lang', lang);
  if (link.hreflang && url.searchParams.has('depth')) words.set('depth', url.searchParams.get('depth'));
  url.search = words;
  link.href = url;
});
