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

const FIRST = {parties: DATA.asked.p || [], day: DATA.asked.d, mode: DATA.asked.m || '', thing: DATA.first ?? null};

const say = (name, values) => SAY[name].replace(/\{(\w+)\}/g, (_, key) => String((values || {})[key]));

// parties: numbers of those asked for, none for everybody; mode: how contested; of thing, line, claim, issue and said (a public statement) at most
// one is chosen, by: whose word on the claim or the issue; sort: the column by which the table is sorted, turned round.
const NOTHING = {thing: null, line: null, claim: null, issue: null, said: null, by: null};
// unasked: the parties of an address that this page cannot be asked for, until others are chosen.
const state = {view: 'relations', ...NOTHING, ...FIRST, unasked: [], sort: 'status', turned: false, only: false, hidden: new Set()};
const watchers = [];

function watch(listener) {
  watchers.push(listener);
}

function tell(change) {
  Object.assign(state, change.parties ? {unasked: []} : {}, change);
  lookUp(state);
  for (const listener of watchers) listener(state);
}

// Choose a thing, a line or a claim, or nothing; it becomes a step that the back button takes back.
function choose(change) {
  const next = {...NOTHING, ...change};
  const same = Object.keys(NOTHING).every((key) => next[key] === state[key]);
  tell(next);
  if (!same) keepAddress(true);
}

function address() {
  const parts = new URLSearchParams();
  const nothing = Object.keys(NOTHING).every((key) => state[key] === null);
  if (state.thing !== FIRST.thing && (state.thing !== null || nothing)) parts.set('thing', nothing ? '' : THINGS[state.thing].i);
  if (state.line !== null) parts.set('line', `${THINGS[LINES[state.line].a].i} ${THINGS[LINES[state.line].b].i}`);
  if (state.claim !== null) parts.set('claim', CLAIMS[state.claim].i);
  if (state.issue !== null) parts.set('issue', DATA.issues[state.issue][0]);
  if (state.said !== null) parts.set('said', DATA.statements[state.said]);
  if (state.by !== null) parts.set('by', THINGS[state.by].i);
  if (state.sort !== 'status' || state.turned) parts.set('sort', `${state.turned ? '-' : ''}${typeof state.sort === 'number' ? THINGS[state.sort].i : state.sort}`);
  // what differs from the start of this page; nobody and no day are written as nothing
  if (state.parties.join() !== FIRST.parties.join()) {
    for (const party of state.parties.length ? state.parties : [null]) parts.append('according-to', party === null ? '' : THINGS[party].i);
  }
  if (state.day !== FIRST.day) parts.set('as-of', state.day === LAST_DAY ? '' : state.day);
  if (state.mode !== FIRST.mode) parts.set('only', state.mode);
  if (state.hidden.size) parts.set('hide', [...state.hidden].sort().join(' '));
  if (state.only) parts.set('contested', '1');
  if (state.view !== 'relations') parts.set('view', state.view);
  return parts.toString();
}

const sorted = (numbers) => [...new Set(numbers)].sort((a, b) => a - b);

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
  const given = parts.getAll('according-to').filter(Boolean);
  const isChoice = (iri) => DATA.choices.includes(numberOf(THINGS, iri));
  const asked = given.filter(isChoice).map((iri) => numberOf(THINGS, iri));
  const asOf = parts.get('as-of');
  const only = parts.get('only');
  const issue = DATA.issues.findIndex(([iri]) => iri === parts.get('issue'));
  const said = DATA.statements.indexOf(parts.get('said'));
  const claim = numberOf(CLAIMS, parts.get('claim'));
  const by = numberOf(THINGS, parts.get('by'));
  const sort = (parts.get('sort') || 'status').replace(/^-/, '');
  tell({
    view: parts.get('view') === 'positions' ? 'positions' : 'relations',
    parties: parts.has('according-to') ? sorted(asked) : FIRST.parties,
    unasked: given.filter((iri) => !isChoice(iri)),
    day: asOf === '' ? LAST_DAY : /^\d{4}-\d\d-\d\d$/.test(asOf) ? asOf : FIRST.day,
    mode: ['', 'undisputed', 'disputed'].includes(only) ? only : FIRST.mode,
    thing: parts.has('thing') ? numberOf(THINGS, parts.get('thing')) : ['line', 'claim', 'issue'].some((key) => parts.has(key)) ? null : FIRST.thing,
    line: line < 0 ? null : line,
    claim,
    issue: issue < 0 ? null : issue,
    said: said < 0 ? null : said,
    by: (claim !== null || issue >= 0) && DATA.parties.includes(by) ? by : null,
    sort: ['issue', 'status', 'change', 'others'].includes(sort) ? sort : ownColumns.find((party) => THINGS[party].i === sort) ?? 'status',
    turned: (parts.get('sort') || '').startsWith('-'),
    hidden: new Set((parts.get('hide') || '').split(' ').filter((kind) => kind in SAY.kind)),
    only: parts.get('contested') === '1',
  });
}
