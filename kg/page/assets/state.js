// What is shown now: chosen by the reader, kept in the address, told to every part of the page.
const {page: DATA, nodes: NODES} = JSON.parse(byId('data').textContent);
const SAY = DATA.phrases;
const THINGS = DATA.things;
const CLAIMS = DATA.claims;
const LINES = DATA.lines;
// The last step of the slider is today: it also knows what has no date.
const LAST_DAY = '9999-12-31';
const DAYS = [...DATA.days.slice(0, -1), LAST_DAY];
const LAST_SAID = DATA.days[DATA.days.length - 1];
const ownColumns = DATA.parties.filter((party) => ['state', 'league'].includes(THINGS[party].k));
const MARKS = {a: '●', d: '✕', e: '◇', r: '○'};
const SIGNS = {contested: '≠', evaded: '~', denied: '✕'};

const say = (name, values) => SAY[name].replace(/\{(\w+)\}/g, (_, key) => String((values || {})[key]));

// thing: number of a thing, line: number of a line, claim: number of a claim; at most one of them is chosen.
const state = {view: 'relations', party: null, day: DAYS[DAYS.length - 1], thing: null, line: null, claim: null, hidden: new Set()};
const watchers = [];

function watch(listener) {
  watchers.push(listener);
}

function tell(change) {
  Object.assign(state, change);
  for (const listener of watchers) listener(state);
}

// Choose a thing, a line or a claim, or nothing; it becomes a step that the back button takes back.
function choose(change) {
  const next = {thing: null, line: null, claim: null, ...change};
  const same = ['thing', 'line', 'claim'].every((key) => next[key] === state[key]);
  tell(next);
  if (!same) keepAddress(true);
}

function address() {
  const parts = new URLSearchParams();
  if (state.thing !== null) parts.set('thing', THINGS[state.thing].i);
  if (state.line !== null) parts.set('line', `${THINGS[LINES[state.line].a].i} ${THINGS[LINES[state.line].b].i}`);
  if (state.claim !== null) parts.set('claim', CLAIMS[state.claim].i);
  if (state.party !== null) parts.set('according-to', THINGS[state.party].i);
  if (state.day !== DAYS[DAYS.length - 1]) parts.set('as-of', state.day);
  if (state.view !== 'relations') parts.set('view', state.view);
  return parts.toString();
}

function keepAddress(step) {
  const hash = `#${address()}`;
  if (hash === location.hash || (hash === '#' && location.hash === '')) return;
  if (step) history.pushState(null, '', hash);
  else history.replaceState(null, '', hash);
}

const numberOf = (list, iri) => {
  const found = list.findIndex((held) => held.i === iri);
  return iri === null || found < 0 ? null : found;
};

function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const [from, to] = (parts.get('line') || '').split(' ');
  const line = LINES.findIndex((held) => THINGS[held.a].i === from && THINGS[held.b].i === to);
  const asOf = parts.get('as-of');
  const party = numberOf(THINGS, parts.get('according-to'));
  tell({
    view: parts.get('view') === 'positions' ? 'positions' : 'relations',
    party: DATA.parties.includes(party) ? party : null,
    day: asOf && /^\d{4}-\d\d-\d\d$/.test(asOf) ? asOf : DAYS[DAYS.length - 1],
    thing: numberOf(THINGS, parts.get('thing')),
    line: line < 0 ? null : line,
    claim: numberOf(CLAIMS, parts.get('claim')),
  });
}
