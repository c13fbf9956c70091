// Treaties as kg treaty has them: acts, status of each party, duties and casus foederis, of what is shown on the day.
const TREATIES = DATA.treaties.all || [];
const [CODES, EXTENTS] = [DATA.treaties.codes || [], DATA.treaties.dates || []];
const [NEVER, EVER] = ['0001-01-01', '9999-12-31'];
const RUNGS = {signature: 1, submission: 1, 'parliamentary-approval': 2, ratification: 3, 'instrument-exchange': 3, 'entry-into-force': 4, termination: 5};
const RUNG_NAMES = ['not_signed', 'signed', 'approved', 'ratified', 'in_force', 'terminated'];

const byLabel = (one, other) => compare(THINGS[one].l, THINGS[other].l) || compare(THINGS[one].i, THINGS[other].i);
const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
// The reference (-1) tells for everybody.
const toldBy = (claims) => claims.filter((claim) => claim < 0 || isShown(claim));
const toldOf = (pairs) => pairs.flatMap(([thing, claims]) => (toldBy(claims).length ? [thing] : []));

const rungOf = (act) => (act.kind === null ? 0 : RUNGS[CODES[act.kind][0]] || 0);
const isKind = (act, name) => act.kind !== null && CODES[act.kind][0] === name;
const bounds = (day) => (day === null ? [NEVER, EVER] : EXTENTS[day]);
const exactness = (day) => { const [first, last] = bounds(day); return -(Date.parse(last) - Date.parse(first)) - (day === null ? 1 : 0); };
const lexical = (day) => (day === null ? '' : EXTENTS[day][3]);

function inTime(one, other) {
  const keys = [one, other].map(({day}) => (day === null ? [EVER, EVER] : [EXTENTS[day][0] === NEVER ? EXTENTS[day][1] : EXTENTS[day][0], EXTENTS[day][1]]));
  return compare(keys[0][0], keys[1][0]) || compare(keys[0][1], keys[1][1]);
}

// Does a date leave room for all of another?
function allows(wide, narrow) {
  if (wide === null || narrow === null) return false;
  const [[first, last], [start, end]] = [bounds(wide), bounds(narrow)];
  return first <= start && end <= last;
}

// Each act once for each way in which claims tell it; on what a claim is silent, others may tell it.
function actsOf(treaty) {
  const byNode = Map.groupBy ? Map.groupBy(treaty.a, ([node]) => node) : treaty.a.reduce((all, told) => all.set(told[0], [...(all.get(told[0]) || []), told]), new Map());
  const acts = [];
  for (const [node, told] of byNode) {
    const known = told.map((entry) => ({entry, by: toldBy(entry[6])})).filter(({by}) => by.length);
    const kinds = known.map(({entry}) => entry[1]).filter((kind) => kind !== null).sort((a, b) => compare(CODES[a][1], CODES[b][1]));
    const parties = [...new Set(known.flatMap(({entry}) => entry[2]))];
    const ways = new Map();
    for (const {entry: [, kind, own, days, performers, modality], by} of known) {
      const claims = by.filter((claim) => claim >= 0);
      if (!claims.length) continue;
      for (const day of days.length ? days : [null]) {
        for (const party of own.length ? own : parties.length ? parties : [null]) {
          const way = {node, kind: kind === null ? kinds[0] ?? null : kind, party, day, performers: [...performers].sort(byLabel), modality};
          const key = JSON.stringify(way);
          if (!ways.has(key)) ways.set(key, {...way, claims: []});
          ways.get(key).claims.push(...claims);
        }
      }
    }
    const tells = (way) => way.day !== null || way.performers.length > 0;
    const all = [...ways.values()];
    // a claim that tells only how it was done stands beside those that tell when
    acts.push(...all.filter((way) => tells(way) || !all.some((other) => tells(other) && other.kind === way.kind && other.party === way.party)));
  }
  const label = (act) => (act.party === null ? '' : THINGS[act.party].l);
  return acts.sort((one, other) => inTime(one, other) || rungOf(one) - rungOf(other) || compare(label(one), label(other)) || compare(THINGS[one.node].i, THINGS[other.node].i));
}

const keyOf = (act) => `${act.node} ${act.party}`;
const counts = (act) => act.modality === null && rungOf(act) > 0;

