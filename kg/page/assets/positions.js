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

function drawPositions(now) {
  const only = byId('only-contested').checked;
  for (const [number, row] of matrixRows) {
    const found = positionsOn([number], now.day);
    const status = statusOf([number], now.day);
    const cells = [...row.children].slice(1);
    const fill = (cell, signs) => cell.replaceChildren(...signs);
    ownColumns.forEach((party, at) => {
      const {sign} = found.get(party) || {};
      fill(cells[at], sign ? [el('span', {class: `p-${sign}`}, `${MARKS[sign]} ${SAY[sign]}`)] : []);
      cells[at].classList.toggle('asked', party === now.party);
    });
    if (otherVoices.length) {
      const rest = otherVoices.filter((party) => found.has(party));
      fill(cells[ownColumns.length], rest.map((party) => {
        const {sign} = found.get(party);
        return el('p', {class: `p-${sign}`}, `${MARKS[sign]} ${THINGS[party].l}`);
      }));
    }
    const last = cells[cells.length - 1];
    last.textContent = `${SIGNS[status] ? `${SIGNS[status]} ` : ''}${say(status)}`;
    last.className = `w-${status}`;
    row.hidden = status === 'unknown' || (only && !['contested', 'evaded'].includes(status));
    row.classList.toggle('chosen', now.claim === number);
  }
}
