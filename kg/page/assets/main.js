// Start: read the address, wire the controls, draw.
document.documentElement.classList.remove('starting');

function drawView(now) {
  const positions = now.view === 'positions';
  byId('relations').hidden = positions;
  byId('positions').hidden = !positions;
  byId('show-relations').setAttribute('aria-pressed', String(!positions));
  byId('show-positions').setAttribute('aria-pressed', String(positions));
}

// Whose perspective it is, in words; nothing for everybody's, today.
function whoseText({parties, day, mode}) {
  const parts = [
    parties.length ? say('according_to', {parties: names(parties)}) : null,
    day === LAST_DAY ? null : say('as_of', {date: spokenDay(day)}),
    mode ? SAY[mode] : null,
    DATA.fixed,
  ].filter(Boolean);
  return parts.length ? say('perspective', {perspective: parts.join(', ')}) : '';
}

function drawSummary(now) {
  const told = CLAIMS.flatMap((_, number) => (isShown(number) ? [number] : []));
  byId('summary').firstChild.textContent = say('summary', {
    things: DATA.cards,
    relations: LINES.filter((line) => line.claims.some(isShown)).length,
    claims: told.length,
    contested: told.filter((number) => statusOf([number], now.day) === 'contested').length,
  });
  const whose = whoseText(now);
  byId('whose').textContent = whose ? ` · ${whose}` : '';
}

// What an address asks for and this page does not have: to show another perspective in silence would mislead.
function drawUnasked({unasked}) {
  const parties = unasked.map((iri) => THINGS[numberOf(THINGS, iri)]?.l || iri.replace(/^.*[/#:](?=.)/, '')).join(', ');
  byId('unasked').textContent = parties ? say('not_asked', {parties}) : '';
  byId('unasked').hidden = !parties;
}

const partyBoxes = [...document.querySelectorAll('#according input')];

function drawControls(now) {
  const at = DAYS.findLastIndex((day) => day <= now.day);
  byId('day').value = String(Math.max(at, 0));
  byId('day-shown').textContent = spokenDay(now.day);
  byId('day').setAttribute('aria-valuetext', spokenDay(now.day));
  for (const box of partyBoxes) box.checked = now.parties.includes(Number(box.value));
  byId('according-shown').textContent = now.parties.length ? names(now.parties) : SAY.everyone;
  byId('everyone').disabled = !now.parties.length;
  byId('mode').value = now.mode;
  for (const button of byId('kinds').children) button.setAttribute('aria-pressed', String(!now.hidden.has(button.dataset.kind)));
}

byId('day').addEventListener('input', (event) => {
  tell({day: DAYS[Number(event.target.value)]});
  keepAddress(false);
});

function ask(change) {
  tell(change);
  keepAddress(true);
}

byId('according').addEventListener('change', () => {
  ask({parties: sorted(partyBoxes.filter((box) => box.checked).map((box) => Number(box.value)))});
});
byId('everyone').addEventListener('click', () => {
  ask({parties: []});
  byId('according').open = false;
  byId('according').firstElementChild.focus();
});
byId('mode').addEventListener('change', (event) => ask({mode: event.target.value}));
byId('according').addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !byId('according').open) return;
  event.stopPropagation();
  byId('according').open = false;
  byId('according').firstElementChild.focus();
});
document.addEventListener('click', (event) => {
  if (!event.target.closest('#according')) byId('according').open = false;
});
byId('show-relations').addEventListener('click', () => { tell({view: 'relations'}); keepAddress(true); });
byId('show-positions').addEventListener('click', () => { tell({view: 'positions'}); keepAddress(true); });
byId('kinds').addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  const hidden = new Set(state.hidden);
  if (!hidden.delete(button.dataset.kind)) hidden.add(button.dataset.kind);
  ask({hidden});
});
window.addEventListener('popstate', readAddress);
window.addEventListener('hashchange', readAddress);

startPositions();
drawTimeline();
startSearch();
startKeys();
startExports();
[drawView, drawControls, drawSummary, drawUnasked, drawState, drawLegend, drawPanel, dimTimeline, drawPositions].forEach(watch);
readAddress();
Promise.all([startStage().then(() => revealChosen(state)), startNames()]).then(() => { document.documentElement.dataset.ready = 'true'; });
