// The editor: a text field over its own colours, with numbered lines and a list of the names that fit.
const field = byId('query');
const page = byId('page');
const list = byId('completions');
const LINE = 20;
const PAD = 10;
const IN_SIGHT = 7;
let faulty = null;
let offers = [];
let offered = 0;
let terms = null;
let looking = 0;

function drawText() {
  const lines = field.value.split('\n').length;
  byId('numbers').replaceChildren(...Array.from({length: lines}, (_, at) => [
    el('span', faulty && faulty.line === at + 1 ? {class: 'faulty'} : {}, at + 1), '\n']).flat());
  const made = [];
  let line = 1;
  for (const [kind, text] of partsOf(field.value)) {
    const from = line;
    line += text.split('\n').length - 1;
    const hit = faulty && faulty.part === made.length ? ' t-fault' : '';
    made.push(kind || hit ? el('span', {class: `${kind ? `t-${kind}` : ''}${hit}`, 'data-line': from}, text) : document.createTextNode(text));
  }
  // a last empty line has no height of its own
  byId('colours').replaceChildren(...made, '\n');
  follow();
}

function follow() {
  byId('colours').scrollTop = field.scrollTop;
  byId('colours').scrollLeft = field.scrollLeft;
  byId('numbers').scrollTop = field.scrollTop;
}

// Where a line and a column, both from 1, lie in the text.
function offsetOf(line, column) {
  const lines = field.value.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  return Math.min(before + [...(lines[line - 1] || '')].slice(0, Math.max(column - 1, 0)).join('').length, field.value.length);
}

function markFault(line, column) {
  faulty = line ? {line, part: -1} : null;
  if (faulty) {
    const at = offsetOf(line, column || 1);
    let end = 0;
    faulty.part = partsOf(field.value).findIndex(([, text]) => (end += text.length) > at);
    field.setSelectionRange(at, at);
    field.scrollTop = Math.max(0, (line - 4) * LINE);
  }
  drawText();
}

// Completion: what stands before the caret, what fits it, and the list of it.
function wordBefore() {
  const found = field.value.slice(0, field.selectionStart).match(/[?$]?[A-Za-z_][\w.:-]*$|[?$]$/);
  return found ? found[0] : '';
}

async function termsOnce() {
  if (terms) return terms;
  const answer = await fetch(`/api/terms?lang=${DATA.lang}`);
  terms = answer.ok ? (await answer.json()).map((term) => ({text: shortOf(term.iri), note: term.label})) : [];
  return terms;
}

async function fitting(word) {
  const low = word.toLowerCase();
  const begin = ({text}) => text.toLowerCase().startsWith(low) && text !== word;
  if (/^[?$]/.test(word)) return variablesOf(field.value).map((text) => ({text, note: ''})).filter(begin);
  if (word.includes(':')) {
    const [prefix, rest] = [word.slice(0, word.indexOf(':')), word.slice(word.indexOf(':') + 1)];
    const known = (await termsOnce()).filter((term) => begin(term) || (term.text.startsWith(`${prefix}:`) && rest && term.note.toLowerCase().includes(rest.toLowerCase())));
    if (known.length || prefix !== 'id' || !rest) return known;
    const answer = await fetch(`/api/find?${new URLSearchParams({q: rest.replaceAll('-', ' '), limit: '10', lang: DATA.lang})}`);
    return answer.ok ? (await answer.json()).map((hit) => ({text: shortOf(hit.iri), note: hit.label})).filter(({text}) => text.startsWith('id:')) : [];
  }
  return [...PREFIXES.map(([name]) => ({text: `${name}:`, note: ''})), ...KEYWORDS.map((text) => ({text, note: ''}))].filter(begin);
}

function closeList() {
  looking += 1;
  list.hidden = true;
  list.replaceChildren();
  field.removeAttribute('aria-activedescendant');
  field.removeAttribute('aria-controls');
}

// As many as have room, around the one that is marked.
function markOffer(at) {
  offered = at;
  const first = Math.max(0, Math.min(at - Math.floor(IN_SIGHT / 2), offers.length - IN_SIGHT));
  list.replaceChildren(...offers.slice(first, first + IN_SIGHT).map(({text, note}, number) => el('li', {
    role: 'option', id: `offer-${first + number}`, 'aria-selected': String(first + number === at), 'aria-posinset': first + number + 1, 'aria-setsize': offers.length,
  }, el('span', {}, text), el('small', {}, note))));
  field.setAttribute('aria-activedescendant', `offer-${at}`);
}

async function openList() {
  const word = wordBefore();
  looking += 1;
  const mine = looking;
  const fits = word ? await fitting(word) : [];
  if (mine !== looking) return;
  offers = fits.slice(0, 40);
  if (!offers.length) {
    closeList();
    return;
  }
  list.hidden = false;
  field.setAttribute('aria-controls', 'completions');
  markOffer(0);
  place(word);
}

// The list stands under the word; letters have one width.
function place(word) {
  const before = field.value.slice(0, field.selectionStart - word.length).split('\n');
  const ruler = document.createElement('canvas').getContext('2d');
  ruler.font = getComputedStyle(field).font;
  const left = PAD + ruler.measureText('0').width * before.at(-1).length - field.scrollLeft;
  const top = PAD + before.length * LINE - field.scrollTop;
  list.style.left = `${Math.max(0, Math.min(left, page.clientWidth - 250))}px`;
  list.style.top = `${Math.min(top, Math.max(0, page.clientHeight - list.offsetHeight))}px`;
}

function takeOffer(at) {
  const word = wordBefore();
  const start = field.selectionStart - word.length;
  field.setRangeText(offers[at].text, start, field.selectionStart, 'end');
  closeList();
  changed();
}

function changed() {
  faulty = null;
  drawText();
}

field.addEventListener('input', (event) => {
  changed();
  const word = wordBefore();
  if (event.inputType === 'insertText' && /^[?$]?\w*:?[\w-]*$/.test(word) && (word.includes(':') || !list.hidden || /^[?$]\w/.test(word))) openList();
  else closeList();
});
list.addEventListener('mousedown', (event) => {
  event.preventDefault();
  const option = event.target.closest('[role=option]');
  if (option) takeOffer(Number(option.id.slice(6)));
});
field.addEventListener('scroll', () => {
  follow();
  closeList();
});
field.addEventListener('blur', closeList);
field.addEventListener('keydown', (event) => {
  if (event.key === ' ' && event.ctrlKey) {
    event.preventDefault();
    openList();
  } else if (!list.hidden && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    event.preventDefault();
    markOffer((offered + (event.key === 'ArrowDown' ? 1 : -1) + offers.length) % offers.length);
  } else if (!list.hidden && event.key === 'Enter' && !event.ctrlKey) {
    event.preventDefault();
    takeOffer(offered);
  } else if (!list.hidden && event.key === 'Escape') {
    event.preventDefault();
    closeList();
  } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    const indent = field.value.slice(0, field.selectionStart).split('\n').at(-1).match(/^\s*/)[0];
    if (!indent) return;
    event.preventDefault();
    field.setRangeText(`\n${indent}`, field.selectionStart, field.selectionEnd, 'end');
    changed();
  }
});
