// The picture's classes: status of each line, what is chosen, what a party holds, what is not yet known.
const lineParts = LINES.map((_, number) => [byId(`e${number}`), byId(`t${number}`)]);
// Under each line one in the colour of the ground, so that crossings read as over and under.
for (const [line] of lineParts) {
  const under = line.firstElementChild.cloneNode();
  under.setAttribute('class', 'case');
  line.prepend(under);
}
// What is always named, besides the contested.
const headlines = new Set(LINES.flatMap((line, number) => (line.t ? [number] : [])));
const cardParts = NODES.map(({id}) => [id, byId(`n${id}`)]);

function cardOf(number) {
  const thing = THINGS[number];
  return thing.h === undefined ? number : thing.h;
}

function litLines({thing, line, claim, issue, said}) {
  if (line !== null) return new Set([line]);
  if (issue !== null) return new Set(LINES.flatMap((held, number) => (held.claims.some((told) => (CLAIMS[told].u || []).includes(issue)) ? [number] : [])));
  if (said !== null) return new Set(LINES.flatMap((held, number) => (held.claims.some((told) => CLAIMS[told].s.some(({t}) => t === said)) ? [number] : [])));
  if (claim !== null) return new Set(LINES.flatMap((held, number) => (held.claims.includes(claim) ? [number] : [])));
  if (thing !== null) {
    const card = cardOf(thing);
    return new Set(LINES.flatMap((held, number) => (held.a === card || held.b === card ? [number] : [])));
  }
  return null;
}

// A sign at the corner of a card that a contested line ends at; states have too many to say anything by it.
function markDisputed(card, on) {
  const old = card.querySelector('.badge');
  if (Boolean(old) === on || card.matches('.k-state')) return;
  if (old) return old.remove();
  const box = card.querySelector('rect');
  const x = Number(box.getAttribute('x')) + Number(box.getAttribute('width')) - 3;
  const y = Number(box.getAttribute('y')) + 3;
  const badge = document.createElementNS(SVG_NS, 'g');
  badge.setAttribute('class', 'badge');
  const disc = document.createElementNS(SVG_NS, 'circle');
  for (const [name, value] of [['cx', x], ['cy', y], ['r', 7.5]]) disc.setAttribute(name, value);
  const sign = document.createElementNS(SVG_NS, 'text');
  sign.setAttribute('x', x);
  sign.setAttribute('y', y + 4);
  sign.textContent = SIGNS.contested;
  badge.append(disc, sign);
  card.append(badge);
}

// The cards of what anyone has spoken of by the day, and of who spoke.
function heardOf(now) {
  const known = new Set(CLAIMS.flatMap((claim, number) => (held[number] ? claim.s.flatMap((stance) => (stance.d <= now.day ? [stance.b, ...(stance.f || [])] : [])) : [])));
  for (const relation of DATA.relations) {
    if ((relation.c || []).some((claim) => held[claim])) known.add(cardOf(relation.s)).add(cardOf(relation.o));
  }
  return known;
}

function drawLine(number, now, lit) {
  const line = LINES[number];
  const {status, sign, claims} = lookOf(line, now);
  const asked = now.parties.length > 0;
  const off = status === 'unknown' || [line.a, line.b].some((end) => now.hidden.has(THINGS[end].k));
  const spoken = asked && sign && !line.q;
  const classes = [
    asked ? (sign ? `p-${sign}` : 'silent') : `s-${status}`,
    line.q ? 'quiet' : '',
    ['contested', 'evaded'].includes(status) || headlines.has(number) ? 'loud' : '',
    off ? 'off' : '',
    (lit && lit.has(number)) || spoken ? 'lit' : '',
  ].filter(Boolean).join(' ');
  const [drawn, label] = lineParts[number];
  setClass(drawn, `line ${classes}`);
  if (label) {
    setClass(label, `name ${classes}`);
    const meant = asked ? MARKS[sign] : SIGNS[status];
    setText(label.querySelector('.sign'), meant ? `${meant} ` : '');
    setText(label.querySelector('.count'), claims.length > 1 ? ` · ${claims.length}` : '');
  }
  return {disputed: !asked && status === 'contested' && !line.q && !off, lit: (lit && lit.has(number)) || spoken};
}

// What is as it was is not touched: the browser then need not lay it out again.
function setClass(element, classes) {
  if (element.getAttribute('class') !== classes) element.setAttribute('class', classes);
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// What opens in a card because it is one of many: of these those of which something is told are counted.
const crowds = cardParts.flatMap(([number, card]) => {
  const text = card.querySelector('.crowd');
  return text ? [[text, THINGS.flatMap((thing, at) => (thing.h === number && thing.k !== 'part' ? [at] : []))]] : [];
});

function countCrowds() {
  const spokenOf = new Set(DATA.relations.flatMap((relation) => ((relation.c || []).some(isShown) ? [relation.s, relation.o] : [])));
  for (const [text, members] of crowds) {
    const count = members.filter((member) => spokenOf.has(member)).length;
    setText(text, count ? say('estimates', {count}) : '');
  }
}

function drawState(now) {
  countCrowds();
  const lit = litLines(now);
  const disputed = new Set();
  const ends = new Set(now.parties);
  const known = heardOf(now);
  LINES.forEach((line, number) => {
    const drawn = drawLine(number, now, lit);
    if (drawn.disputed) disputed.add(line.a).add(line.b);
    if (drawn.lit) ends.add(line.a).add(line.b);
  });
  if (now.thing !== null) ends.add(cardOf(now.thing));
  if (now.claim !== null) for (const stance of CLAIMS[now.claim].s) ends.add(stance.b);
  for (const [number, card] of cardParts) {
    const thing = THINGS[number];
    markDisputed(card, disputed.has(number));
    card.classList.toggle('off', now.hidden.has(thing.k));
    card.classList.toggle('early', thing.k !== 'state' && !known.has(number));
    card.classList.toggle('lit', ends.has(number));
    card.classList.toggle('chosen', now.thing !== null && cardOf(now.thing) === number);
    card.classList.toggle('undated', thing.w !== undefined && thing.w[1].length > 0 && !thing.w[1].some(isShown));
  }
  picture.classList.toggle('one', now.thing !== null || now.line !== null);
  picture.classList.toggle('narrowed', lit !== null || now.parties.length > 0);
}

// A day of the data as people write it.
function spokenDay(day) {
  const shown = day === LAST_DAY ? LAST_SAID : day;
  if (!shown) return SAY.no_date;
  const [year, month, date] = shown.split('-').map(Number);
  return say('day', {day: date === 1 ? SAY.first : date, month: SAY.months[month - 1], year});
}
