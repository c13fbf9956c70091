// What keys do: arrows go to the nearest in their direction, Enter opens, + and - zoom, 0 shows all.
const DIRECTIONS = {ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1]};
let grid = null;

// Which dots lie in which cell of the map: made when first asked for.
function cells() {
  if (grid) return grid;
  const side = Math.max(1, Math.min(256, Math.round(Math.sqrt(DATA.count / 2))));
  const cell = 65536 / side;
  const starts = new Uint32Array(side * side + 1);
  const cellOf = (thing) => Math.floor(DATA.y[thing] / cell) * side + Math.floor(DATA.x[thing] / cell);
  for (let thing = 0; thing < DATA.count; thing += 1) starts[cellOf(thing) + 1] += 1;
  for (let at = 0; at < side * side; at += 1) starts[at + 1] += starts[at];
  const next = starts.slice();
  const list = new Uint32Array(DATA.count);
  for (let thing = 0; thing < DATA.count; thing += 1) list[next[cellOf(thing)]++] = thing;
  grid = {side, cell, starts, list};
  return grid;
}

function thingsNear(left, top, right, bottom, each) {
  const {side, cell, starts, list} = cells();
  const clamp = (value) => Math.min(Math.max(Math.floor(value / cell), 0), side - 1);
  for (let row = clamp(top); row <= clamp(bottom); row += 1) {
    for (let at = starts[row * side + clamp(left)]; at < starts[row * side + clamp(right) + 1]; at += 1) each(list[at]);
  }
}

// The nearest dot in the direction of an arrow, in a circle that grows until one is found.
function nearestDot(from, [dx, dy]) {
  for (let reach = META.spacing * 3; reach < 65536 * 2; reach *= 2) {
    let best = null;
    let leastPrice = Infinity;
    thingsNear(DATA.x[from] - reach, DATA.y[from] - reach, DATA.x[from] + reach, DATA.y[from] + reach, (thing) => {
      if (thing === from || !isShown(thing)) return;
      const [x, y] = [DATA.x[thing] - DATA.x[from], DATA.y[thing] - DATA.y[from]];
      const along = x * dx + y * dy;
      const price = along + 2 * (Math.abs(x * dy) + Math.abs(y * dx));
      if (along > 0 && along >= Math.abs(x * dy) + Math.abs(y * dx) && price < leastPrice && price <= 3 * reach) [best, leastPrice] = [thing, price];
    });
    if (best !== null) return best;
  }
  return null;
}

function announce(thing) {
  byId('at').textContent = `${labelOf(thing)} · ${kindOf(thing).label} · ${say('ties', {count: DATA['m-degree'][thing]})}`;
}

function focusOn(thing) {
  focused = thing;
  announce(thing);
  revealThing(thing);
}

function keyOnMap(event) {
  const from = focused ?? state.thing ?? [...DATA.named].find(isShown);
  if (from === undefined) return;
  if (DIRECTIONS[event.key]) {
    event.preventDefault();
    const next = focused === null ? from : nearestDot(from, DIRECTIONS[event.key]);
    if (next !== null) focusOn(next);
  } else if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    focused = from;
    choose({thing: from});
    byId('panel').focus();
  } else if (event.key === '+' || event.key === '=') zoomAt(view.w / 2, view.h / 2, 1.4);
  else if (event.key === '-') zoomAt(view.w / 2, view.h / 2, 1 / 1.4);
  else if (event.key === '0') fitAll();
}
