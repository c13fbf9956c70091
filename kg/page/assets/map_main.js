// Controls and start.
function pickSize(name) {
  tell({size: name});
  keepAddress(false);
}

function drawControls() {
  byId('size').value = state.size;
  byId('colour').value = state.colour;
  byId('show-map').setAttribute('aria-pressed', state.view === 'map');
  byId('show-table').setAttribute('aria-pressed', state.view === 'table');
  byId('map-view').hidden = state.view !== 'map';
  byId('tables').hidden = state.view !== 'table';
  for (const button of document.querySelectorAll('#kinds button')) {
    button.setAttribute('aria-pressed', !state.hidden.has(Number(button.dataset.family)));
  }
  byId('communities').hidden = state.colour !== 'community';
}

function startControls() {
  byId('size').addEventListener('change', (event) => pickSize(event.target.value));
  byId('colour').addEventListener('change', (event) => {
    tell({colour: event.target.value});
    keepAddress(false);
  });
  for (const name of ['map', 'table']) {
    byId(`show-${name}`).addEventListener('click', () => {
      tell({view: name});
      keepAddress(true);
    });
  }
  for (const button of document.querySelectorAll('#kinds button')) {
    button.addEventListener('click', () => {
      const family = Number(button.dataset.family);
      if (!state.hidden.delete(family)) state.hidden.add(family);
      tell({});
    });
  }
  byId('take-link').addEventListener('click', async () => {
    keepAddress(false);
    try {
      await navigator.clipboard.writeText(location.href);
      byId('at').textContent = SAY.link_copied;
    } catch {
      byId('at').textContent = location.href;
    }
  });
  byId('take-print').addEventListener('click', () => window.print());
  byId('take-png').addEventListener('click', takePng);
  byId('fit').addEventListener('click', fitAll);
  byId('zoom-in').addEventListener('click', () => zoomAt(view.w / 2, view.h / 2, 1.4));
  byId('zoom-out').addEventListener('click', () => zoomAt(view.w / 2, view.h / 2, 1 / 1.4));
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest('input, select, textarea');
    if (event.key === '/' && !typing) {
      event.preventDefault();
      byId('search').focus();
    } else if (event.key === 'Escape' && !typing) {
      choose({});
      stageBox.focus();
    }
  });
  document.addEventListener('click', (event) => {
    if (!event.target.closest('#controls')) byId('found').hidden = true;
  });
  window.addEventListener('hashchange', readAddress);
  window.addEventListener('popstate', readAddress);
}

function save(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = el('a', {href: url, download: name});
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

// What is printed is light, whatever the screen is.
function startPrint() {
  const root = document.documentElement;
  for (const [event, now] of [['beforeprint', true], ['afterprint', false]]) {
    window.addEventListener(event, () => {
      if (now) root.dataset.theme = 'light';
      else delete root.dataset.theme;
      readColours();
      onPaper(now);
    });
  }
}

async function start() {
  if (typeof DecompressionStream === 'undefined') return;
  try {
    await unpack();
  } catch {
    // a file that was cut short on its way: what stands in it as text is shown
    document.documentElement.classList.remove('live', 'starting');
    return;
  }
  document.documentElement.classList.remove('starting');
  readColours();
  watch(drawControls);
  watch(drawPanel);
  watch(drawTable);
  watch(repaint);
  startStage();
  startSearch();
  startControls();
  startPrint();
  if (location.hash.length > 1) readAddress();
  else tell({});
  if (state.thing !== null) revealThing(state.thing);
  requestAnimationFrame(() => requestAnimationFrame(() => { document.documentElement.dataset.ready = 'true'; }));
}

start();
