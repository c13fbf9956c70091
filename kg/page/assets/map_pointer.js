// What pointer and keys do on the map: drag, wheel, pinch, hover and click; arrows go from dot to dot.
const DIRECTIONS = {ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1]};
const REACH = 9;
const fingers = new Map();
let grid = null;
let dragged = false;
let rest = 0;

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

function thingAt(x, y) {
  const reach = Math.max(REACH, 18) / camera.scale;
  const [wx, wy] = [camera.x + x / camera.scale, camera.y + y / camera.scale];
  let best = null;
  let nearestBy = Infinity;
  thingsNear(wx - reach, wy - reach, wx + reach, wy + reach, (thing) => {
    if (!isShown(thing)) return;
    const away = Math.hypot(screenX(thing) - x, screenY(thing) - y) - radiusOf(thing, META.spacing * camera.scale);
    if (away < Math.min(REACH, nearestBy)) [best, nearestBy] = [thing, away];
  });
  return best;
}

function settle() {
  clearTimeout(rest);
  rest = setTimeout(() => {
    moving = false;
    repaint();
  }, 140);
}

function startMoving() {
  moving = true;
  settle();
}

function down(event) {
  fingers.set(event.pointerId, [event.offsetX, event.offsetY]);
  dragged = false;
  try {
    canvas.setPointerCapture(event.pointerId);
  } catch {
    // a pointer that is gone already
  }
}

function move(event) {
  const before = fingers.get(event.pointerId);
  if (!before) return hoverOver(event);
  const now = [event.offsetX, event.offsetY];
  if (!dragged && Math.hypot(now[0] - before[0], now[1] - before[1]) < 4) return undefined;
  dragged = true;
  startMoving();
  const other = [...fingers].find(([id]) => id !== event.pointerId);
  if (other) {
    const [, there] = other;
    const apart = (one) => Math.max(Math.hypot(one[0] - there[0], one[1] - there[1]), 10);
    zoomAt((now[0] + there[0]) / 2, (now[1] + there[1]) / 2, apart(now) / apart(before));
  }
  const share = other ? 2 : 1;
  camera.x -= (now[0] - before[0]) / camera.scale / share;
  camera.y -= (now[1] - before[1]) / camera.scale / share;
  fingers.set(event.pointerId, now);
  repaint();
  return undefined;
}

function up(event) {
  const was = fingers.delete(event.pointerId);
  if (!was || dragged || event.type !== 'pointerup') return;
  const thing = thingAt(event.offsetX, event.offsetY);
  if (thing === null) return choose({});
  focused = thing;
  choose({thing});
}

function hoverOver(event) {
  const thing = moving ? null : thingAt(event.offsetX, event.offsetY);
  canvas.style.cursor = thing === null ? 'grab' : 'pointer';
  if (thing === hovered) return;
  hovered = thing;
  repaint();
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

function startPointer() {
  canvas.addEventListener('pointerdown', down);
  canvas.addEventListener('pointermove', move);
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', up);
  canvas.addEventListener('pointerleave', () => {
    if (hovered === null) return;
    hovered = null;
    repaint();
  });
  canvas.addEventListener('wheel', (event) => {
    event.preventDefault();
    startMoving();
    zoomAt(event.offsetX, event.offsetY, Math.exp(-Math.max(-80, Math.min(80, event.deltaY)) / 240));
  }, {passive: false});
  stageBox.addEventListener('keydown', keyOnMap);
  new ResizeObserver(resize).observe(stageBox);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    readColours();
    repaint();
  });
}

function takePng() {
  const [dense] = [view.dense];
  view.dense = 2;
  canvas.width = view.w * 2;
  canvas.height = view.h * 2;
  sizeDots(canvas.width, canvas.height);
  paint(0);
  canvas.toBlob((blob) => save(blob, `${META.name}.png`));
  view.dense = dense;
  resize();
}

function startStage() {
  startPointer();
  resize();
}