// Each act of a party once, as most claimants date it: each of them supports every date it leaves room for.
function asMostSay(acts) {
  const told = new Map();
  for (const act of acts.filter(counts)) told.set(keyOf(act), [...(told.get(keyOf(act)) || []), act]);
  return [...told.values()].map((ways) => {
    const support = (act) => new Set(ways.flatMap((way) => (allows(way.day, act.day) ? way.claims.map((claim) => CLAIMS[claim].b) : []))).size;
    return ways.reduce((best, way) => ((support(way) - support(best) || exactness(way.day) - exactness(best.day) || compare(lexical(way.day), lexical(best.day))) > 0 ? way : best));
  });
}

const isDone = (act, on) => on === null || (act.day !== null && EXTENTS[act.day][1] <= on && EXTENTS[act.day][1] !== EVER);

function beforeAll(acts, on) {
  const later = (act) => isKind(act, 'signature') && act.day !== null && EXTENTS[act.day][0] !== NEVER && on < (EXTENTS[act.day][1] === EVER ? EXTENTS[act.day][0] : EXTENTS[act.day][1]);
  return on !== null && acts.some(later) ? 'not_signed' : 'status_unknown';
}

function treatyStatus(acts, parties, on) {
  const dated = asMostSay(acts);
  const done = dated.filter((act) => isDone(act, on));
  if (!done.length) return beforeAll(dated, on);
  for (const [kind, name] of [['termination', 5], ['entry-into-force', 4], ['instrument-exchange', 3]]) if (done.some((act) => isKind(act, kind))) return RUNG_NAMES[name];
  const reached = new Map();
  for (const act of done) reached.set(act.party, Math.max(reached.get(act.party) || 0, rungOf(act)));
  const everyone = parties.length ? parties : [...reached.keys()].filter((party) => party !== null);
  return RUNG_NAMES[Math.max(1, everyone.length ? Math.min(...everyone.map((party) => reached.get(party) || 0)) : 1)];
}

// How far each party had come, since when, and which of its acts others date otherwise.
function partyStatuses(acts, parties, on) {
  const told = acts.filter(counts);
  const everyone = [...new Set([...parties, ...told.flatMap(({party}) => (party === null ? [] : [party]))])].sort(byLabel);
  return everyone.map((party) => {
    const own = told.filter((act) => act.party === party || isKind(act, 'termination') || (isKind(act, 'entry-into-force') && act.party === null));
    const counting = new Map(asMostSay(own).map((act) => [keyOf(act), act]));
    const done = [...counting.values()].filter((act) => isDone(act, on));
    const highest = Math.max(0, ...done.map(rungOf));
    const brought = done.filter((act) => rungOf(act) === highest).sort((one, other) => inTime(one, other) || compare(THINGS[one.node].i, THINGS[other.node].i));
    const agrees = (act) => act.day === counting.get(keyOf(act)).day || allows(act.day, counting.get(keyOf(act)).day);
    return {
      party,
      status: highest ? RUNG_NAMES[highest] : beforeAll([...counting.values()], on),
      since: brought.length ? brought[0].day : null,
      otherwise: own.filter((act) => act.day !== null && !agrees(act)),
    };
  });
}

const WEIGHT = {retracts: 3, denies: 2, disputes: 2, asserts: 1, confirms: 1, revises: 1};
const HOLDS = ['asserts', 'confirms', 'revises'];
const REJECTS = ['denies', 'disputes'];

// Where each party stands on a claim by its latest stance; nowhere on what was taken back.
function standsOn(claim, day) {
  const latest = new Map();
  const authors = new Set();
  for (const stance of CLAIMS[claim].s) {
    if (stance.d > day) continue;
    for (const party of stance.p || [stance.b]) {
      if (stance.b === CLAIMS[claim].b) authors.add(party);
      const found = latest.get(party);
      if (!found || compare(orderOf(found), orderOf(stance)) < 0 || (orderOf(found) === orderOf(stance) && (WEIGHT[found.y] || 0) <= (WEIGHT[stance.y] || 0))) latest.set(party, stance);
    }
  }
  if ([...authors].some((party) => latest.get(party).y === 'retracts')) return [];
  return [...latest].map(([party, stance]) => ({party, as: stance.y, stance, claim}));
}

