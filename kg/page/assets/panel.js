// The side panel: what is contested, or who says and who denies the thing, the line or the claim that is chosen.
const panel = byId('panel-body');

const thingButton = (number) => el('button', {type: 'button', class: 'go', onclick: () => choose({thing: number})}, THINGS[number].l);

function heading(kind, title, status) {
  return [
    el('p', {class: 'kind'}, kind),
    el('h2', {}, title),
    status ? el('p', {class: `chip w-${status}`}, SIGNS[status] ? `${SIGNS[status]} ` : '', say(status)) : null,
  ];
}

function backButton() {
  return el('button', {type: 'button', class: 'back', onclick: () => choose({})}, '← ', SAY.back);
}

// A long note is told once, at the foot of the panel; its number stands where it belongs.
const footnotes = [];
const isLong = (note) => DATA.notes[note].length > 40;

function footnote(note) {
  if (!footnotes.includes(note)) footnotes.push(note);
  return ` ${footnotes.indexOf(note) + 1}`;
}

function passages(stance) {
  return (stance.e || []).map((number) => {
    const [source, paragraph, start, end, note, words] = DATA.passages[number];
    const [label, url] = DATA.sources[source];
    const where = [
      paragraph === null ? null : say('paragraph', {number: paragraph}),
      start === null ? null : say('characters', {start, end}),
      note === null || isLong(note) ? null : DATA.notes[note],
    ].filter(Boolean).join(', ');
    return [el('p', {class: 'source'}, linkTo(url, label), where ? ` · ${where}` : '', note !== null && isLong(note) ? el('sup', {}, footnote(note)) : ''), words ? el('blockquote', {class: 'words'}, words) : null];
  });
}

// One stance: who, for whom, how, when, to whom, relayed by whom, and where that stands.
function stanceEntry(stance, claim, withText) {
  const party = stance.h !== undefined && stance.h !== stance.b ? ` (${say('on_behalf_of', {party: THINGS[stance.h].l})})` : '';
  const relayed = (stance.r || []).map((number) => THINGS[number].l).join(' → ');
  const addressed = (stance.a || []).map((number) => THINGS[number].l).join(', ');
  const when = [stance.w || SAY.no_date, stance.m, stance.n ? say('resolved_from', {words: stance.n}) : ''].filter(Boolean);
  return el('li', {class: `p-${stance.g}`},
    el('p', {}, el('b', {}, THINGS[stance.b].l), party, ' ', el('span', {class: 'verb'}, SAY.stance[stance.y])),
    withText ? el('p', {class: 'text'}, el('button', {type: 'button', class: 'go', onclick: () => choose({claim})}, CLAIMS[claim].t)) : null,
    withText && CLAIMS[claim].q ? el('p', {class: 'quote'}, say('quoted', {words: CLAIMS[claim].q})) : null,
    el('p', {class: 'when'}, when.join(' · ')),
    addressed ? el('p', {class: 'when'}, say('to', {names: addressed})) : null,
    relayed ? el('p', {class: 'when'}, say('relayed_by', {names: relayed})) : null,
    passages(stance));
}

const names = (parties) => parties.map((party) => THINGS[party].l).join(', ');

const claimButton = (number) => el('button', {type: 'button', class: 'go', onclick: () => choose({claim: number})}, CLAIMS[number].t);

// Who only disputes a claim stands apart from who denies it.
const UNDER = [['a', 'asserted_by'], ['d', 'denied_by'], ['d', 'disputed_by'], ['e', 'declined_by'], ['r', 'retracted_by']];
const titleOf = ({y, g}) => (y === 'disputes' ? 'disputed_by' : UNDER.find(([sign]) => sign === g)[1]);

// The stances on these claims in order of date, under asserted, denied, declined; the ones given up since are marked.
function voices(claims, day, withText) {
  const told = [];
  for (const number of claims) {
    const latest = positionsOn([number], day);
    const current = new Set([...latest.values()].flatMap((entry) => entry.stances.map(([, stance]) => stance)));
    for (const stance of CLAIMS[number].s) {
      if (stance.d <= day) told.push({number, stance, current: current.has(stance) && isCurrent(latest, stance)});
    }
  }
  told.sort((one, other) => (orderOf(one.stance) < orderOf(other.stance) ? -1 : orderOf(one.stance) > orderOf(other.stance) ? 1 : 0));
  const made = [];
  for (const [, title] of UNDER) {
    const under = told.filter((entry) => titleOf(entry.stance) === title && entry.current);
    if (under.length) {
      made.push(el('h3', {}, `${SAY[title]} (${under.length})`));
      made.push(el('ul', {class: 'voices'}, under.map((entry) => stanceEntry(entry.stance, entry.number, withText))));
    }
  }
  const earlier = told.filter((entry) => !entry.current);
  if (earlier.length) {
    made.push(el('h3', {}, SAY.earlier));
    made.push(el('ul', {class: 'voices gone'}, earlier.map((entry) => stanceEntry(entry.stance, entry.number, withText))));
  }
  return made;
}

