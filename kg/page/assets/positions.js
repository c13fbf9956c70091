// The matrix of claims, or issues, and parties: the rows are in the file, the cells follow what is asked.
const otherVoices = DATA.parties.filter((party) => !ownColumns.includes(party));
const matrix = byId('matrix');
const matrixBody = matrix.tBodies[0];
const matrixRows = [...matrixBody.rows].map((row) => ({number: Number(row.id.slice(1)), row, drawn: ''}));
// What each column sorts by; the parties are columns by their numbers.
const SORTS = ['issue', ...ownColumns, ...(otherVoices.length ? ['others'] : []), 'status', 'change'];
const MOST_ROWS = 300;
const FIRST_STATUSES = ['contested', 'evaded', 'several'];
const FIRST_SIGNS = ['d', 'r', 'e', 'a'];

function startPositions() {
  [...matrix.tHead.rows[0].cells].forEach((cell, at) => {
    const button = el('button', {type: 'button', class: 'sort', onclick: () => sortBy(SORTS[at])}, cell.textContent);
    cell.replaceChildren(button);
  });
  for (const {number, row} of matrixRows) {
    const cell = row.cells[0];
    cell.firstChild.replaceWith(el('button', {type: 'button', class: 'go', tabindex: -1, onclick: () => choose({claim: number})}, cell.firstChild.textContent));
  }
  byId('only-contested').addEventListener('change', (event) => { tell({only: event.target.checked}); keepAddress(true); });
  matrix.addEventListener('keydown', walkMatrix);
  matrix.addEventListener('focusin', (event) => (event.target.closest('tbody') ? rove(event.target) : null));
}

// The same column again turns the order round.
function sortBy(key) {
  const turned = state.sort === key && !state.turned;
  tell({sort: key, turned});
  keepAddress(false);
}

// One tab stop for the whole table; the arrows go from cell to cell.
function rove(button) {
  for (const other of matrixBody.querySelectorAll('[tabindex="0"]')) other.tabIndex = -1;
  button.tabIndex = 0;
}

function walkMatrix(event) {
  const [dx, dy] = ARROWS[event.key] || [0, 0];
  const cell = event.target.closest('tbody th, tbody td');
  if (!cell || !(dx || dy)) return;
  event.preventDefault();
  let row = cell.parentElement;
  let column = cell.cellIndex;
  const open = () => row && !row.hidden && row.cells[column] && row.cells[column].querySelector('button');
  do {
    if (dx) column += dx;
    else row = dy > 0 ? row.nextElementSibling : row.previousElementSibling;
  } while (row && column >= 0 && column < SORTS.length && !open());
  if (open()) open().focus();
}

const changedOn = (number, day) => CLAIMS[number].s.reduce((last, {d}) => (d <= day && d !== LAST_DAY && d > last ? d : last), '');

function shortDay(day) {
  if (!day) return SAY.no_date;
  const [year, month, date] = day.split('-').map(Number);
  return `${date === 1 ? SAY.first : date} ${SAY.months_short[month - 1]} ${year}`;
}

// Drawn when it is looked at: the slider need not wait for a table that nobody sees.
function drawPositions(now) {
  byId('caption').textContent = [say('positions_caption', {date: spokenDay(now.day)}), whoseText({...now, day: LAST_DAY})].filter(Boolean).join(' · ');
  if (now.view !== 'positions') return;
  const {only} = now;
  byId('only-contested').checked = only;
  for (const held of matrixRows) {
    held.found = positionsOn([held.number], now.day);
    held.status = statusOf([held.number], now.day, held.found);
    held.row.hidden = !isShown(held.number) || (only && !['contested', 'evaded'].includes(held.status));
    held.row.classList.toggle('chosen', now.claim === held.number);
  }
  const more = order(now);
  byId('more').textContent = more ? say('more_rows', {count: more}) : '';
  drawAsked(now);
  const current = matrixBody.querySelector('tr:not([hidden]) [tabindex="0"]');
  const first = matrixBody.querySelector('tr:not([hidden]) button');
  if (!current && first) rove(first);
}

function drawAsked(now) {
  [...matrix.tHead.rows[0].cells].forEach((cell, at) => {
    const sorted = SORTS[at] === now.sort;
    cell.setAttribute('aria-sort', sorted ? (now.turned ? 'descending' : 'ascending') : 'none');
  });
  for (const row of matrixBody.rows) {
    ownColumns.forEach((party, at) => row.cells[at + 1].classList.toggle('asked', now.parties.includes(party)));
  }
}

const signIn = (found, party) => (found.get(party) || {}).sign;
const wordIn = (found, party) => `${MARKS[signIn(found, party)]} ${SAY[wordOfSign(found.get(party))]}`;

const cellButton = (content, change) => el('button', {type: 'button', class: 'cell', tabindex: -1, onclick: () => choose(change)}, content);

