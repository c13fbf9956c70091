// A run of the query: asked of the endpoint under the perspective of the controls, shown, kept in the address.
let running = null;
let answer = null;
let limit = ROWS;

// The perspective as the controls say it; the address of a document has the language too.
function askedWords(withLang) {
  const words = new URLSearchParams();
  for (const [name, value] of new FormData(byId('perspective'))) {
    const text = String(value).trim();
    if (!text || name === 'query' || (name === 'lang' && !withLang)) continue;
    if (name === 'only') words.set(text, 'true');
    else words.append(name, text);
  }
  return words;
}

function keepAddress() {
  const words = askedWords(true);
  const address = `/query?${new URLSearchParams([['query', field.value], ...words])}`;
  if (address !== location.pathname + location.search) history.pushState(null, '', address);
}

function setRunning(on) {
  byId('run').disabled = on;
  byId('cancel').disabled = !on;
  byId('answer').setAttribute('aria-busy', String(on));
}

function ask(accept, signal) {
  const words = String(askedWords(false));
  return fetch(`/sparql${words ? `?${words}` : ''}`, {
    method: 'POST',
    headers: {'content-type': 'application/sparql-query', accept},
    body: field.value,
    signal,
  });
}

// What a fault says, in the language of the page if it is known there; as kg/server/explorer/french.py does it.
function sentence(english) {
  for (const [pattern, told] of DATA.faults) {
    const found = english.match(new RegExp(`^${pattern}$`, 's'));
    if (!found) continue;
    const values = found.slice(1).map((value) => value.replace(/(['"]) or (?=['"])/g, '$1 ou ')
      .replace(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/gs, (_, single, double) => `«\u00a0${single ?? double}\u00a0»`));
    return el('span', {lang: DATA.lang}, told.replace(/\{(\d)\}/g, (_, at) => values[at]));
  }
  return el('span', {}, english);
}

// A fault of ours says where, and begins with it: query:3:7: what is wrong.
function tellFault({detail = '', mend = '', rule = '', line = 0, column = 0}) {
  const what = line ? detail.replace(/^[\w.-]+:\d+(?::\d+)?: /, '') : detail;
  byId('fault').replaceChildren(
    el('p', {}, line ? el('b', {lang: DATA.lang}, `${say('at_place', {line, column: column || 1})}${SAY.colon}`) : null, sentence(what)),
    mend || rule ? el('p', {}, sentence(mend), rule ? [' ', el('code', {}, `[${rule}]`)] : null) : null);
  byId('fault').hidden = false;
  markFault(line, column);
  if (line) field.focus();
}

// ``keep``: whether it becomes an address; what an address asked for is there already.
async function run(keep) {
  if (running) running.abort();
  const mine = new AbortController();
  running = mine;
  setRunning(true);
  byId('fault').hidden = true;
  markFault(0);
  byId('state').textContent = SAY.running;
  if (keep) keepAddress();
  const begin = performance.now();
  try {
    const reply = await ask(ACCEPTED, mine.signal);
    const media = reply.headers.get('content-type') || '';
    const body = await reply.text();
    byId('state').textContent = '';
    if (reply.ok) show(read(media, body), (performance.now() - begin) / 1000);
    else tellFault(media.includes('json') ? JSON.parse(body) : {detail: body});
  } catch (fault) {
    if (running !== mine) return;
    byId('state').textContent = fault.name === 'AbortError' ? SAY.cancelled : '';
    if (fault.name !== 'AbortError') tellFault({detail: SAY.failed});
  }
  if (running === mine) {
    running = null;
    setRunning(false);
  }
}

function show(told, seconds) {
  answer = told;
  limit = ROWS;
  const time = `${seconds.toLocaleString(DATA.lang, {maximumFractionDigits: 2})} s`;
  const words = told.kind === 'triples' ? 'triples' : told.rows.length === 1 ? 'row' : 'rows';
  byId('counted').textContent = told.kind === 'truth' ? '' : say(words, {count: told.rows.length.toLocaleString(DATA.lang), time});
  byId('answer').hidden = false;
  byId('views').hidden = !told.triples.length;
  showTable(told, limit);
  byId('downloads').replaceChildren(...Object.entries(FORMATS[told.kind]).map(([name, [media, ending]]) => (
    el('button', {type: 'button', 'aria-label': `${SAY.download} ${name}`, onclick: () => download(media, ending)}, name))));
  view(told.kind === 'triples' && told.triples.length > 0 && told.triples.length < 400);
}

function view(asGraph) {
  byId('as-graph').setAttribute('aria-pressed', String(asGraph));
  byId('as-table').setAttribute('aria-pressed', String(!asGraph));
  byId('drawing').hidden = !asGraph;
  byId('table').hidden = asGraph;
  byId('rest').hidden = asGraph || answer.rows.length <= limit;
  if (asGraph) draw(answer.triples);
}

// The endpoint's own bytes, in the format that was chosen.
async function download(media, ending) {
  const reply = await ask(media);
  if (!reply.ok) {
    tellFault(await reply.json());
    return;
  }
  const link = el('a', {href: URL.createObjectURL(await reply.blob()), download: `answer.${ending}`});
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

byId('run').addEventListener('click', () => run(true));
byId('cancel').addEventListener('click', () => running && running.abort());
byId('as-table').addEventListener('click', () => view(false));
byId('as-graph').addEventListener('click', () => view(true));
byId('more').addEventListener('click', () => {
  limit += ROWS;
  showTable(answer, limit);
});
byId('copy').addEventListener('click', async () => {
  keepAddress();
  try {
    await navigator.clipboard.writeText(location.href);
    byId('state').textContent = SAY.copied;
  } catch {
    byId('state').textContent = SAY.copy_by_hand;
  }
});
byId('perspective').addEventListener('submit', (event) => {
  event.preventDefault();
  run(true);
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  closeList();
  run(true);
});
window.addEventListener('popstate', () => location.reload());
byId('editor').style.height = `${Math.min(Math.max(field.value.split('\n').length, 8), 20) * LINE + 2 * PAD + 4}px`;
if (matchMedia('(max-width: 1000px)').matches) document.querySelector('.examples').open = false;
drawText();
document.documentElement.dataset.ready = 'true';
if (DATA.runs) run(false);