// A stance still counts while it is the latest of the party that it speaks for.
function isCurrent(latest, stance) {
  const entry = latest.get((stance.f || [])[0]);
  return !entry || entry.stances.some(([, other]) => other === stance);
}

function parties(claims, day, word) {
  const found = positionsOn(claims, day);
  return names(DATA.parties.filter((party) => found.has(party) && wordOfSign(found.get(party)) === word));
}

function contestedEntry(number, day, status) {
  const rows = UNDER.slice(0, 4).map(([sign, title]) => {
    const who = parties([number], day, title === 'disputed_by' ? 'disputes' : sign);
    return who ? el('p', {class: `p-${sign}`}, el('b', {}, `${MARKS[sign]} ${SAY[title]}${SAY.colon}`), who) : null;
  });
  return el('li', {},
    el('button', {type: 'button', class: `go w-${status}`, onclick: () => choose({claim: number})}, SIGNS[status] ? `${SIGNS[status]} ` : '', CLAIMS[number].t),
    rows);
}

// Claims that cannot all be true, though nobody denies another by name: one entry for each knot of them.
function contradictions() {
  const knots = [];
  CLAIMS.forEach((claim, number) => {
    for (const other of claim.x || []) {
      if (!isShown(number) || !isShown(other)) continue;
      const touched = knots.filter((knot) => knot.has(number) || knot.has(other));
      const merged = new Set([number, other, ...touched.flatMap((knot) => [...knot])]);
      knots.splice(0, knots.length, ...knots.filter((knot) => !touched.includes(knot)), merged);
    }
  });
  if (!knots.length) return null;
  return [el('h3', {}, SAY.contradictions), folded(knots.map((knot) => el('li', {}, sides([...knot]))), 'contested pairs', 20)];
}

// Those who say the same stand together before it.
function sides(numbers) {
  const byText = new Map();
  for (const number of numbers.sort((a, b) => a - b)) byText.set(CLAIMS[number].t, [...(byText.get(CLAIMS[number].t) || []), number]);
  return [...byText].map(([text, claims]) => el('p', {},
    el('b', {}, [...new Set(claims.map((number) => THINGS[CLAIMS[number].b].l))].join(', '), SAY.colon),
    el('button', {type: 'button', class: 'go', onclick: () => choose({claim: claims[0]})}, text)));
}

function listed(title, numbers, day) {
  const entries = numbers.map((number) => contestedEntry(number, day, statusOf([number], day)));
  return entries.length ? [el('h3', {}, `${title} (${entries.length})`), folded(entries, 'contested', 20)] : null;
}

// Of the parties asked for: what they hold and others contest, what they deny, what they evade.
function overviewOf(now) {
  const who = names(now.parties);
  const others = now.mode ? [] : CLAIMS.flatMap((_, number) => (held[number] && !shown[number] ? [[number, signOf([number], now)]] : []));
  const mine = CLAIMS.flatMap((_, number) => (shown[number] && statusOf([number], now.day) === 'contested' ? [number] : []));
  return [
    el('p', {class: 'kind'}, `${SAY.according} `, el('b', {}, who)),
    el('h2', {}, SAY.what_is_contested),
    shown.some(Boolean) ? null : el('p', {}, SAY.nothing_held),
    listed(say('contested_of', {parties: who}), mine, now.day),
    listed(say('denied_of', {parties: who}), others.flatMap(([number, sign]) => (sign === 'd' ? [number] : [])), now.day),
    listed(say('evaded_of', {parties: who}), others.flatMap(([number, sign]) => (sign === 'e' ? [number] : [])), now.day),
    contradictions(),
  ];
}