// A row that says what it said is left alone: whoever stands in it with the keyboard stays there.
function fillRow(held, now) {
  const {number, row, found, status} = held;
  const signs = [...ownColumns, ...otherVoices].map((party) => (found.has(party) ? wordOfSign(found.get(party)) : '-')).join('');
  const change = changedOn(number, now.day);
  const drawn = `${signs} ${status} ${change}`;
  if (drawn === held.drawn) return;
  held.drawn = drawn;
  ownColumns.forEach((party, at) => {
    const sign = signIn(found, party);
    const cell = row.cells[at + 1];
    cell.className = sign ? `p-${sign}` : '';
    cell.replaceChildren(...(sign ? [cellButton(wordIn(found, party), {claim: number, by: party})] : []));
  });
  if (otherVoices.length) {
    row.cells[ownColumns.length + 1].replaceChildren(...otherVoices.filter((party) => found.has(party)).map((party) => {
      const sign = signIn(found, party);
      return el('p', {class: `p-${sign}`}, cellButton(`${MARKS[sign]} ${THINGS[party].l}`, {claim: number, by: party}));
    }));
  }
  const last = row.cells[SORTS.length - 2];
  last.textContent = `${SIGNS[status] ? `${SIGNS[status]} ` : ''}${say(status)}`;
  last.className = `w-${status}`;
  row.cells[SORTS.length - 1].textContent = shortDay(change);
}

const rankOf = (list, value) => (list.includes(value) ? list.indexOf(value) : list.length);
const issueOf = (number) => (CLAIMS[number].u || [DATA.issues.length])[0];

// What a row is sorted by: numbers and texts, the first that differ decide.
function keysOf({number, found, status}, now, ranks) {
  const byStatus = [rankOf(FIRST_STATUSES, status), number];
  if (now.sort === 'status') return byStatus;
  if (now.sort === 'issue') return [ranks.get(issueOf(number)), issueOf(number), ...byStatus];
  if (now.sort === 'change') return [-Number(changedOn(number, now.day).replaceAll('-', '') || 0), ...byStatus];
  const asked = now.sort === 'others' ? otherVoices : [now.sort];
  return [Math.min(...asked.map((party) => rankOf(FIRST_SIGNS, signIn(found, party)))), ...byStatus];
}

// The issues on which somebody denies what another asserts come first, what addresses no issue last.
function issueRanks() {
  const ranks = new Map();
  for (const {number, row, status} of matrixRows) {
    const issue = issueOf(number);
    const rank = issue === DATA.issues.length ? FIRST_STATUSES.length + 1 : row.hidden ? FIRST_STATUSES.length : rankOf(FIRST_STATUSES, status);
    ranks.set(issue, Math.min(rank, ranks.get(issue) ?? rank));
  }
  return ranks;
}

function order(now) {
  const ranks = issueRanks();
  const keyed = matrixRows.map((held) => ({held, keys: keysOf(held, now, ranks)}));
  keyed.sort((one, other) => {
    const at = one.keys.findIndex((key, place) => key !== other.keys[place]);
    return (at < 0 ? 0 : one.keys[at] - other.keys[at]) * (now.turned && at === 0 ? -1 : 1);
  });
  // so many rows can be drawn at once; how many more there are is said
  const open = keyed.filter(({held}) => !held.row.hidden);
  open.forEach(({held}, at) => {
    if (at < MOST_ROWS) fillRow(held, now);
    else held.row.hidden = true;
  });
  const rows = now.sort === 'issue' ? withIssues(keyed.map(({held}) => held), now) : keyed.map(({held}) => held.row);
  if (rows.length !== matrixBody.rows.length || rows.some((row, at) => row !== matrixBody.rows[at])) matrixBody.replaceChildren(...rows);
  return Math.max(0, open.length - MOST_ROWS);
}

// Before the claims of each issue a row of what the parties say on it, claim by claim counted.
function withIssues(sorted, now) {
  const rows = [];
  let last = null;
  for (const held of sorted) {
    const issue = issueOf(held.number);
    if (issue !== last) rows.push(issueRow(issue, sorted.filter((other) => issueOf(other.number) === issue && !other.row.hidden), now));
    last = issue;
    rows.push(held.row);
  }
  return rows;
}

function issueRow(issue, claims, now) {
  const name = issue < DATA.issues.length ? DATA.issues[issue][1] : null;
  const numbers = claims.map(({number}) => number);
  const counted = (parties) => FIRST_SIGNS.flatMap((sign) => {
    const count = claims.filter(({found}) => parties.some((party) => signIn(found, party) === sign)).length;
    return count ? [el('span', {class: `p-${sign}`}, `${MARKS[sign]} ${count} `)] : [];
  });
  const cell = (parties, by) => {
    const content = counted(parties);
    return el('td', {}, content.length && name !== null && by !== null ? cellButton(content, {issue, by}) : content);
  };
  const worst = FIRST_STATUSES.find((status) => claims.some((held) => held.status === status));
  const row = el('tr', {class: 'issue'},
    el('th', {scope: 'row'}, name === null ? SAY.no_issue : el('button', {type: 'button', class: 'go', tabindex: -1, onclick: () => choose({issue})}, name)),
    ownColumns.map((party) => cell([party], party)),
    otherVoices.length ? cell(otherVoices, null) : null,
    el('td', {class: worst ? `w-${worst}` : ''}, worst ? `${SIGNS[worst] ? `${SIGNS[worst]} ` : ''}${say(worst)}` : ''),
    el('td', {}, numbers.length ? shortDay(numbers.map((number) => changedOn(number, now.day)).sort().pop()) : ''));
  row.hidden = !claims.length;
  return row;
}
