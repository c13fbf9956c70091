// Which claims are shown for the parties, the day and the mode, looked up; and how the parties stand to them.

// A stance without a date is the latest of nothing.
const orderOf = (stance) => (stance.d === LAST_DAY ? '' : stance.d);

// Numbers of steps at which something begins, ends, begins again ...: is it so at this step?
const within = (steps, at) => Boolean(steps) && steps.filter((step) => step <= at).length % 2 === 1;

const stepOf = (day) => (day === LAST_DAY ? DATA.days.length : DATA.days.findLastIndex((step) => step <= day));

function isHeld(number, parties, at) {
  const {h} = CLAIMS[number];
  return parties.length ? parties.some((party) => within(h[party], at)) : within(h.a, at);
}

function isContested(number, parties, at) {
  const {k, o} = CLAIMS[number];
  if (!parties.length) return within(o, at);
  return (k || []).some(([spokenFor, steps]) => within(steps, at) && !parties.some((party) => spokenFor.includes(party)));
}

// What is shown as the state is: by everybody (held), by those asked for and in the mode (shown).
let held = [];
let shown = [];

function lookUp({parties, day, mode}) {
  const at = stepOf(day);
  held = CLAIMS.map((_, number) => isHeld(number, [], at));
  shown = CLAIMS.map((_, number) => isHeld(number, parties, at) && (!mode || isContested(number, parties, at) === (mode === 'disputed')));
}

const isShown = (number) => shown[number];
const onRecord = (number, day) => CLAIMS[number].d <= day;

// For each actor that somebody speaks for: the sign of the latest stance by the day, and those stances.
function positionsOn(claims, day) {
  const latest = new Map();
  for (const number of claims) {
    for (const stance of CLAIMS[number].s) {
      if (stance.d > day) continue;
      const order = orderOf(stance);
      for (const actor of stance.f || []) {
        const found = latest.get(actor);
        if (!found || found.order < order) latest.set(actor, {order, stances: [[number, stance]]});
        else if (found.order === order) found.stances.push([number, stance]);
      }
    }
  }
  for (const found of latest.values()) {
    const signs = new Set(found.stances.map(([, stance]) => stance.g));
    found.sign = ['r', 'd', 'a', 'e'].find((sign) => signs.has(sign));
  }
  return latest;
}

// Who only disputes does not deny.
const wordOfSign = ({sign, stances}) => (sign === 'd' && stances.every(([, {y, g}]) => g !== 'd' || y === 'disputes') ? 'disputes' : sign);

// Contested is what has one contested claim: what a party says later of another claim takes no denial back.
function statusOf(claims, day, found = positionsOn(claims, day)) {
  if (claims.length > 1 && claims.some((number) => statusOf([number], day) === 'contested')) return 'contested';
  const signs = DATA.parties.map((party) => (found.get(party) || {}).sign);
  if (signs.includes('a') && signs.includes('d')) return 'contested';
  if (signs.includes('d')) return 'denied';
  if (!signs.includes('a')) return 'unknown';
  if (signs.includes('e')) return 'evaded';
  if (claims.every((number) => CLAIMS[number].m && CLAIMS[number].m !== 'actual')) return 'possible';
  return signs.filter((sign) => sign === 'a').length > 1 ? 'several' : 'single';
}

// How the parties asked for stand to claims that they do not hold: they deny, take back, evade, or are silent.
function signOf(claims, {parties, day}) {
  const each = claims.filter((number) => onRecord(number, day)).map((number) => positionsOn([number], day));
  const signs = each.flatMap((found) => parties.map((party) => (found.get(party) || {}).sign));
  return ['d', 'r', 'e'].find((sign) => signs.includes(sign)) || null;
}

// A line stands for the relations for which it is drawn; quiet ones only count on a quiet line.
function claimsOfLine(line) {
  const drawn = line.r.map((number) => DATA.relations[number]).filter((relation) => line.q || !relation.q);
  return [...new Set(drawn.flatMap((relation) => relation.c || []))].sort((a, b) => a - b);
}

for (const line of LINES) line.claims = claimsOfLine(line);

// A line as it is drawn: its status, the sign of those asked for, and the claims that it counts.
function lookOf(line, now) {
  const mine = line.claims.filter(isShown);
  if (!now.parties.length) return {status: statusOf(mine, now.day), sign: null, claims: mine};
  const anyone = line.claims.filter((number) => held[number]);
  const status = statusOf(anyone, now.day);
  if (mine.length) return {status, sign: 'a', claims: mine};
  return {status, sign: now.mode ? null : signOf(line.claims, now), claims: anyone};
}