function overview(now) {
  if (now.parties.length) return overviewOf(now);
  const list = (status) => CLAIMS.flatMap((_, number) => (isShown(number) && statusOf([number], now.day) === status ? [contestedEntry(number, now.day, status)] : []));
  const contested = list('contested');
  const evaded = list('evaded');
  return [
    DATA.omitted ? el('p', {class: 'omitted'}, DATA.omitted, ' ', DATA.left_out) : null,
    el('p', {class: 'kind'}, SAY.overview),
    el('h2', {}, SAY.what_is_contested),
    contested.length ? folded(contested, 'contested', 20) : el('p', {}, SAY.nothing_contested),
    evaded.length ? [el('h3', {}, SAY.also_evaded), folded(evaded, 'contested', 20)] : null,
    contradictions(),
  ];
}

// Of what is held by those asked for; of what they do not hold, all that anyone holds.
function ofWhatCounts(claims) {
  const mine = claims.filter(isShown);
  return mine.length ? mine : claims.filter((number) => held[number]);
}

// The name of a relation opens the line that is drawn for it, or what is claimed of it where none is.
const lineOf = new Map(LINES.flatMap(({r}, line) => r.map((relation) => [relation, line])));

function relationButton(number) {
  const {l, c} = DATA.relations[number];
  const [first] = ofWhatCounts(c || []);
  const change = lineOf.has(number) ? {line: lineOf.get(number)} : first === undefined ? null : {claim: first};
  return change ? el('button', {type: 'button', class: 'go rel', onclick: () => choose(change)}, DATA.labels[l]) : DATA.labels[l];
}

// What is long shows its beginning; the rest opens.
const MANY = 8;

function folded(entries, look, most = MANY) {
  const [first, rest] = [entries.slice(0, most), entries.slice(most)];
  return [el('ul', {class: look}, first), rest.length ? el('details', {}, el('summary', {}, say('more', {count: rest.length})), el('ul', {class: look}, rest)) : null];
}

const rowsOf = (title, entries) => (entries.length ? [el('h3', {}, `${title} (${entries.length})`), folded(entries, 'rows')] : null);

// The offices of a person on the day, and those of other times; a bound that is not known is open.
function officesOf(thing, day) {
  const on = DATA.on || (day === LAST_DAY ? LAST_SAID : day);
  const offices = (thing.j || []).filter(([, by]) => isTold(by));
  const listed = (some) => some.map(([office, by]) => el('li', {}, office, tellers(by, day)));
  const isOn = ([, , since, until]) => since <= on && on <= until;
  return [
    rowsOf(say('offices_on', {date: spokenDay(on)}), listed(offices.filter(isOn))),
    rowsOf(SAY.offices_other, listed(offices.filter((office) => !isOn(office)))),
  ];
}

// In the panel of a thing (and its parts) it is not a link to itself.
function relationEntry(number, day, own = new Set()) {
  const relation = DATA.relations[number];
  const claims = ofWhatCounts(relation.c || []);
  const status = statusOf(claims, day);
  const end = (thing) => (own.has(thing) ? el('span', {class: 'own'}, THINGS[thing].l) : thingButton(thing));
  return el('li', {},
    el('p', {}, end(relation.s), ' ', relationButton(number), ' ', end(relation.o)),
    el('p', {class: `when w-${status}`}, SIGNS[status] ? `${SIGNS[status]} ` : '', say(status), claims.length > 1 ? ` · ${claims.length}` : ''));
}

// What no claim tells is a matter of reference: everybody holds it, and always did.
const isTold = (claims) => !claims.length || claims.some(isShown);

// Who tells it, and when: each opens the claim.
function tellers(claims, day) {
  return claims.filter(isShown).map((number) => {
    const stance = ownStance(number, day);
    const when = stance && stance.w ? ` · ${stance.w}` : '';
    return el('p', {class: 'when'}, el('button', {type: 'button', class: 'go', onclick: () => choose({claim: number})}, `${THINGS[CLAIMS[number].b].l}${when}`));
  });
}

// Drawn relations first, of these the contested, then those that several assert, then those of most claims.
function byWeight(relations, day) {
  const keyed = relations.map((at) => {
    const claims = ofWhatCounts(DATA.relations[at].c || []);
    return {at, drawn: lineOf.has(at) ? 0 : 1, rank: FIRST_STATUSES.indexOf(statusOf(claims, day)) >>> 0, count: claims.length};
  });
  return keyed.sort((one, other) => one.drawn - other.drawn || one.rank - other.rank || other.count - one.count || one.at - other.at).map(({at}) => at);
}

