// Who holds what, as known on a day: the rule of status.py, repeated here (a browser test compares the two).

// A stance without a date is the latest of nothing.
const orderOf = (stance) => (stance.d === LAST_DAY ? '' : stance.d);

// For each actor that somebody speaks for: the sign of the latest stance by the day, and those stances.
function positionsOn(claims, day) {
  const latest = new Map();
  const stances = claims.flatMap((number) => CLAIMS[number].s.map((stance) => [number, stance]));
  for (const [number, stance] of stances) {
    if (stance.d > day) continue;
    for (const actor of stance.f || []) {
      const held = latest.get(actor);
      const order = orderOf(stance);
      if (!held || held.order < order) latest.set(actor, {order, stances: [[number, stance]]});
      else if (held.order === order) held.stances.push([number, stance]);
    }
  }
  for (const held of latest.values()) {
    const signs = new Set(held.stances.map(([, stance]) => stance.g));
    held.sign = ['r', 'd', 'a', 'e'].find((sign) => signs.has(sign));
  }
  return latest;
}

const isPublic = (number, day) => CLAIMS[number].s.some((stance) => stance.d <= day);

function statusOf(claims, day) {
  const found = positionsOn(claims, day);
  const signs = DATA.parties.map((party) => (found.get(party) || {}).sign);
  if (signs.includes('a') && signs.includes('d')) return 'contested';
  if (signs.includes('d')) return 'denied';
  if (!signs.includes('a')) return 'unknown';
  if (signs.includes('e')) return 'evaded';
  const known = claims.filter((number) => isPublic(number, day));
  if (known.every((number) => CLAIMS[number].m && CLAIMS[number].m !== 'actual')) return 'possible';
  return signs.filter((sign) => sign === 'a').length > 1 ? 'several' : 'single';
}

// A line stands for the relations for which it is drawn; quiet ones only count on a quiet line.
function claimsOfLine(line) {
  const drawn = line.r.map((number) => DATA.relations[number]).filter((relation) => line.q || !relation.q);
  return [...new Set(drawn.flatMap((relation) => relation.c || []))].sort((a, b) => a - b);
}

for (const line of LINES) line.claims = claimsOfLine(line);

// The party's own sign on these claims: what the recoloured picture shows.
const signOf = (claims, party, day) => (positionsOn(claims, day).get(party) || {}).sign || null;
