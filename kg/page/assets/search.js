// Search over every name in every script, folded: case, accents and typographic apostrophes do not count.
const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[’ʼ`]/g, "'").toLowerCase().trim();
const index = THINGS.flatMap((thing, number) => (thing.k ? [{number, names: [thing.l, ...(thing.n || [])].map((name) => [name, fold(name)])}] : []));
const MOST = 12;
let chosenHit = -1;

function startSearch() {
  const field = byId('search');
  field.addEventListener('input', () => showFound(field.value));
  field.addEventListener('keydown', (event) => {
    const hits = [...byId('found').querySelectorAll('button')];
    if (event.key === 'ArrowDown' && hits.length) {
      event.preventDefault();
      hits[0].focus();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (hits.length) hits[0].click();
    } else if (event.key === 'Escape') {
      closeFound();
    }
  });
  byId('found').addEventListener('keydown', (event) => {
    const hits = [...byId('found').querySelectorAll('button')];
    const at = hits.indexOf(document.activeElement);
    if (event.key === 'Escape') {
      closeFound();
      field.focus();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const next = at + (event.key === 'ArrowDown' ? 1 : -1);
      if (next < 0) field.focus();
      else hits[Math.min(next, hits.length - 1)].focus();
    }
  });
  byId('controls').addEventListener('submit', (event) => event.preventDefault());
}

function search(text) {
  const wanted = fold(text);
  if (!wanted) return [];
  const rank = ([, folded]) => (folded === wanted ? 0 : folded.startsWith(wanted) ? 1 : folded.split(/[\s-]/).some((word) => word.startsWith(wanted)) ? 2 : folded.includes(wanted) ? 3 : 9);
  return index
    .map(({number, names}) => ({number, best: names.reduce((one, other) => (rank(other) < rank(one) ? other : one))}))
    .map((hit) => ({...hit, rank: rank(hit.best) + (hit.number < DATA.cards ? 0 : 0.5)}))
    .filter((hit) => hit.rank < 9)
    .sort((one, other) => one.rank - other.rank || one.best[0].length - other.best[0].length || one.number - other.number)
    .slice(0, MOST);
}

function showFound(text) {
  const list = byId('found');
  const hits = search(text);
  list.hidden = !fold(text);
  list.replaceChildren(...(hits.length ? hits.map(({number, best}) => {
    const thing = THINGS[number];
    const why = best[0] === thing.l ? '' : ` = ${best[0]}`;
    const drawn = cardOf(number) < DATA.cards ? '' : ` · ${SAY.not_drawn}`;
    return el('li', {}, el('button', {type: 'button', onclick: () => {
      closeFound();
      choose({thing: number});
      reveal(cardOf(number));
      const card = byId(`n${cardOf(number)}`);
      if (card) moveFocus(card);
    }}, thing.l, el('small', {}, `${thing.t || ''}${why}${drawn}`)));
  }) : [el('li', {}, el('p', {}, SAY.no_match))]));
}

function closeFound() {
  byId('found').hidden = true;
  byId('search').value = '';
}