// Who claims that a duty fell due, and who rejects that: of the record as known on the day, of whatever party.
function casusOf(treaty, day) {
  const known = CLAIMS.flatMap((claim, number) => (onRecord(number, day) ? [number] : []));
  const taken = new Set(known.filter((number) => !standsOn(number, day).length && CLAIMS[number].s.some(({y, d}) => y === 'retracts' && d <= day)));
  const replaced = new Set(known.filter((number) => !taken.has(number)).flatMap((number) => CLAIMS[number].z || []));
  const current = known.filter((number) => !replaced.has(number));
  const against = (claim) => current.filter((other) => (CLAIMS[claim].x || []).includes(other) || (CLAIMS[other].x || []).includes(claim));
  const objections = (claim) => [
    ...standsOn(claim, day).filter(({as}) => REJECTS.includes(as)),
    ...against(claim).flatMap((other) => standsOn(other, day).filter(({as}) => HOLDS.includes(as)).map((held) => ({...held, as: 'contradicts'}))),
  ];
  const sorted = (stands) => stands.sort((one, other) => compare(orderOf(one.stance), orderOf(other.stance)) || byLabel(one.party, other.party) || compare(CLAIMS[one.claim].i, CLAIMS[other.claim].i));
  return treaty.d.flatMap(([duty, claims]) => {
    const invoking = claims.filter(isShown);
    if (!invoking.length) return [];
    const all = invoking.flatMap((claim) => standsOn(claim, day));
    const claimed = all.filter(({as}) => HOLDS.includes(as));
    const invokers = new Set(claimed.map(({party}) => party));
    const issues = new Set(invoking.flatMap((claim) => CLAIMS[claim].u || []));
    const beside = current.filter((other) => !invoking.includes(other) && (CLAIMS[other].u || []).some((issue) => issues.has(issue)));
    const isTheirs = (claim) => standsOn(claim, day).some(({party, as}) => invokers.has(party) && HOLDS.includes(as));
    return [{
      duty,
      triggers: [...new Set(treaty.o.filter((told) => told[1] === duty && toldBy(told[9]).length).flatMap((told) => told[10]))].sort(),
      claimed_by: sorted(claimed),
      rejected_by: sorted(invoking.flatMap(objections)),
      declined_by: sorted(all.filter(({as}) => as === 'declines-to-comment')),
      not_denied_by: sorted(all.filter(({as}) => as === 'does-not-deny')),
      justification_rejected_by: sorted(beside.filter(isTheirs).flatMap(objections).filter(({party}) => !invokers.has(party))),
      under_treaty: sorted(treaty.v.filter((claim) => isShown(claim) && !invoking.includes(claim)).flatMap((claim) => standsOn(claim, day).filter(({party, as}) => HOLDS.includes(as) && !invokers.has(party)))),
    }];
  }).sort((one, other) => byLabel(one.duty, other.duty));
}

// The duties of each article as it is told, what binds the parties in turn once.
function dutiesOf(treaty) {
  return treaty.h.map(([article, number, claims], place) => ({article, number, told: toldBy(claims).length, duties: treaty.o.filter((duty) => duty[0] === place && toldBy(duty[9]).length)}))
    .filter(({told, duties}) => told || duties.length)
    .sort((one, other) => one.number - other.number || compare(THINGS[one.article].i, THINGS[other.article].i));
}

// The claims that tell something, each with its claimant: buttons in one line.
const toldIn = (claims) => el('p', {class: 'when'}, [...new Set(claims)].filter((claim) => claim >= 0 && isShown(claim)).map((claim, at) => [at ? '; ' : '', el('button', {type: 'button', class: 'go', onclick: () => choose({claim})}, THINGS[CLAIMS[claim].b].l)]));
const row = (name, ...content) => (content.flat().some(Boolean) ? [el('dt', {}, name), el('dd', {}, content)] : []);

function actList(acts) {
  const rows = new Map();
  for (const act of acts) {
    const kind = act.kind === null ? '' : CODES[act.kind][1];
    const what = act.modality === null ? kind : `${kind} (${CODES[act.modality][1]})`;
    const own = (person) => (act.party === null || act.party === person ? THINGS[person].l : `${THINGS[person].l} (${THINGS[act.party].l})`);
    const doers = act.performers.length ? act.performers.map(own) : act.party === null ? [] : [THINGS[act.party].l];
    const key = JSON.stringify([act.day, what, act.claims]);
    if (!rows.has(key)) rows.set(key, {...act, what, doers: []});
    rows.get(key).doers.push(...doers.filter((doer) => !rows.get(key).doers.includes(doer)));
  }
  return el('ol', {class: 'acts'}, [...rows.values()].map(({day, what, doers, claims}) => el('li', {},
    el('b', {class: 'day'}, day === null ? SAY.no_date : EXTENTS[day][2]), el('span', {}, what, doers.length ? `${SAY.colon}${doers.join(', ')}` : ''), toldIn(claims))));
}

