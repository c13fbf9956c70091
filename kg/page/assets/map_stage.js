// The stage of a crowd: a camera over the dots, edges on demand, names that stand clear of one another.
const canvas = byId('map');
const stageBox = byId('stage');
const pen = canvas.getContext('2d');
const camera = {x: 0, y: 0, scale: 1};
const view = {w: 0, h: 0, dense: 1};
const EDGES_AT_REST = 4000;
const NAMES_NEAR = 70;
const NAMES_FAR = 45;
let hovered = null;
let focused = null;
let moving = false;
let edgesWhileMoving = 1500;
let frameAt = 0;
let pending = 0;

function repaint() {
  if (!pending) pending = requestAnimationFrame(paint);
}

// Seen as a whole: the box of all dots in the middle of the stage.
function fitAll() {
  const [wide, high] = META.box;
  const room = 30;
  camera.scale = Math.min((view.w - 2 * room) / Math.max(wide, 1), (view.h - 2 * room) / Math.max(high, 1));
  camera.x = wide / 2 - view.w / 2 / camera.scale;
  camera.y = high / 2 - view.h / 2 / camera.scale;
  repaint();
}

const least = () => Math.min(view.w / Math.max(META.box[0], 1), view.h / Math.max(META.box[1], 1)) * 0.5;

function zoomAt(x, y, factor) {
  const scale = Math.min(Math.max(camera.scale * factor, least()), 60 / META.spacing);
  camera.x += x / camera.scale - x / scale;
  camera.y += y / camera.scale - y / scale;
  camera.scale = scale;
  repaint();
}

function centreOn(thing) {
  const scale = Math.max(camera.scale, Math.min(12 / META.spacing, 60 / META.spacing));
  camera.scale = scale;
  camera.x = DATA.x[thing] - view.w / 2 / scale;
  camera.y = DATA.y[thing] - view.h / 2 / scale;
  repaint();
}

const screenX = (thing) => (DATA.x[thing] - camera.x) * camera.scale;
const screenY = (thing) => (DATA.y[thing] - camera.y) * camera.scale;
const inView = (thing, by = 0) => {
  const x = screenX(thing);
  const y = screenY(thing);
  return x > -by && y > -by && x < view.w + by && y < view.h + by;
};

function revealThing(thing) {
  if (!inView(thing, -40)) centreOn(thing);
  else repaint();
}

// Which edges stand: of a chosen thing its own, from afar the strongest, from near those in view.
function edgesInSight() {
  const most = moving ? edgesWhileMoving : EDGES_AT_REST;
  if (DATA.edges <= most) return DATA.start.map((_, edge) => edge);
  if (META.spacing * camera.scale < 9) return DATA.backbone.subarray(0, most);
  const found = [];
  for (let edge = 0; edge < DATA.edges && found.length < most; edge += 1) {
    if (inView(DATA.start[edge]) || inView(DATA.end[edge])) found.push(edge);
  }
  return found;
}

let restingEdges = {key: '', list: []};

function paintEdges(list, colour, width, alpha) {
  pen.beginPath();
  for (const edge of list) {
    const [a, b] = [DATA.start[edge], DATA.end[edge]];
    if (!isShown(a) || !isShown(b)) continue;
    pen.moveTo(screenX(a), screenY(a));
    pen.lineTo(screenX(b), screenY(b));
  }
  pen.globalAlpha = alpha;
  pen.lineWidth = width;
  pen.strokeStyle = colour;
  pen.stroke();
  pen.globalAlpha = 1;
}

function standingEdges() {
  const key = `${camera.x} ${camera.y} ${camera.scale} ${moving}`;
  if (META.spacing * camera.scale < 9 || DATA.edges <= edgesWhileMoving) return edgesInSight();
  if (restingEdges.key !== key && !moving) restingEdges = {key, list: edgesInSight()};
  return moving ? restingEdges.list.slice(0, edgesWhileMoving) : restingEdges.list;
}

function litThings() {
  const chosen = state.thing ?? hovered;
  if (chosen === null) return null;
  const lit = new Set([chosen]);
  for (const edge of edgesOf(chosen)) lit.add(otherEnd(edge, chosen));
  return lit;
}

