// The matrix of claims and parties: the rows are in the file, the cells follow the day.
const otherVoices = DATA.parties.filter((party) => !ownColumns.includes(party));
const matrixRows = [...document.querySelectorAll('#matrix tbody tr')].map((row) => [Number(row.id.slice(1)), row]);

function startPositions() {
  for (const [number, row] of matrixRows) {
    const cell = row.firstElementChild;
    const text = cell.firstChild.textContent;
    cell.firstChild.replaceWith(el('button', {type: 'button', class: 'go', onclick: () => choose({claim: number})}, text));
  }
  byId('only-contested').addEventListener('change', () => drawPositions(state));
}

// Drawn when it is looked at: the slider need not wait for a table that nobody sees.
function drawPositions(now) {
  byId('caption').textContent = [say('positions_caption', {date: spokenDay(now.day)}), whoseText({...now, day: LAST_DAY})].filter(Boolean).join(' · ');
  if (now.view !== 'positions') return;
  const only = byId('only-contested').checked;
  for (const [number, row] of matrixRows) {
    const found = positionsOn([number], now.day);
    const status = statusOf([number], now.day, found);
    row.hidden = !isShown(number) || (only && !['contested', 'evaded'].includes(status));
    row.classList.toggle('chosen', now.claim === number);
    if (!row.hidden) fillRow(row, found, status, now);
  }
}

function fillRow(row, found, status, now) {
  const cells = [...row.children].slice(1);
  ownColumns.forEach((party, at) => {
    const {sign} = found.get(party) || {};
    cells[at].replaceChildren(...(sign ? [el('span', {class: `p-${sign}`}, `${MARKS[sign]} ${SAY[sign]}`)] : []));
    cells[at].classList.toggle('asked', now.parties.includes(party));
  });
  if (otherVoices.length) {
    cells[ownColumns.length].replaceChildren(...otherVoices.filter((party) => found.has(party)).map((party) => {
      const {sign} = found.get(party);
      return el('p', {class: `p-${sign}`}, `${MARKS[sign]} ${THINGS[party].l}`);
    }));
  }
  const last = cells[cells.length - 1];
  last.textContent = `${SIGNS[status] ? `${SIGNS[status]} ` : ''}${say(status)}`;
  last.className = `w-${status}`;
}
