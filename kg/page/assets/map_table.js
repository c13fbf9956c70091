// The same as tables: things with their measures, edges with their claims; so many rows at a time.
const ROWS_AT_ONCE = 100;
let rowsShown = ROWS_AT_ONCE;
let sortedBy = null;
let order = null;

function tableOrder() {
  const key = `${state.size} ${[...state.hidden]}`;
  if (sortedBy !== key) {
    const size = sizeOf();
    const things = [];
    for (let thing = 0; thing < DATA.count; thing += 1) if (isShown(thing)) things.push(thing);
    order = Uint32Array.from(things).sort((a, b) => size[b] - size[a] || a - b);
    sortedBy = key;
    rowsShown = ROWS_AT_ONCE;
  }
  return order;
}

function thingRow(thing) {
  const values = META.measures.map(({name}) => el('td', {class: 'number'}, numberText(DATA[`m-${name}`][thing])));
  return el('tr', {}, el('th', {scope: 'row'}, thingButton(thing)), el('td', {}, kindOf(thing).label), values, el('td', {class: 'number'}, String(DATA.group[thing])));
}

function headOf(name) {
  const chosen = name === state.size;
  return el('th', {scope: 'col', 'aria-sort': chosen ? 'descending' : null},
    el('button', {type: 'button', class: 'sort', onclick: () => pickSize(name)}, SAY.measures[name].name));
}

function drawTable() {
  if (state.view !== 'table') return;
  const things = tableOrder();
  const head = el('tr', {}, el('th', {scope: 'col'}, SAY.thing), el('th', {scope: 'col'}, SAY.type), MEASURES.map(headOf), el('th', {scope: 'col'}, SAY.measures.communities.name));
  const body = el('tbody', {}, [...things.subarray(0, rowsShown)].map(thingRow));
  const caption = el('caption', {}, say('table_things', {count: things.length.toLocaleString(META.lang)}));
  const edges = tableEdges();
  const parts = [el('table', {id: 'things'}, caption, el('thead', {}, head), body)];
  if (rowsShown < things.length) {
    parts.push(el('button', {type: 'button', class: 'more', id: 'more-things', onclick: () => {
      rowsShown += ROWS_AT_ONCE;
      drawTable();
    }}, say('more', {count: things.length - rowsShown})));
  }
  parts.push(edges);
  byId('tables').replaceChildren(...parts);
}

function edgeRow(edge) {
  return el('tr', {},
    el('td', {}, thingButton(DATA.start[edge])), el('td', {}, edgeLabel(edge), noteOf(edge) ? ` · ${noteOf(edge)}` : ''),
    el('td', {}, thingButton(DATA.end[edge])), el('td', {class: 'number'}, strength(edge)),
    el('td', {}, el('button', {type: 'button', class: 'go', onclick: () => choose({thing: DATA.start[edge], other: DATA.end[edge]})}, SAY.who_says)));
}

function tableEdges() {
  const all = DATA.edges <= ROWS_AT_ONCE * 2 ? Array.from({length: DATA.edges}, (_, edge) => edge) : [...DATA.backbone];
  const edges = strongestFirst(all).filter((edge) => isShown(DATA.start[edge]) && isShown(DATA.end[edge])).slice(0, ROWS_AT_ONCE * 2);
  const caption = el('caption', {}, say(edges.length < DATA.edges ? 'table_strongest' : 'table_edges', {count: edges.length, all: DATA.edges.toLocaleString(META.lang)}));
  const head = ['from', 'relation', 'to', 'strength', 'claims_column'].map((name) => el('th', {scope: 'col'}, SAY[name]));
  return el('table', {id: 'edges'}, caption, el('thead', {}, el('tr', {}, head)), el('tbody', {}, edges.map(edgeRow)));
}
