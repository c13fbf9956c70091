// The timeline: a lane for each party, a mark for each public statement, in columns of the days on which something was said.
const timeline = byId('timeline');
const marks = [];
// Where there are very many days a column is a month.
const columnOf = (day) => (DATA.days.length > 120 ? day.slice(0, 7) : day);

function drawTimeline() {
  const stances = CLAIMS.flatMap((claim, number) => claim.s.filter((stance) => stance.d < LAST_DAY).map((stance) => ({number, stance, lane: (stance.f || [])[0]})));
  const days = [...new Set(stances.map(({stance}) => columnOf(stance.d)))].sort();
  // states and bodies have lanes of their own; the other voices share the last one
  const own = ownColumns.filter((party) => stances.some(({lane}) => lane === party));
  for (const held of stances) if (!own.includes(held.lane)) held.lane = null;
  const lanes = stances.some(({lane}) => lane === null) ? [...own, null] : own;
  const head = el('tr', {}, el('th', {scope: 'col'}, SAY.timeline), days.map((day, at) => {
    const [year, month, date] = day.split('-').map(Number);
    const turn = at === 0 || days[at - 1].slice(0, 4) !== day.slice(0, 4);
    return el('th', {scope: 'col', 'data-day': day}, `${date || ''} ${SAY.months_short[month - 1]}`.trim(), turn || !date ? el('small', {}, String(year)) : null);
  }));
  const rows = lanes.map((lane) => el('tr', {'data-lane': lane}, el('th', {scope: 'row'}, lane === null ? SAY.others : THINGS[lane].l), days.map((day) =>
    el('td', {'data-day': day}, statements(stances.filter((held) => held.lane === lane && columnOf(held.stance.d) === day)).map(mark)))));
  timeline.append(el('div', {class: 'scroll'}, el('table', {}, el('thead', {}, head), el('tbody', {}, rows))));
  if (marks.length) marks[0].button.tabIndex = 0;
  timeline.addEventListener('keydown', walkMarks);
}

// What is said for or against in one public statement is one mark, however many claims it makes.
function statements(stances) {
  const found = new Map();
  for (const held of stances) {
    const key = `${held.stance.t} ${held.stance.g} ${held.stance.b}`;
    found.set(key, [...(found.get(key) || []), held]);
  }
  return [...found.values()];
}

function mark(held) {
  const [{number, stance}] = held;
  const many = held.length > 1;
  const what = many ? say('claims_in', {count: held.length}) : CLAIMS[number].t;
  const words = `${THINGS[stance.b].l} ${SAY.stance[stance.y]}${SAY.colon}${what} (${stance.w || SAY.no_date})`;
  const button = el('button', {type: 'button', class: `mark p-${stance.g}`, tabindex: -1, title: words, 'aria-label': words, onclick: () => choose(many ? {said: stance.t} : {claim: number})},
    MARKS[stance.g], many ? el('small', {}, held.length) : null);
  marks.push({button, held, stance});
  return button;
}

// One tab stop; the arrows walk from mark to mark.
function walkMarks(event) {
  const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
  const at = marks.findIndex(({button}) => button === document.activeElement);
  if (!step || at < 0) return;
  event.preventDefault();
  const next = marks[(at + step + marks.length) % marks.length].button;
  document.activeElement.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

// The day that is shown stays in sight.
function scrollToDay(day) {
  const box = timeline.firstElementChild;
  const heads = [...timeline.querySelectorAll('thead [data-day]')].filter((head) => head.dataset.day <= day);
  const last = heads[heads.length - 1];
  if (!last) return;
  const end = last.offsetLeft + last.offsetWidth;
  const start = last.offsetLeft - timeline.querySelector('thead th').offsetWidth;
  if (end > box.scrollLeft + box.clientWidth) box.scrollLeft = end - box.clientWidth;
  else if (start < box.scrollLeft) box.scrollLeft = Math.max(0, end - box.clientWidth * 0.6);
}

let lastDay = null;

function dimTimeline(now) {
  if (now.day !== lastDay) scrollToDay(now.day);
  lastDay = now.day;
  const lit = litLines(now);
  const claims = lit === null ? null : new Set([...lit].flatMap((line) => LINES[line].claims));
  if (claims && now.claim !== null) claims.add(now.claim);
  for (const {button, held, stance} of marks) {
    const unasked = now.parties.length > 0 && !(stance.f || []).some((actor) => now.parties.includes(actor));
    const unchosen = now.said !== null ? now.said !== stance.t : claims && !held.some(({number}) => claims.has(number) || now.claim === number);
    const faded = unchosen || unasked || (now.mode && !held.some(({number}) => isShown(number)));
    button.classList.toggle('later', stance.d > now.day || !held.some(({number}) => onRecord(number, now.day)));
    button.classList.toggle('faded', Boolean(faded));
  }
  for (const cell of timeline.querySelectorAll('[data-day]')) cell.classList.toggle('later', cell.dataset.day > now.day);
}
