// The panel: what the network is and who is strongest in it, or what joins the thing that is chosen to others, and who says so.
const MOST_ROWS = 60;
let told = null;

// Claims are read only when somebody asks who says so.
function claimsOf(edge) {
  if (!told) told = JSON.parse(byId('claims').textContent);
  return told.edges[edge] === undefined ? null : told.edges[edge].map((number) => told.claims[number]);
}

const noteOf = (edge) => (claimsOf(edge), told.notes[edge] || '');

const thingButton = (thing) => el('button', {type: 'button', class: 'go', onclick: () => {
  choose({thing});
  focusOn(thing);
}}, labelOf(thing));

// A number as people of the page's language write it, without needless digits.
function numberText(value) {
  if (value < 0) return '–';
  return value.toLocaleString(META.lang, {maximumFractionDigits: value < 1 ? 4 : 2});
}

const signed = (value) => `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value).toLocaleString(META.lang, {minimumFractionDigits: 2, maximumFractionDigits: 2})}`;

function claimEntry(claim) {
  const behalf = claim.h ? ` (${say('on_behalf_of', {party: claim.h})})` : '';
  return el('li', {},
    el('p', {}, el('b', {}, claim.b), behalf, claim.d ? el('span', {class: 'when'}, ` · ${claim.d}`) : null),
    el('p', {class: 'text'}, claim.t),
    (claim.x || []).map(([who, what, day]) => el('p', {class: 'against'}, `✕ ${who} ${SAY.stance[what] || what}${day ? ` · ${day}` : ''}`)),
    (claim.s || []).map(([label, url, where]) => el('p', {class: 'source'}, linkTo(url, label), where ? ` · ${where}` : '')),
    el('p', {class: 'source'}, el('code', {}, `kg show ${claim.i}`)));
}

function strength(edge) {
  const count = DATA.claims[edge];
  if (DATA.weight) return `${signed(DATA.weight[edge])} · ${say('claims', {count})}`;
  return count ? say('claims', {count}) : SAY.reference;
}

function edgeEntry(edge) {
  const claims = claimsOf(edge);
  const note = noteOf(edge);
  const [a, b] = [DATA.start[edge], DATA.end[edge]];
  const against = DATA.weight && DATA.weight[edge] < 0;
  const line = [thingButton(a), ` ${META.directed ? '→' : '—'} `, el('span', {class: 'verb'}, edgeLabel(edge)), ` ${META.directed ? '→' : '—'} `, thingButton(b)];
  const about = [note, strength(edge)].filter(Boolean).join(' · ');
  const detail = claims && claims.length ? el('details', {}, el('summary', {}, about), el('ul', {class: 'said'}, claims.map(claimEntry)))
    : el('p', {class: 'when'}, about, DATA.claims[edge] && claims === null ? [el('br', {}), say('claims_elsewhere', {}), ' ', el('code', {}, `kg show ${idOf(a)}`)] : null);
  return el('li', {class: against ? 'apart' : null}, el('p', {}, line), detail);
}

function edgeList(edges, most = MOST_ROWS) {
  const shown = edges.slice(0, most);
  const list = el('ul', {class: 'rows'}, shown.map(edgeEntry));
  if (edges.length <= most) return list;
  const more = el('button', {type: 'button', class: 'more', onclick: () => more.parentElement.replaceWith(edgeList(edges, most * 2))}, say('more', {count: edges.length - most}));
  return el('div', {}, list, more);
}

const strongestFirst = (edges) => [...edges].sort((a, b) => DATA.claims[b] - DATA.claims[a] || a - b);

function measureRows(thing) {
  const rows = META.measures.map(({name}) => [SAY.measures[name].name, numberText(DATA[`m-${name}`][thing])]);
  rows.push([SAY.measures.communities.name, String(DATA.group[thing])]);
  return el('dl', {class: 'measures'}, rows.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))));
}

function thingPanel(thing) {
  const own = [...edgesOf(thing)];
  const between = state.other === null ? own : own.filter((edge) => otherEnd(edge, thing) === state.other);
  const parts = [
    el('button', {type: 'button', class: 'back', onclick: () => choose(state.other === null ? {} : {thing})}, '← ', SAY.back),
    el('p', {class: 'kind'}, kindOf(thing).label),
    el('h2', {}, labelOf(thing), state.other === null ? null : [' — ', labelOf(state.other)]),
  ];
  if (state.other === null) parts.push(measureRows(thing));
  const groups = META.directed && state.other === null
    ? [[SAY.outgoing, between.filter((edge) => DATA.start[edge] === thing)], [SAY.incoming, between.filter((edge) => DATA.start[edge] !== thing)]]
    : [[SAY.edges, between]];
  for (const [title, edges] of groups) {
    if (edges.length) parts.push(el('h3', {}, `${title} (${edges.length})`), edgeList(strongestFirst(edges)));
  }
  parts.push(el('p', {class: 'iri'}, idOf(thing), el('br', {}), el('code', {}, `kg show ${idOf(thing)}`)));
  return parts;
}

function measureText(name) {
  const words = SAY.measures[name];
  const held = META.formulas[name];
  const source = held.doi ? linkTo(`https://doi.org/${encodeURI(held.doi)}`, `doi:${held.doi}`) : null;
  return [el('p', {}, el('b', {}, words.name), SAY.colon, words.what), el('p', {class: 'formula'}, held.formula), el('p', {class: 'source'}, held.source, source ? [', ', source] : null)];
}

function strongestList() {
  const size = sizeOf();
  const things = DATA.count <= 5000 ? Array.from({length: DATA.count}, (_, thing) => thing) : [...DATA.named];
  const first = things.filter(isShown).sort((a, b) => size[b] - size[a] || a - b).slice(0, 12);
  return el('ol', {class: 'rows'}, first.map((thing) => el('li', {}, thingButton(thing), el('span', {class: 'when'}, ` · ${numberText(DATA[`m-${state.size}`][thing])}`))));
}

function overview() {
  return [
    el('h2', {}, SAY.network.title),
    el('p', {}, SAY.network.edge),
    META.left_out.map((text) => el('p', {class: 'note'}, text)),
    el('p', {class: 'when'}, META.note),
    el('h3', {}, say('first_by', {measure: SAY.measures[state.size].name})),
    strongestList(),
    el('h3', {}, SAY.how_measured),
    measureText(state.size),
    state.colour === 'community' ? measureText('communities') : null,
  ];
}

let lastShown = '';

function drawPanel() {
  const made = state.thing === null ? overview() : thingPanel(state.thing);
  byId('panel-body').replaceChildren(...made.flat(9).filter(Boolean));
  const shown = `${state.thing} ${state.other}`;
  if (shown !== lastShown) byId('panel').scrollTop = 0;
  lastShown = shown;
}