function thingPanel(number, day) {
  const thing = THINGS[number];
  const tellersOf = (part) => DATA.relations.flatMap((relation) => (relation.s === part || relation.o === part ? relation.c || [] : []));
  const parts = THINGS.flatMap((other, at) => (other.h === number && isTold(tellersOf(at)) ? [at] : []));
  const own = new Set([number, ...parts]);
  const relations = DATA.relations.flatMap((relation, at) => (own.has(relation.s) !== own.has(relation.o) && (relation.c || []).some(isShown) ? [at] : []));
  const about = [...new Set(relations.flatMap((at) => DATA.relations[at].c).concat(
    DATA.relations.flatMap((relation) => (own.has(relation.s) && own.has(relation.o) ? relation.c || [] : []))))];
  const saidOn = (claim) => claim.s.filter((stance) => stance.b === number && stance.d <= day);
  const said = CLAIMS.flatMap((claim, at) => (claim.d <= day ? saidOn(claim).map((stance) => [stance, at]) : []));
  const told = about.filter(isShown).sort((a, b) => a - b);
  const kind = [thing.t, thing.p === undefined ? null : THINGS[thing.p].l, thing.w && isTold(thing.w[1]) ? thing.w[0] : null].filter(Boolean).join(' · ');
  const facts = (thing.x || []).filter(([, , by]) => isTold(by));
  return [
    backButton(),
    heading(kind, thing.l),
    aroundLinks(thing),
    treatyPanel(number, day),
    officesOf(thing, day),
    facts.length ? [el('h3', {}, SAY.told), el('dl', {}, facts.map(([name, text, by], at) => [at && facts[at - 1][0] === name ? null : el('dt', {}, name), el('dd', {}, text, tellers(by, day))]))] : null,
    rowsOf(SAY.parts, parts.map((part) => el('li', {}, thingButton(part)))),
    rowsOf(SAY.relations_of, byWeight(relations, day).map((at) => relationEntry(at, day, new Set([number])))),
    told.length ? [el('h3', {}, `${SAY.claims_of} (${told.length})`), el('ul', {class: 'voices'}, told.map((claim) => claimEntry(claim, day)))] : null,
    said.length ? [el('h3', {}, `${SAY.said_by} (${said.length})`), el('ul', {class: 'voices'}, said.map(([stance, claim]) => stanceEntry(stance, claim, true)))] : null,
    thing.n || thing.a ? [el('h3', {}, SAY.names), el('p', {class: 'names'}, [...(thing.n || []), ...(thing.a || [])].join(' · '))] : null,
    el('p', {class: 'iri'}, thing.i),
  ];
}

// The claimant's own stance, if it is known on the day.
function ownStance(number, day) {
  const own = CLAIMS[number].s.filter((stance) => stance.b === CLAIMS[number].b && stance.d <= day);
  return own.find((stance) => stance.y === 'asserts') || own[0];
}

// A claim in a list: its words, its claimant's stance; of what is known only from an answer, that answer.
function claimEntry(number, day) {
  const first = ownStance(number, day) || CLAIMS[number].s.find((stance) => stance.d <= day);
  return first ? stanceEntry(first, number, true) : el('li', {}, CLAIMS[number].t);
}

let lastChosen = '';

// What is chosen comes into sight, if it is not there: its card, or what its first line is about.
function revealChosen(now) {
  if (now.thing !== null) return reveal(cardOf(now.thing));
  const [first] = [...(litLines(now) || [])].filter((line) => !LINES[line].q);
  if (first !== undefined) reveal([LINES[first].a, LINES[first].b].find((end) => THINGS[end].k !== 'state') ?? LINES[first].a);
}

function drawPanel(now) {
  let made;
  footnotes.length = 0;
  if (now.thing !== null) made = thingPanel(now.thing, now.day);
  else if (now.line !== null) made = linePanel(now.line, now);
  else if (now.claim !== null) made = claimPanel(now.claim, now);
  else if (now.issue !== null) made = issuePanel(now.issue, now);
  else if (now.said !== null) made = saidPanel(now.said, now);
  else made = overview(now);
  if (footnotes.length) made.push(el('ol', {class: 'notes'}, footnotes.map((note) => el('li', {}, DATA.notes[note]))));
  panel.replaceChildren(...made.flat(9).filter(Boolean));
  const chosen = `${now.thing} ${now.line} ${now.claim} ${now.issue} ${now.said} ${now.by}`;
  if (chosen !== lastChosen) {
    byId('panel').scrollTop = 0;
    revealChosen(now);
  }
  lastChosen = chosen;
}