function arrow(edge) {
  const [a, b] = [DATA.start[edge], DATA.end[edge]];
  const angle = Math.atan2(screenY(b) - screenY(a), screenX(b) - screenX(a));
  const away = radiusOf(b, META.spacing * camera.scale) + 2;
  const [x, y] = [screenX(b) - away * Math.cos(angle), screenY(b) - away * Math.sin(angle)];
  pen.moveTo(x, y);
  for (const turn of [2.75, -2.75]) pen.lineTo(x + 8 * Math.cos(angle + turn), y + 8 * Math.sin(angle + turn));
  pen.closePath();
}

function paintOwnEdges(chosen) {
  const own = edgesOf(chosen).subarray(0, 3000);
  const signed = DATA.weight ? (edge) => DATA.weight[edge] < 0 : () => false;
  paintEdges(own.filter((edge) => !signed(edge)), colours.focus, 1.4, 0.85);
  pen.setLineDash([5, 4]);
  paintEdges(own.filter(signed), colours.contest, 1.4, 0.85);
  pen.setLineDash([]);
  if (META.directed && own.length <= 400) {
    pen.beginPath();
    for (const edge of own) if (DATA.start[edge] !== DATA.end[edge]) arrow(edge);
    pen.fillStyle = colours.focus;
    pen.fill();
  }
}

function paint(now) {
  pending = 0;
  if (!view.w || state.view !== 'map') return;
  if (moving && frameAt) {
    const took = now - frameAt;
    edgesWhileMoving = took > 22 ? Math.max(edgesWhileMoving * 0.6, 100) : took < 18 ? Math.min(edgesWhileMoving * 1.1, EDGES_AT_REST) : edgesWhileMoving;
    edgesWhileMoving = Math.round(edgesWhileMoving);
  }
  frameAt = moving ? now : 0;
  pen.setTransform(view.dense, 0, 0, view.dense, 0, 0);
  pen.fillStyle = colours.bg;
  pen.fillRect(0, 0, view.w, view.h);
  const chosen = state.thing ?? hovered;
  const faint = state.thing === null ? (DATA.edges <= 1500 ? 0.55 : 0.35) : 0.14;
  const standingNow = standingEdges();
  if (standingNow.length <= 1500) {
    // few enough to tell by their width how many claims are behind each
    for (const [from, to, width] of [[0, 1, 0.8], [2, 3, 1.6], [4, 65535, 2.6]]) {
      paintEdges([...standingNow].filter((edge) => DATA.claims[edge] >= from && DATA.claims[edge] <= to), colours.edge, width, faint);
    }
  } else paintEdges(standingNow, colours.edge, 0.7, faint);
  if (chosen !== null) paintOwnEdges(chosen);
  const lit = litThings();
  pen.setTransform(1, 0, 0, 1, 0, 0);
  // what is only pointed at does not make the rest pale
  paintDots({x: camera.x, y: camera.y, scale: camera.scale * view.dense}, state.thing === null ? null : lit);
  pen.drawImage(dots, -BORDER, -BORDER);
  pen.setTransform(view.dense, 0, 0, view.dense, 0, 0);
  for (const [thing, width] of [[state.thing, 3], [focused, 2]]) {
    if (thing === null) continue;
    pen.beginPath();
    pen.arc(screenX(thing), screenY(thing), radiusOf(thing, META.spacing * camera.scale) + 4, 0, 7);
    pen.lineWidth = width;
    pen.strokeStyle = colours.focus;
    pen.stroke();
  }
  paintNames(lit);
}

// Whose names are tried, the largest first: from afar the strongest of all, from near those in view.
let candidates = {key: '', list: []};

function namesTried(lit) {
  const key = `${Math.round(Math.log2(camera.scale) * 4)} ${Math.round(camera.x * camera.scale / view.w * 3)} ${Math.round(camera.y * camera.scale / view.h * 3)} ${state.size} ${[...state.hidden]}`;
  if (!moving && candidates.key !== key) {
    const size = sizeOf();
    let seen = [];
    const near = META.spacing * camera.scale > 9 || DATA.count <= 400;
    if (near) for (let thing = 0; thing < DATA.count && seen.length < 4000; thing += 1) if (inView(thing) && isShown(thing)) seen.push(thing);
    if (!near || seen.length >= 4000) seen = [...DATA.named].filter(isShown);
    candidates = {key, list: seen.sort((a, b) => size[b] - size[a] || a - b).slice(0, 250)};
  }
  const first = [focused, state.thing, hovered].filter((thing) => thing !== null);
  const near = lit ? [...lit].sort((a, b) => sizeOf()[b] - sizeOf()[a]).slice(0, 40) : [];
  return [...new Set([...first, ...near, ...(lit ? [] : candidates.list)])];
}

