// The stage: vis-network pans, zooms and says which card is under the pointer; the picture follows it.
const picture = byId('picture');
const world = byId('world');
const stageBox = byId('stage');
let network = null;

// vis-network travels deflated; the page's policy admits exactly its text, by hash.
async function inflateVis() {
  const bytes = Uint8Array.from(atob(byId('vis-packed').textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  const script = document.createElement('script');
  script.textContent = await new Response(stream).text();
  document.head.append(script);
}

// Without the stage (an old browser) the picture stays as it is in the file, and is clicked directly.
async function startStage() {
  picture.addEventListener('click', (event) => {
    const card = event.target.closest('.card');
    const line = event.target.closest('.line, .name');
    choose(card ? {thing: Number(card.id.slice(1))} : line ? {line: Number(line.id.slice(1))} : {});
  });
  try {
    await inflateVis();
  } catch {
    return;
  }
  if (typeof vis === 'undefined') return;
  // the cards are drawn by the picture: vis knows where they are and how large, and draws nothing
  const sized = NODES.map(({id, x, y, w, h}) => ({
    id, x, y, shape: 'custom',
    ctxRenderer: () => ({drawNode() {}, nodeDimensions: {width: w, height: h}}),
  }));
  network = new vis.Network(byId('vis'), {nodes: sized, edges: []}, {
    physics: false,
    autoResize: true,
    layout: {improvedLayout: false},
    nodes: {fixed: true, chosen: false},
    interaction: {dragNodes: false, hover: true, zoomView: true, keyboard: false, selectable: false, tooltipDelay: 999999},
  });
  picture.removeAttribute('viewBox');  // from here on the stage scales it
  document.documentElement.classList.add('staged');
  network.on('afterDrawing', follow);
  // vis restores the camera of the old size after it has told of the new one: the fit comes in the next frame
  network.on('resize', () => requestAnimationFrame(() => fitWhole()));
  network.on('click', (event) => pick(event.pointer));
  const frame = byId('vis').firstElementChild;
  if (frame) frame.tabIndex = -1;
  byId('vis').addEventListener('wheel', scrollOrZoom, {capture: true, passive: false});
  byId('vis').addEventListener('mousemove', (event) => hoverAt(event.offsetX, event.offsetY));
  byId('vis').addEventListener('mouseleave', () => hoverLine(null));
  byId('fit').addEventListener('click', () => fitWhole(true));
  byId('zoom-in').addEventListener('click', () => zoomBy(1.25));
  byId('zoom-out').addEventListener('click', () => zoomBy(0.8));
  fitWhole();
}

const size = () => ({w: Number(picture.dataset.w), h: Number(picture.dataset.h)});

// The picture gets the transform that vis has: card and line stand where vis tests for them.
function follow() {
  const scale = network.getScale();
  const centre = network.getViewPosition();
  const {clientWidth: w, clientHeight: h} = byId('vis');
  world.setAttribute('transform', `translate(${w / 2 - centre.x * scale} ${h / 2 - centre.y * scale}) scale(${scale})`);
  picture.classList.toggle('far', scale < 0.55);
}

const LEAST_READABLE = 0.96;

// Wide enough to read comes first: a tall picture begins at its top and is dragged or scrolled.
function fitWhole(whole) {
  const {w, h} = size();
  const {clientWidth: width, clientHeight: height} = byId('vis');
  if (!width || !height) return;
  const all = Math.min(width / w, height / h);
  const scale = whole === true ? Math.min(all, 1.2) : Math.min(Math.max(all, Math.min(width / w, 1), LEAST_READABLE), 1.2);
  const x = width / scale >= w ? w / 2 : width / scale / 2;
  const y = whole === true ? h / 2 : height / scale / 2;
  network.moveTo({position: {x, y}, scale, animation: false});
}

// On paper the whole picture, whatever part of it was on the screen.
window.addEventListener('beforeprint', () => {
  const {w, h} = size();
  picture.setAttribute('viewBox', `0 0 ${w} ${h}`);
  world.removeAttribute('transform');
});
window.addEventListener('afterprint', () => {
  if (!network) return;
  picture.removeAttribute('viewBox');
  follow();
});

function zoomBy(factor) {
  network.moveTo({scale: Math.min(Math.max(network.getScale() * factor, 0.2), 4), animation: false});
}

// A plain wheel moves the picture, with Ctrl (or a pinch) it zooms.
function scrollOrZoom(event) {
  if (event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  const {h, w} = size();
  const scale = network.getScale();
  const centre = network.getViewPosition();
  const clamp = (value, most) => Math.min(Math.max(value, 0), most);
  network.moveTo({
    position: {x: clamp(centre.x + event.deltaX / scale, w), y: clamp(centre.y + event.deltaY / scale, h)},
    scale,
    animation: false,
  });
}

function reveal(number) {
  const node = NODES.find((held) => held.id === number);
  if (!node || !network) return;
  const scale = network.getScale();
  const centre = network.getViewPosition();
  const {clientWidth: w, clientHeight: h} = byId('vis');
  // no further than it must, so that what is beside it stays in sight
  const near = (at, from, half) => (half > 0 ? Math.min(Math.max(at, from - half), from + half) : from);
  const x = near(centre.x, node.x, w / 2 / scale - node.w / 2 - 14);
  const y = near(centre.y, node.y, h / 2 / scale - node.h / 2 - 14);
  if (x !== centre.x || y !== centre.y) network.moveTo({position: {x, y}, scale, animation: false});
}

function pick(pointer) {
  const node = network.getNodeAt(pointer.DOM);
  if (node !== undefined) return choose({thing: node});
  const line = lineAt(pointer.canvas.x, pointer.canvas.y);
  return choose(line === null ? {} : {line});
}

// Points along every line, measured once: the nearest within reach is the one meant.
let measured = null;

function measure() {
  measured = LINES.map((_, number) => {
    const path = document.querySelector(`#e${number} .ink`);
    const length = path.getTotalLength();
    const points = [];
    for (let at = 0; at <= length; at += 5) {
      const point = path.getPointAtLength(at);
      points.push(point.x, point.y);
    }
    return points;
  });
}

function lineAt(x, y) {
  if (!measured) measure();
  const reach = 8 / network.getScale();
  let best = null;
  let nearest = reach * reach;
  measured.forEach((points, number) => {
    if (byId(`e${number}`).matches('.quiet:not(.lit), .off')) return;
    for (let at = 0; at < points.length; at += 2) {
      const distance = (points[at] - x) ** 2 + (points[at + 1] - y) ** 2;
      if (distance < nearest) {
        nearest = distance;
        best = number;
      }
    }
  });
  return best;
}

function hoverAt(x, y) {
  const node = network.getNodeAt({x, y});
  const at = network.DOMtoCanvas({x, y});
  const line = node === undefined ? lineAt(at.x, at.y) : null;
  byId('vis').style.cursor = node !== undefined || line !== null ? 'pointer' : 'grab';
  hoverLine(line);
}

let hovered = null;

function hoverLine(number) {
  if (number === hovered) return;
  for (const [id, on] of [[hovered, false], [number, true]]) {
    if (id === null) continue;
    byId(`e${id}`).classList.toggle('hover', on);
    const label = byId(`t${id}`);
    if (label) label.classList.toggle('hover', on);
  }
  hovered = number;
}
