// What the pointer does on the map: drag, wheel, pinch, hover and click.
const REACH = 9;
const fingers = new Map();
let dragged = false;
let rest = 0;

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

// The map with so many pixels for each of the screen.
function sharpen(dense) {
  view.dense = dense;
  canvas.width = view.w * dense;
  canvas.height = view.h * dense;
  sizeDots(canvas.width, canvas.height);
  paint(0);
}

function takePng() {
  sharpen(2);
  canvas.toBlob((blob) => save(blob, `${META.name}.png`));
  resize();
}

// Paper is white, and finer than a screen.
function onPaper(now) {
  if (!now) return resize();
  colours.bg = '#ffffff';
  return sharpen(2);
}

function startStage() {
  startPointer();
  resize();
}
