// Search over every name in every script, ranked as kg find ranks; of things that are not drawn, too.
const entry = (text, kind) => ({text, kind, words: wordsOf(text)});
const index = () => remembered('index', () => THINGS.flatMap((thing, number) => (thing.k ? [{
  number,
  identifier: fold(thing.i.slice(thing.i.indexOf(':') + 1)),
  names: [entry(thing.l, 'label'), ...(thing.n || []).map((name) => entry(name, 'label')), ...(thing.a || []).map((name) => entry(name, 'alias')), ...(thing.v || []).map((name) => entry(name, 'weak'))],
}] : [])));
const vocabulary = () => remembered('vocabulary', () => new Set(index().flatMap(({names}) => names.flatMap(({words: its}) => [...its.own, ...its.latin]))));
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

function byTheLetters(sought, name, bare) {
  const isWeak = name.kind === 'weak';
  const own = name.words.own.join(' ');
  if (own === sought.own.join(' ')) return WEIGHTS[name.kind];
  if (own === bare) return WEIGHTS[name.kind] * WEIGHTS.article;
  let best = 0;
  if (sought.forms.every(([word]) => name.words.own.some((its) => its.startsWith(word))) || sought.joined === name.words.joined) best = score(sought, name.words, isWeak);
  if (sought.own.length > 1 || !isAscii(sought.joined)) {
    if (!best && sought.own.length === 1 && name.words.joined.includes(sought.joined)) best = WEIGHTS.part + WEIGHTS.share * Math.min(1, sought.joined.length / name.words.joined.length);
  } else if (name.words.latin.length > 2 && !isWeak && sought.joined.length > 1) {
    const initials = name.words.latin.filter((word) => !NAMES.small.includes(word)).map((word) => word[0]).join('');
    if (initials === sought.joined) best = Math.max(best, WEIGHTS.initials);
  }
  return best;
}

const leastWorth = (sought, name) => ((sought.own.length > 1 || name.own.length > 1) && sought.joined.length >= NAMES.muchOfIt * name.joined.length ? NAMES.partWorthTelling : NAMES.worthTelling);

// What sounds alike or is mistyped is asked for only when no name holds what was sought.
function guess(sought, found) {
  const nearby = sought.forms.map((forms) => nearWords(forms, vocabulary()));
  const has = (name, at) => name.forms.some(([own, its]) => [own, its].some((word) => nearby[at].has(word) || sought.forms[at].some((form) => form.length > 1 && word.startsWith(form))));
  const holding = (but) => new Set(index().flatMap(({names}) => names.filter(({words: its}) => sought.forms.filter((_, at) => has(its, at)).length >= Math.max(1, sought.forms.length - but))));
  let near = holding(0);
  if (!near.size && sought.forms.length > 2) near = holding(sought.forms.length > 3 ? 2 : 1);
  for (const hit of found) {
    for (const name of hit.names) {
      const isWeak = name.kind === 'weak';
      let value = scoreJoined(sought, name.words, isWeak);
      if (near.has(name)) value = Math.max(value, score(sought, name.words, isWeak, nearby));
      if (value >= leastWorth(sought, name.words) && value > hit.value) Object.assign(hit, {value, best: name});
    }
  }
}

function search(text) {
  if (!words(text)) return [];
  const sought = wordsOf(text);
  const article = text.trim().match(ARTICLE);
  const bare = article ? fold(text.trim().slice(article[0].length)) : null;
  const found = index().map(({number, identifier, names}) => {
    const hit = {number, names, best: names[0], value: identifier === sought.own.join(' ') ? WEIGHTS.id : 0};
    for (const name of names) {
      const value = byTheLetters(sought, name, bare);
      if (value > hit.value) Object.assign(hit, {value, best: name});
    }
    return hit;
  });
  if (Math.max(...found.map((hit) => hit.value)) < NAMES.sure) guess(sought, found);
  const order = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
  return found
    .filter((hit) => hit.value)
    .map((hit) => ({...hit, value: Math.round(hit.value * 1000) / 1000}))
    .sort((one, other) => other.value - one.value || order(THINGS[one.number].l, THINGS[other.number].l) || order(THINGS[one.number].i, THINGS[other.number].i))
    .slice(0, MOST);
}

function showFound(text) {
  const list = byId('found');
  const hits = search(text);
  list.hidden = !words(text);
  list.replaceChildren(...(hits.length ? hits.map(({number, best}) => {
    const thing = THINGS[number];
    const why = best.text === thing.l ? '' : ` = ${best.text}`;
    const drawn = cardOf(number) < DATA.cards ? '' : ` · ${SAY.not_drawn}`;
    return el('li', {}, el('button', {type: 'button', onclick: () => {
      closeFound();
      choose({thing: number});
      reveal(cardOf(number));
      const card = byId(`n${cardOf(number)}`);
      if (card) moveFocus(card);
    }}, thing.l, el('small', {}, `${thing.t || ''}${why}${drawn}`)));
  }) : [el('li', {}, el('p', {}, SAY.no_match, DATA.omitted ? ` · ${DATA.omitted}` : ''))]));
}

function closeFound() {
  byId('found').hidden = true;
  byId('search').value = '';
}
