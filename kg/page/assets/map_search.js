// Search: names in any language, without case, accents or marks; those that begin with what is sought come first.
const MOST_FOUND = 12;
const plain = (text) => text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase();
let sought = null;

// One line for each thing: its label, then what else it is called.
function searchLines() {
  if (!sought) {
    const labels = plain(reader.decode(lines.labels.bytes)).split('\n');
    const names = lines.names ? plain(reader.decode(lines.names.bytes)).split('\n') : null;
    sought = names ? labels.map((label, at) => (names[at] ? `${label} | ${names[at]}` : label)) : labels;
  }
  return sought;
}

function search(text) {
  const wanted = plain(text.trim()).split(/\s+/).filter(Boolean);
  if (!wanted.length) return [];
  const whole = wanted.join(' ');
  const hits = [];
  searchLines().forEach((held, thing) => {
    if (!wanted.every((word) => held.includes(word))) return;
    const at = held.indexOf(whole);
    const begins = at === 0 || (at > 0 && held[at - 1] === ' ');
    hits.push([held === whole ? 0 : at === 0 ? 1 : begins ? 2 : 3, -DATA['m-degree'][thing], thing]);
  });
  const known = numberOf(text.trim());
  if (known !== null) hits.push([-1, 0, known]);
  hits.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  return [...new Set(hits.slice(0, MOST_FOUND + 1).map(([, , thing]) => thing))].slice(0, MOST_FOUND);
}

function goTo(thing) {
  closeFound();
  state.hidden.delete(familyOf(thing));
  choose({thing});
  focusOn(thing);
  stageBox.focus();
}

function showFound(text) {
  const list = byId('found');
  const hits = search(text);
  list.hidden = !text.trim();
  list.replaceChildren(...(hits.length
    ? hits.map((thing) => el('li', {}, el('button', {type: 'button', onclick: () => goTo(thing)}, labelOf(thing), el('small', {}, kindOf(thing).label))))
    : [el('li', {}, el('p', {}, SAY.no_match))]));
}

function closeFound() {
  byId('found').hidden = true;
  byId('search').value = '';
}

function startSearch() {
  const input = byId('search');
  input.addEventListener('input', () => showFound(input.value));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') closeFound();
    if (event.key === 'Enter') {
      event.preventDefault();
      const [first] = search(input.value);
      if (first !== undefined) goTo(first);
    }
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      byId('found').querySelector('button')?.focus();
    }
  });
  byId('found').addEventListener('keydown', (event) => {
    const buttons = [...byId('found').querySelectorAll('button')];
    const next = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (next) {
      event.preventDefault();
      (buttons[buttons.indexOf(document.activeElement) + next] || input).focus();
    }
    if (event.key === 'Escape') {
      closeFound();
      input.focus();
    }
  });
}