function dutyEntries({number, article, duties}) {
  const place = number ? say('article', {number}) : SAY.whole_treaty;
  if (!duties.length) return el('div', {class: 'duty'}, el('h4', {}, place), el('p', {}, THINGS[article].l));
  const told = new Map();
  for (const [, , kind, obligors, obligees, ...rest] of duties) {
    const terms = rest.slice(0, 4);
    const key = JSON.stringify([kind, terms, toldBy(rest[4])]);
    if (!told.has(key)) told.set(key, {kind, terms, claims: rest[4], who: []});
    told.get(key).who.push(obligees.length ? `${names(obligors)} → ${names(obligees)}` : names(obligors));
  }
  return [...told.values()].map(({kind, terms: [trigger, action, promptness, limits], claims, who}) => el('div', {class: 'duty'},
    el('h4', {}, `${place}${SAY.colon}${kind}`),
    el('dl', {}, row(SAY.who_owes, who.join('; ')), row(SAY.trigger, trigger), row(SAY.action, action), row(SAY.promptness, promptness), row(SAY.limits, limits)),
    toldIn(claims)));
}

function casusEntry(casus, day) {
  const lists = [['claimed_by', 'a'], ['rejected_by', 'd'], ['declined_by', 'e'], ['not_denied_by', 'e'], ['justification_rejected_by', 'd'], ['under_treaty', 'a']].map(([name, sign]) => {
    if (!casus[name].length) return name === 'rejected_by' ? [el('h4', {}, SAY[name]), el('p', {}, SAY.nobody_on_record)] : null;
    return [el('h4', {}, SAY[name]), el('ul', {class: 'voices', 'data-casus': name}, casus[name].map(({party, as, stance, claim}) => el('li', {class: `p-${sign}`},
      el('p', {}, el('b', {'data-party': THINGS[party].i}, THINGS[stance.b].l), stance.b === party ? '' : ` (${say('on_behalf_of', {party: THINGS[party].l})})`, ' ', el('span', {class: 'verb'}, as === 'contradicts' ? SAY.says_instead : SAY.stance[as])),
      el('p', {class: 'text'}, claimButton(claim)), el('p', {class: 'when'}, stance.w || SAY.no_date))))];
  });
  return [el('h3', {}, `${SAY.casus}${SAY.colon}${THINGS[casus.duty].l}`), el('dl', {class: 'due'}, row(SAY.trigger, casus.triggers.join(', ') || SAY.not_told)), lists];
}

// The day for which a status is asked: that of the page, else that which is known.
const statusDay = (day) => DATA.on || (day === LAST_DAY ? null : day);

function treatyPanel(number, day) {
  const treaty = TREATIES.find(({t}) => t === number);
  if (!treaty) return null;
  const on = statusDay(day);
  const acts = actsOf(treaty);
  const parties = toldOf(treaty.p);
  const statuses = partyStatuses(acts, parties, on);
  const otherwise = new Set(statuses.flatMap((one) => one.otherwise));
  const articles = dutiesOf(treaty);
  const older = toldOf(treaty.r);
  return [
    el('p', {class: 'chip', id: 'treaty-status'}, SAY[treatyStatus(acts, parties, on)]),
    on === null ? null : el('p', {class: 'when'}, say('status_on', {date: spokenDay(on)})),
    statuses.length ? [el('h3', {}, SAY.each_party), el('table', {class: 'facts'}, el('tbody', {}, statuses.map((one) => el('tr', {}, el('th', {scope: 'row'}, THINGS[one.party].l), el('td', {}, SAY[one.status]), el('td', {}, one.since === null ? '' : EXTENTS[one.since][2])))))] : null,
    acts.length ? [el('h3', {}, SAY.life_cycle), actList(acts.filter((act) => !otherwise.has(act)))] : null,
    otherwise.size ? [el('h3', {}, SAY.dated_otherwise), actList(acts.filter((act) => otherwise.has(act)))] : null,
    articles.length ? [el('h3', {}, SAY.articles), articles.map(dutyEntries)] : null,
    casusOf(treaty, day).map((casus) => casusEntry(casus, day)),
    older.length ? [el('h3', {}, SAY.replaces), el('ul', {class: 'rows'}, older.map((thing) => el('li', {}, thingButton(thing))))] : null,
  ];
}