const widths = new Map();
const FONT = '12px "Segoe UI", "Liberation Sans", Arial, system-ui, sans-serif';

function nameOf(thing) {
  let held = widths.get(thing);
  if (!held) {
    const whole = labelOf(thing);
    const text = whole.length > 34 ? `${whole.slice(0, 33).trimEnd()}…` : whole;
    held = {text, width: pen.measureText(text).width};
    if (widths.size > 3000) widths.clear();
    widths.set(thing, held);
  }
  return held;
}

const meets = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

// How many other dots a name would lie on; from afar, where dots are a texture, that is not asked.
function covered(thing, box) {
  let count = 0;
  const [x0, y0, x1, y1] = box;
  thingsNear(camera.x + x0 / camera.scale, camera.y + y0 / camera.scale, camera.x + x1 / camera.scale, camera.y + y1 / camera.scale, (other) => {
    const [x, y] = [screenX(other), screenY(other)];
    if (other !== thing && isShown(other) && x > x0 && x < x1 && y > y0 && y < y1) count += 1;
  });
  return count;
}

// Below the dot, above it or beside it: the first spot where it lies on nothing; the strongest take the best there is.
function spotFor(thing, width, taken, must) {
  const away = radiusOf(thing, META.spacing * camera.scale) + 3;
  const [x, y] = [screenX(thing), screenY(thing)];
  const spots = [[x - width / 2, y + away + 8], [x - width / 2, y - away - 8], [x + away + 2, y], [x - away - width - 2, y]];
  let best = null;
  let least = Infinity;
  for (const [left, middle] of spots) {
    const box = [left - 2, middle - 8, left + width + 2, middle + 8];
    if (left < 2 || left + width > view.w - 2 || middle < 8 || middle > view.h - 8 || taken.some((other) => meets(box, other))) continue;
    if (META.spacing * camera.scale < 6) return [left, middle, box];
    const count = covered(thing, box);
    if (count < least) [best, least] = [[left, middle, box], count];
    if (!count) break;
  }
  return least === 0 || must ? best : null;
}

// Where names stand is kept as long as nothing but the place of the camera changes.
let standing = {key: '', list: []};

function paintNames(lit) {
  pen.font = FONT;
  pen.textBaseline = 'middle';
  const tried = namesTried(lit);
  if (!moving || !standing.list.length) {
    const taken = [];
    const most = META.spacing * camera.scale > 6 ? NAMES_NEAR : NAMES_FAR;
    standing = {scale: camera.scale, list: []};
    tried.forEach((thing, rank) => {
      if (standing.list.length >= most || !inView(thing)) return;
      const {text, width} = nameOf(thing);
      const spot = spotFor(thing, width, taken, rank < 14 || thing === focused || (lit && lit.has(thing)));
      if (!spot) return;
      taken.push(spot[2]);
      standing.list.push({thing, text, x: spot[0] - screenX(thing), y: spot[1] - screenY(thing)});
    });
  }
  pen.lineJoin = 'round';
  pen.lineWidth = 4;
  pen.strokeStyle = colours.bg;
  pen.fillStyle = colours.ink;
  const fixed = standing.list.map((one) => [one.text, screenX(one.thing) + one.x, screenY(one.thing) + one.y]);
  for (const [text, x, y] of fixed) pen.strokeText(text, x, y);
  for (const [text, x, y] of fixed) pen.fillText(text, x, y);
  stageBox.dataset.names = fixed.length;
}

function resize() {
  const box = stageBox.getBoundingClientRect();
  if (box.width < 2 || box.height < 2) return;
  const first = !view.w;
  const centre = [camera.x + view.w / 2 / camera.scale, camera.y + view.h / 2 / camera.scale];
  Object.assign(view, {w: Math.round(box.width), h: Math.round(box.height), dense: Math.min(window.devicePixelRatio || 1, 2)});
  canvas.width = view.w * view.dense;
  canvas.height = view.h * view.dense;
  sizeDots(canvas.width, canvas.height);
  if (first) fitAll();
  camera.x = centre[0] - view.w / 2 / camera.scale;
  camera.y = centre[1] - view.h / 2 / camera.scale;
  if (first) fitAll();
  repaint();
}
