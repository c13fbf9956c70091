// What the map knows: one deflated blob of columns and lines; what the reader chose, kept in the address.
const META = JSON.parse(byId('data').textContent);
const SAY = META.phrases;
const MEASURES = META.measures.map((one) => one.name);
const COLOURS = ['family', 'community'];
const state = {view: 'map', thing: null, other: null, size: META.size, colour: 'family', hidden: new Set()};
const watchers = [];
const DATA = {};
const lines = {};

const say = (name, values) => SAY[name].replace(/\{(\w+)\}/g, (_, key) => String((values || {})[key]));
const watch = (listener) => watchers.push(listener);

function tell(change) {
  Object.assign(state, change);
  for (const listener of watchers) listener(state);
}

// Columns become views of the one buffer; lines are only bytes until somebody reads them.
async function unpack() {
  const letters = atob(byId('blob').textContent);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  byId('blob').remove();
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  const buffer = await new Response(stream).arrayBuffer();
  const kinds = {I: Uint32Array, f: Float32Array, H: Uint16Array, B: Uint8Array, s: Uint8Array};
  let at = 0;
  for (const [name, kind, length] of META.columns) {
    const made = new kinds[kind](buffer, at, length / kinds[kind].BYTES_PER_ELEMENT);
    if (kind === 's') lines[name] = {bytes: made, starts: null};
    else DATA[name] = made;
    at += length;
  }
  DATA.count = DATA.x.length;
  DATA.edges = DATA.start.length;
}

const reader = new TextDecoder();

function startsOf(name) {
  const held = lines[name];
  if (!held.starts) {
    const starts = [0];
    for (let at = held.bytes.indexOf(10); at >= 0; at = held.bytes.indexOf(10, at + 1)) starts.push(at + 1);
    starts.push(held.bytes.length + 1);
    held.starts = Uint32Array.from(starts);
  }
  return held.starts;
}

function line(name, number) {
  const starts = startsOf(name);
  return reader.decode(lines[name].bytes.subarray(starts[number], starts[number + 1] - 1));
}

const labelOf = (thing) => line('labels', thing);
const idOf = (thing) => line('ids', thing);
const kindOf = (thing) => META.kinds[DATA.kind[thing]];
const familyOf = (thing) => META.kinds[DATA.kind[thing]].family;
const edgeLabel = (edge) => line('edge-labels', DATA.label[edge]);
const isShown = (thing) => !state.hidden.has(familyOf(thing));

function numberOf(identifier) {
  if (!identifier) return null;
  const starts = startsOf('ids');
  const wanted = new TextEncoder().encode(identifier);
  const held = lines.ids.bytes;
  for (let thing = 0; thing < DATA.count; thing += 1) {
    if (starts[thing + 1] - 1 - starts[thing] !== wanted.length) continue;
    let at = 0;
    while (at < wanted.length && held[starts[thing] + at] === wanted[at]) at += 1;
    if (at === wanted.length) return thing;
  }
  return null;
}

// The edges of each thing, in one row after the other: made when first asked for.
let rows = null;

function edgesOf(thing) {
  if (!rows) {
    const starts = new Uint32Array(DATA.count + 1);
    for (let edge = 0; edge < DATA.edges; edge += 1) {
      starts[DATA.start[edge] + 1] += 1;
      if (DATA.end[edge] !== DATA.start[edge]) starts[DATA.end[edge] + 1] += 1;
    }
    for (let at = 0; at < DATA.count; at += 1) starts[at + 1] += starts[at];
    const next = starts.slice();
    const list = new Uint32Array(starts[DATA.count]);
    for (let edge = 0; edge < DATA.edges; edge += 1) {
      list[next[DATA.start[edge]]++] = edge;
      if (DATA.end[edge] !== DATA.start[edge]) list[next[DATA.end[edge]]++] = edge;
    }
    rows = {starts, list};
  }
  return rows.list.subarray(rows.starts[thing], rows.starts[thing + 1]);
}

const otherEnd = (edge, thing) => (DATA.start[edge] === thing ? DATA.end[edge] : DATA.start[edge]);

function choose(change) {
  const next = {thing: null, other: null, ...change};
  const same = next.thing === state.thing && next.other === state.other;
  tell(next);
  if (!same) keepAddress(true);
}

function address() {
  const parts = new URLSearchParams();
  if (state.thing !== null) parts.set('thing', idOf(state.thing));
  if (state.other !== null) parts.set('other', idOf(state.other));
  if (state.size !== META.size) parts.set('size', state.size);
  if (state.colour !== 'family') parts.set('colour', state.colour);
  if (state.view !== 'map') parts.set('view', state.view);
  return parts.toString();
}

function keepAddress(step) {
  const hash = `#${address()}`;
  if (hash === location.hash || (hash === '#' && location.hash === '')) return;
  if (step) history.pushState(null, '', hash);
  else history.replaceState(null, '', hash);
}

function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const thing = numberOf(parts.get('thing'));
  tell({
    view: parts.get('view') === 'table' ? 'table' : 'map',
    thing,
    other: thing === null ? null : numberOf(parts.get('other')),
    size: MEASURES.includes(parts.get('size')) ? parts.get('size') : META.size,
    colour: COLOURS.includes(parts.get('colour')) ? parts.get('colour') : 'family',
  });
}
