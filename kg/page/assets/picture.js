// The picture's classes: status of each line, what is chosen, what a party holds, what is not yet known.
const lineParts = LINES.map((_, number) => [byId(`e${number}`), byId(`t${number}`)]);
// Under each line one in the colour of the ground, so that crossings read as over and under.
for (const [line] of lineParts) {
  const under = line.firstElementChild.cloneNode();
  under.setAttribute('class', 'case');
  line.prepend(under);
}
// What is always named, besides the contested: marked in the file.
const headlines = new Set(lineParts.flatMap(([, label], number) => (label && label.classList.contains('loud') && !label.matches('.s-contested, .s-evaded') ? [number] : [])));
const cardParts = NODES.map(({id}) => [id, byId(`n${id}`)]);

function cardOf(number) {
  const thing = THINGS[number];
  return thing.h === undefined ? number : thing.h;
}

function litLines({thing, line, claim}) {
  if (line !== null) return new Set([line]);
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

function drawState(now) {
  const lit = litLines(now);
  const disputed = new Set();
  const shown = new Set();
  const known = new Set(CLAIMS.flatMap((claim, number) => (isPublic(number, now.day) ? claim.s.flatMap((stance) => (stance.d <= now.day ? [stance.b, ...(stance.f || [])] : [])) : [])));
  for (const relation of DATA.relations) {
    if (!(relation.c || []).some((claim) => isPublic(claim, now.day))) continue;
    known.add(cardOf(relation.s)).add(cardOf(relation.o));
  }
  LINES.forEach((line, number) => {
    const status = statusOf(line.claims, now.day);
    const sign = now.party === null ? null : signOf(line.claims, now.party, now.day);
    const off = status === 'unknown' || [line.a, line.b].some((end) => now.hidden.has(THINGS[end].k));
    const count = line.claims.filter((claim) => isPublic(claim, now.day)).length;
    const loud = ['contested', 'evaded'].includes(status) || headlines.has(number);
    for (const part of lineParts[number]) {
      if (!part) continue;
      part.setAttribute('class', [
        part.id[0] === 'e' ? 'line' : 'name',
        now.party === null ? `s-${status}` : sign ? `p-${sign}` : 'silent',
        line.q ? 'quiet' : '',
        loud ? 'loud' : '',
        off ? 'off' : '',
        lit && lit.has(number) ? 'lit' : '',
        now.party !== null && sign && !line.q ? 'lit' : '',
      ].filter(Boolean).join(' '));
    }
    if (status === 'contested' && !line.q && !off) disputed.add(line.a).add(line.b);
    const label = lineParts[number][1];
    if (label) {
      const mark = label.querySelector('.sign');
      const meant = now.party === null ? SIGNS[status] : MARKS[sign];
      mark.textContent = meant ? `${meant} ` : '';
      const counted = label.querySelector('.count');
      if (counted) counted.textContent = count > 1 ? ` · ${count}` : '';
    }
    if ((lit && lit.has(number)) || (now.party !== null && sign && !line.q)) [line.a, line.b].forEach((end) => shown.add(end));
  });
  if (now.thing !== null) shown.add(cardOf(now.thing));
  if (now.claim !== null) for (const stance of CLAIMS[now.claim].s) shown.add(stance.b);
  if (now.party !== null) shown.add(now.party);
  for (const [number, card] of cardParts) {
    const thing = THINGS[number];
    markDisputed(card, disputed.has(number));
    card.classList.toggle('off', now.hidden.has(thing.k));
    card.classList.toggle('early', thing.k !== 'state' && !known.has(number));
    card.classList.toggle('lit', shown.has(number));
    card.classList.toggle('chosen', now.thing !== null && cardOf(now.thing) === number);
  }
  picture.classList.toggle('narrowed', lit !== null || now.party !== null);
  byId('caption').textContent = say('positions_caption', {date: spokenDay(now.day)});
}

// A day of the data as people write it.
function spokenDay(day) {
  const shown = day === LAST_DAY ? LAST_SAID : day;
  if (!shown) return SAY.no_date;
  const [year, month, date] = shown.split('-').map(Number);
  return say('day', {day: date, month: SAY.months[month - 1], year});
}
