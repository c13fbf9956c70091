// Start: read the address, wire the controls, draw.
document.documentElement.classList.add('live');

function drawView(now) {
  const positions = now.view === 'positions';
  byId('relations').hidden = positions;
  byId('positions').hidden = !positions;
  byId('show-relations').setAttribute('aria-pressed', String(!positions));
  byId('show-positions').setAttribute('aria-pressed', String(positions));
}

function drawSummary(now) {
  const known = CLAIMS.flatMap((_, number) => (isPublic(number, now.day) ? [number] : []));
  byId('summary').firstChild.textContent = say('summary', {
    things: DATA.cards,
    relations: LINES.filter((line) => line.claims.some((claim) => isPublic(claim, now.day))).length,
    claims: known.length,
    contested: known.filter((number) => statusOf([number], now.day) === 'contested').length,
  });
}

function drawControls(now) {
  const at = DAYS.findLastIndex((day) => day <= now.day);
  byId('day').value = String(Math.max(at, 0));
  byId('day-shown').textContent = spokenDay(now.day);
  byId('day').setAttribute('aria-valuetext', spokenDay(now.day));
  byId('party').value = now.party === null ? '' : String(now.party);
  for (const button of byId('kinds').children) button.setAttribute('aria-pressed', String(!now.hidden.has(button.dataset.kind)));
}

byId('day').addEventListener('input', (event) => {
  tell({day: DAYS[Number(event.target.value)]});
  keepAddress(false);
});
byId('party').addEventListener('change', (event) => {
  tell({party: event.target.value === '' ? null : Number(event.target.value)});
  keepAddress(true);
});
byId('show-relations').addEventListener('click', () => { tell({view: 'relations'}); keepAddress(true); });
byId('show-positions').addEventListener('click', () => { tell({view: 'positions'}); keepAddress(true); });
byId('kinds').addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  const hidden = new Set(state.hidden);
  if (!hidden.delete(button.dataset.kind)) hidden.add(button.dataset.kind);
  tell({hidden});
});
window.addEventListener('popstate', readAddress);
window.addEventListener('hashchange', readAddress);

startPositions();
drawTimeline();
startSearch();
startKeys();
[drawView, drawControls, drawSummary, drawState, drawPanel, dimTimeline, drawPositions].forEach(watch);
readAddress();
startStage().then(() => { document.documentElement.dataset.ready = 'true'; });
