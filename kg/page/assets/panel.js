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

function passages(stance) {
  return (stance.e || []).map(([source, paragraph, start, end, note]) => {
    const [label, url] = DATA.sources[source];
    const where = [
      paragraph === null || paragraph === undefined ? null : say('paragraph', {number: paragraph}),
      start === null || start === undefined ? null : say('characters', {start, end}),
      note,
    ].filter(Boolean).join(', ');
    return el('p', {class: 'source'}, linkTo(url, label), where ? ` · ${where}` : '');
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

// The stances on these claims in order of date, under asserted, denied, declined; the ones given up since are marked.
function voices(claims, day, withText) {
  const held = [];
  for (const number of claims) {
    const latest = positionsOn([number], day);
    const current = new Set([...latest.values()].flatMap((entry) => entry.stances.map(([, stance]) => stance)));
    for (const stance of CLAIMS[number].s) {
      if (stance.d <= day) held.push({number, stance, current: current.has(stance) && isCurrent(latest, stance)});
    }
  }
  held.sort((one, other) => (orderOf(one.stance) < orderOf(other.stance) ? -1 : orderOf(one.stance) > orderOf(other.stance) ? 1 : 0));
  const made = [];
  for (const [sign, title] of [['a', 'asserted_by'], ['d', 'denied_by'], ['e', 'declined_by'], ['r', 'retracted_by']]) {
    const under = held.filter((entry) => entry.stance.g === sign && entry.current);
    if (under.length) {
      made.push(el('h3', {}, `${SAY[title]} (${under.length})`));
      made.push(el('ul', {class: 'voices'}, under.map((entry) => stanceEntry(entry.stance, entry.number, withText))));
    }
  }
  const earlier = held.filter((entry) => !entry.current);
  if (earlier.length) {
    made.push(el('h3', {}, SAY.earlier));
    made.push(el('ul', {class: 'voices gone'}, earlier.map((entry) => stanceEntry(entry.stance, entry.number, withText))));
  }
  return made;
}

// A stance still counts while it is the latest of the party that it speaks for.
function isCurrent(latest, stance) {
  const entry = latest.get((stance.f || [])[0]);
  return !entry || entry.stances.some(([, held]) => held === stance);
}

function parties(claims, day, sign) {
  const found = positionsOn(claims, day);
  return DATA.parties.filter((party) => (found.get(party) || {}).sign === sign).map((party) => THINGS[party].l).join(', ');
}

function contestedEntry(number, day, status) {
  const rows = [['a', 'asserted_by'], ['d', 'denied_by'], ['e', 'declined_by']].map(([sign, title]) => {
    const names = parties([number], day, sign);
    return names ? el('p', {class: `p-${sign}`}, el('b', {}, `${MARKS[sign]} ${SAY[title]}${SAY.colon}`), names) : null;
  });
  return el('li', {},
    el('button', {type: 'button', class: `go w-${status}`, onclick: () => choose({claim: number})}, `${SIGNS[status]} ${CLAIMS[number].t}`),
    rows);
}

// Claims that cannot all be true, though nobody denies another by name: one entry for each knot of them.
function contradictions(day) {
  const knots = [];
  CLAIMS.forEach((claim, number) => {
    for (const other of claim.x || []) {
      if (!isPublic(number, day) || !isPublic(other, day)) continue;
      const touched = knots.filter((knot) => knot.has(number) || knot.has(other));
      const merged = new Set([number, other, ...touched.flatMap((knot) => [...knot])]);
      knots.splice(0, knots.length, ...knots.filter((knot) => !touched.includes(knot)), merged);
    }
  });
  if (!knots.length) return null;
  return [el('h3', {}, SAY.contradictions), el('ul', {class: 'contested pairs'}, knots.map((knot) => el('li', {}, sides([...knot]))))];
}

// Those who say the same stand together before it.
function sides(numbers) {
  const byText = new Map();
  for (const number of numbers.sort((a, b) => a - b)) byText.set(CLAIMS[number].t, [...(byText.get(CLAIMS[number].t) || []), number]);
  return [...byText].map(([text, claims]) => el('p', {},
    el('b', {}, [...new Set(claims.map((number) => THINGS[CLAIMS[number].b].l))].join(', '), SAY.colon),
    el('button', {type: 'button', class: 'go', onclick: () => choose({claim: claims[0]})}, text)));
}

function overview(day) {
  const list = (status) => CLAIMS.flatMap((_, number) => (statusOf([number], day) === status ? [contestedEntry(number, day, status)] : []));
  const contested = list('contested');
  const evaded = list('evaded');
  return [
    el('p', {class: 'kind'}, SAY.overview),
    el('h2', {}, SAY.what_is_contested),
    contested.length ? el('ul', {class: 'contested'}, contested) : el('p', {}, SAY.nothing_contested),
    evaded.length ? [el('h3', {}, SAY.also_evaded), el('ul', {class: 'contested'}, evaded)] : null,
    contradictions(day),
  ];
}

function relationEntry(number, day) {
  const relation = DATA.relations[number];
  const claims = relation.c || [];
  const status = statusOf(claims, day);
  return el('li', {},
    el('p', {}, thingButton(relation.s), ` ${relation.l} `, thingButton(relation.o)),
    el('p', {class: `when w-${status}`}, SIGNS[status] ? `${SIGNS[status]} ` : '', say(status), claims.length > 1 ? ` · ${claims.length}` : ''));
}

// What no claim tells is a matter of reference: it was always known.
const wasTold = (claims, day) => !claims.length || claims.some((number) => isPublic(number, day));

// Who tells it, and when: each opens the claim.
function tellers(claims, day) {
  return claims.filter((number) => isPublic(number, day)).map((number) => {
    const stance = ownStance(number, day);
    const when = stance && stance.w ? ` · ${stance.w}` : '';
    return el('p', {class: 'when'}, el('button', {type: 'button', class: 'go', onclick: () => choose({claim: number})}, `${THINGS[CLAIMS[number].b].l}${when}`));
  });
}

function thingPanel(number, day) {
  const thing = THINGS[number];
  const tellersOf = (part) => DATA.relations.flatMap((relation) => (relation.s === part || relation.o === part ? relation.c || [] : []));
  const parts = THINGS.flatMap((held, other) => (held.h === number && wasTold(tellersOf(other), day) ? [other] : []));
  const own = new Set([number, ...parts]);
  const relations = DATA.relations.flatMap((relation, at) => {
    const touches = own.has(relation.s) !== own.has(relation.o);
    return touches && (relation.c || []).some((claim) => isPublic(claim, day)) ? [at] : [];
  });
  const about = [...new Set(relations.flatMap((at) => DATA.relations[at].c).concat(
    DATA.relations.flatMap((relation) => (own.has(relation.s) && own.has(relation.o) ? relation.c || [] : []))))];
  const said = CLAIMS.flatMap((claim, at) => (claim.s.some((stance) => stance.b === number && stance.d <= day) ? [at] : []));
  const told = about.filter((claim) => isPublic(claim, day)).sort((a, b) => a - b);
  const kind = [thing.t, thing.p === undefined ? null : THINGS[thing.p].l, thing.w && wasTold(thing.w[1], day) ? thing.w[0] : null].filter(Boolean).join(' · ');
  const offices = (thing.j || []).filter(([, by]) => wasTold(by, day));
  const facts = (thing.x || []).filter(([, , by]) => wasTold(by, day));
  return [
    backButton(),
    heading(kind, thing.l),
    offices.length ? [el('h3', {}, SAY.offices), el('ul', {class: 'rows'}, offices.map(([office, by]) => el('li', {}, office, tellers(by, day))))] : null,
    facts.length ? [el('h3', {}, SAY.told), el('dl', {}, facts.map(([name, text, by], at) => [at && facts[at - 1][0] === name ? null : el('dt', {}, name), el('dd', {}, text, tellers(by, day))]))] : null,
    parts.length ? [el('h3', {}, `${SAY.parts} (${parts.length})`), el('ul', {class: 'rows'}, parts.map((part) => el('li', {}, thingButton(part))))] : null,
    relations.length ? [el('h3', {}, `${SAY.relations_of} (${relations.length})`), el('ul', {class: 'rows'}, relations.map((at) => relationEntry(at, day)))] : null,
    told.length ? [el('h3', {}, `${SAY.claims_of} (${told.length})`), el('ul', {class: 'voices'}, told.map((claim) => claimEntry(claim, day)))] : null,
    said.length ? [el('h3', {}, `${SAY.said_by} (${said.length})`), el('ul', {class: 'voices'}, said.flatMap((claim) =>
      CLAIMS[claim].s.filter((stance) => stance.b === number && stance.d <= day).map((stance) => stanceEntry(stance, claim, true))))] : null,
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

function linePanel(number, day) {
  const line = LINES[number];
  const title = [THINGS[line.a].l, line.n, THINGS[line.b].l].join(' → ');
  return [
    backButton(),
    heading(SAY.relation, title, statusOf(line.claims, day)),
    el('ul', {class: 'rows'}, line.r.map((at) => relationEntry(at, day))),
    voices(line.claims, day, true),
  ];
}

function claimPanel(number, day) {
  const claim = CLAIMS[number];
  const related = DATA.relations.flatMap((relation, at) => ((relation.c || []).includes(number) ? [at] : []));
  const against = (claim.x || []).filter((other) => isPublic(other, day));
  return [
    backButton(),
    heading(SAY.claim, claim.t, statusOf([number], day)),
    claim.q ? el('p', {class: 'quote'}, say('quoted', {words: claim.q})) : null,
    voices([number], day, false),
    claim.u ? [el('h3', {}, SAY.issue), claim.u.map((issue) => el('p', {}, issue))] : null,
    against.length ? [el('h3', {}, SAY.contradicts), el('ul', {class: 'rows'}, against.map((other) =>
      el('li', {}, el('button', {type: 'button', class: 'go', onclick: () => choose({claim: other})}, CLAIMS[other].t))))] : null,
    related.length ? [el('h3', {}, `${SAY.relations_of} (${related.length})`), el('ul', {class: 'rows'}, related.map((at) => relationEntry(at, day)))] : null,
    el('p', {class: 'iri'}, claim.i),
  ];
}

let lastChosen = '';

function drawPanel(now) {
  let made;
  if (now.thing !== null) made = thingPanel(now.thing, now.day);
  else if (now.line !== null) made = linePanel(now.line, now.day);
  else if (now.claim !== null) made = claimPanel(now.claim, now.day);
  else made = overview(now.day);
  panel.replaceChildren(...made.flat(9).filter(Boolean));
  const chosen = `${now.thing} ${now.line} ${now.claim}`;
  if (chosen !== lastChosen) byId('panel').scrollTop = 0;
  lastChosen = chosen;
}
