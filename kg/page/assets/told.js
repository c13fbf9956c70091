// The panel of a line, of a claim and of an issue: who stands how, and in what words.
function linePanel(number, now) {
  const line = LINES[number];
  const claims = ofWhatCounts(line.claims);
  const title = [THINGS[line.a].l, line.n, THINGS[line.b].l].join(' → ');
  return [
    backButton(),
    heading(SAY.relation, title, statusOf(claims, now.day)),
    now.parties.map((party) => standing(party, line.claims, now)),
    line.r.length === 1 && [line.a, line.b].includes(DATA.relations[line.r[0]].s) && [line.a, line.b].includes(DATA.relations[line.r[0]].o) ? null : el('ul', {class: 'rows'}, line.r.filter((at) => ofWhatCounts(DATA.relations[at].c || []).length).map((at) => relationEntry(at, now.day, new Set([line.a, line.b])))),
    voices(claims, now.day, true),
  ];
}

// How one of the parties asked for stands to these claims.
function standing(party, claims, now) {
  const at = stepOf(now.day);
  const sign = claims.some((number) => isHeld(number, [party], at)) ? 'a' : signOf(claims, {...now, parties: [party]});
  return el('p', {class: sign ? `stands p-${sign}` : 'stands'}, sign ? `${MARKS[sign]} ` : '', say('stands', {party: THINGS[party].l, stance: sign ? SAY[sign === 'd' ? wordAgainst(party, claims, now.day) : sign] : SAY.silent}));
}

// Who denies one of these claims denies; who only disputes does not.
function wordAgainst(party, claims, day) {
  const words = claims.map((number) => positionsOn([number], day).get(party)).filter(Boolean).map(wordOfSign);
  return words.includes('d') ? 'd' : 'disputes';
}

function claimRows(title, numbers) {
  return numbers.length ? [el('h3', {}, title), el('ul', {class: 'rows'}, numbers.map((other) => el('li', {}, claimButton(other))))] : null;
}

function claimPanel(number, now) {
  const claim = CLAIMS[number];
  const known = (other) => onRecord(other, now.day);
  if (!known(number)) return [backButton(), heading(SAY.claim, claim.t, 'unknown')];
  const related = DATA.relations.flatMap((relation, at) => ((relation.c || []).includes(number) ? [at] : []));
  return [
    backButton(),
    heading(SAY.claim, claim.t, held[number] ? statusOf([number], now.day) : 'given_up'),
    claim.q ? el('p', {class: 'quote'}, say('quoted', {words: claim.q})) : null,
    now.parties.map((party) => standing(party, [number], now)),
    now.by === null ? voices([number], now.day, false) : [wordOf(now.by, [number], now.day, false), everyoneOn({claim: number})],
    claim.u ? [el('h3', {}, SAY.issue), claim.u.map((issue) => el('p', {}, issueButton(issue)))] : null,
    claimRows(SAY.contradicts, (claim.x || []).filter(known)),
    claimRows(SAY.supersedes, (claim.z || []).filter(known)),
    claimRows(SAY.superseded_by, CLAIMS.flatMap((other, at) => ((other.z || []).includes(number) && known(at) ? [at] : []))),
    related.length ? [el('h3', {}, `${SAY.relations_of} (${related.length})`), el('ul', {class: 'rows'}, related.map((at) => relationEntry(at, now.day)))] : null,
    el('p', {class: 'iri'}, claim.i),
  ];
}

const issueButton = (issue) => el('button', {type: 'button', class: 'go', onclick: () => choose({issue})}, DATA.issues[issue][1]);

// From the word of one party back to that of all.
const everyoneOn = (chosen) => el('p', {class: 'text'}, el('button', {type: 'button', class: 'go', onclick: () => choose(chosen)}, SAY.everyone));

// What one party says of these claims, the last first; who speaks for it is part of it.
function wordOf(party, claims, day, withText) {
  const told = claims.flatMap((number) => CLAIMS[number].s.filter((stance) => stance.d <= day && (stance.f || []).includes(party)).map((stance) => [stance, number]));
  told.sort(([one], [other]) => (orderOf(one) < orderOf(other) ? 1 : orderOf(one) > orderOf(other) ? -1 : 0));
  return [
    el('h3', {}, `${THINGS[party].l} (${told.length})`),
    told.length ? el('ul', {class: 'voices'}, told.map(([stance, number]) => stanceEntry(stance, number, withText))) : el('p', {}, SAY.silent),
  ];
}

// All that was said in one public statement, by whom, when and to whom.
function saidPanel(said, now) {
  const told = CLAIMS.flatMap((claim, number) => claim.s.filter((stance) => stance.t === said && stance.d <= now.day).map((stance) => [stance, number]));
  const speakers = [...new Set(told.map(([{b}]) => b))];
  const day = told.length ? told[0][0].w || SAY.no_date : SAY.no_date;
  return [
    backButton(),
    heading(SAY.statement, [names(speakers), day].filter(Boolean).join(' · ')),
    told.length ? el('ul', {class: 'voices'}, told.map(([stance, number]) => stanceEntry(stance, number, true))) : el('p', {}, say('unknown')),
    el('p', {class: 'iri'}, DATA.statements[said]),
  ];
}

function issuePanel(issue, now) {
  const claims = CLAIMS.flatMap((claim, number) => ((claim.u || []).includes(issue) && isShown(number) ? [number] : []));
  const status = ['contested', 'evaded'].find((wanted) => claims.some((number) => statusOf([number], now.day) === wanted));
  return [
    backButton(),
    heading(SAY.issue, DATA.issues[issue][1], status),
    now.by === null ? listed(SAY.claims_of, claims, now.day) : [wordOf(now.by, claims, now.day, true), everyoneOn({issue})],
  ];
}
