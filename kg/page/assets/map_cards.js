// The stage of a few things: the picture of cards that is in the file, chosen by click or key, larger or smaller.
const picture = byId('picture');
const stageBox = byId('stage');
const cardBoxes = [...document.querySelectorAll('#cards .card')];
const natural = {w: Number(picture.getAttribute('width')), h: Number(picture.getAttribute('height'))};
const view = {w: 0, h: 0};
let zoomed = 1;
let focused = null;

function sized(factor) {
  zoomed = Math.min(Math.max(factor, 0.25), 4);
  picture.setAttribute('width', Math.round(natural.w * zoomed));
  picture.setAttribute('height', Math.round(natural.h * zoomed));
}

function fitAll() {
  sized(Math.min(1.25, (stageBox.clientWidth - 8) / natural.w, (stageBox.clientHeight - 8) / natural.h));
}

// At first as wide as the stage, never too small to read.
function fitWidth() {
  sized(Math.min(1.2, Math.max(0.85, (stageBox.clientWidth - 8) / natural.w)));
}

const zoomAt = (x, y, factor) => sized(zoomed * factor);

function revealThing(thing) {
  cardBoxes[thing].scrollIntoView({block: 'nearest', inline: 'nearest'});
}

function repaint() {
  const lit = state.thing === null ? null : new Set([state.thing, ...[...edgesOf(state.thing)].map((edge) => otherEnd(edge, state.thing))]);
  const own = state.thing === null ? null : new Set(edgesOf(state.thing));
  cardBoxes.forEach((card, thing) => {
    card.classList.toggle('off', !isShown(thing));
    card.classList.toggle('faint', lit !== null && !lit.has(thing));
    card.classList.toggle('chosen', thing === state.thing);
    card.classList.toggle('focused', thing === focused);
    const stripe = card.querySelector('.stripe');
    const colour = state.colour === 'family' ? `f${familyOf(thing)}` : `g${Math.min(DATA.group[thing] - 1, 6)}`;
    stripe.setAttribute('class', `stripe ${colour}`);
    stripe.setAttribute('width', 4 + Math.round(8 * sizeOf()[thing]));
    card.querySelector('.sub').textContent = `${kindOf(thing).label} · ${numberText(DATA[`m-${state.size}`][thing])}`;
  });
  for (let edge = 0; edge < DATA.edges; edge += 1) {
    const [a, b] = [DATA.start[edge], DATA.end[edge]];
    const faint = own !== null && (!own.has(edge) || (state.other !== null && otherEnd(edge, state.thing) !== state.other));
    for (const part of [byId(`e${edge}`), byId(`t${edge}`)]) {
      if (!part) continue;
      part.classList.toggle('faint', faint);
      part.classList.toggle('lit', own !== null && !faint);
      part.classList.toggle('off', !isShown(a) || !isShown(b));
    }
  }
}

// What a picture needs to stand alone: the styles of this page, in the colours that are shown.
function alone() {
  const copy = picture.cloneNode(true);
  copy.setAttribute('width', natural.w);
  copy.setAttribute('height', natural.h);
  const style = document.createElementNS(SVG_NS, 'style');
  style.textContent = `${document.querySelector('style').textContent}\nsvg{background:${colours.bg};font:14px/1.4 "Segoe UI","Liberation Sans",Arial,sans-serif}`;
  copy.prepend(style);
  copy.dataset.theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  return new Blob([new XMLSerializer().serializeToString(copy)], {type: 'image/svg+xml'});
}

function takePng() {
  const image = new Image();
  const url = URL.createObjectURL(alone());
  image.onload = () => {
    const board = document.createElement('canvas');
    [board.width, board.height] = [natural.w * 2, natural.h * 2];
    const pen = board.getContext('2d');
    pen.scale(2, 2);
    pen.fillStyle = colours.bg;
    pen.fillRect(0, 0, natural.w, natural.h);
    pen.drawImage(image, 0, 0, natural.w, natural.h);
    URL.revokeObjectURL(url);
    board.toBlob((blob) => save(blob, `${META.name}.png`));
  };
  image.src = url;
}

const onPaper = () => {};  // it is a picture, and its colours those of the page

function startStage() {
  stageBox.addEventListener('keydown', keyOnMap);
  stageBox.addEventListener('click', (event) => {
    const card = event.target.closest('.card');
    const line = event.target.closest('.line, .name');
    if (card) {
      const thing = Number(card.id.slice(1));
      focused = thing;
      choose({thing});
    } else if (line) {
      const edge = Number(line.id.slice(1));
      choose({thing: DATA.start[edge], other: DATA.end[edge]});
    } else choose({});
  });
  byId('take-svg').addEventListener('click', () => save(alone(), `${META.name}.svg`));
  picture.setAttribute('aria-hidden', 'true');
  fitWidth();
}
