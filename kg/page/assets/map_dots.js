// The painter of dots: pixels written into one image, so that a hundred thousand of them are one picture.
const SHAPES = ['square', 'diamond', 'circle', 'triangle', 'plus', 'ring'];
const BORDER = 24; // pixels around the image: a dot near its edge needs no care

const INSIDE = {
  square: (x, y) => Math.max(Math.abs(x), Math.abs(y)) <= 0.88,
  diamond: (x, y) => Math.abs(x) + Math.abs(y) <= 1.25,
  circle: (x, y) => x * x + y * y <= 1,
  triangle: (x, y) => y <= 0.8 && Math.abs(x) <= (y + 1.15) * 0.58,
  plus: (x, y) => Math.min(Math.abs(x), Math.abs(y)) <= 0.42 && Math.max(Math.abs(x), Math.abs(y)) <= 1.15,
  ring: (x, y) => x * x + y * y <= 1 && x * x + y * y >= 0.3,
};

const dots = document.createElement('canvas');
let dotsPen = null;
let image = null;
let pixels = null;
let stamps = new Map();

// Where the pixels of a dot lie, and how much of each it covers.
function stamp(shape, radius) {
  const key = shape * 256 + radius * 2;
  let made = stamps.get(key);
  if (made) return made;
  const reach = Math.ceil(radius * 1.3);
  const found = [];
  for (let y = -reach; y <= reach; y += 1) {
    for (let x = -reach; x <= reach; x += 1) {
      let covered = 0;
      for (let part = 0; part < 16; part += 1) {
        if (INSIDE[SHAPES[shape]]((x + (part % 4) / 4 - 0.375) / radius, (y + Math.floor(part / 4) / 4 - 0.375) / radius)) covered += 1;
      }
      if (covered) found.push(y * dots.width + x, covered * 255 / 16);
    }
  }
  made = radius < 1 ? Int32Array.of(0, 255) : Int32Array.from(found);
  stamps.set(key, made);
  return made;
}

function sizeDots(width, height) {
  dots.width = width + 2 * BORDER;
  dots.height = height + 2 * BORDER;
  dotsPen = dots.getContext('2d');
  image = dotsPen.createImageData(dots.width, dots.height);
  pixels = new Uint32Array(image.data.buffer);
  stamps = new Map();
}

// The radius of a dot on the screen: for most less than half the room between two, never too small to see.
function radiusOf(thing, room) {
  const size = sizeOf()[thing];
  return Math.min(Math.max(room * (0.26 + 0.44 * size), 0.6 + 3.4 * size), 5 + 12 * size);
}

const communityColour = (thing) => Math.min(DATA.group[thing] - 1, GROUP_COLOURS.length);

// All dots in view; of a chosen thing only what it is tied to is in full colour.
function paintDots(camera, lit) {
  pixels.fill(0);
  const {x: left, y: top, scale} = camera;
  const wide = dots.width;
  const room = META.spacing * scale;
  const by = palette[state.colour];
  const families = META.kinds.map((kind) => kind.family);
  const off = families.map((name) => state.hidden.has(name));
  const {x, y, kind, count} = DATA;
  const most = [dots.width - 1, dots.height - 1];
  for (let thing = 0; thing < count; thing += 1) {
    const column = Math.round((x[thing] - left) * scale) + BORDER;
    const row = Math.round((y[thing] - top) * scale) + BORDER;
    if (column < 0 || row < 0 || column > most[0] || row > most[1]) continue;
    const family = families[kind[thing]];
    if (off[kind[thing]]) continue;
    const radius = Math.round(Math.min(radiusOf(thing, room), 17) * 2) / 2;
    const reach = Math.ceil(radius * 1.3);
    if (column < reach || row < reach || column > most[0] - reach || row > most[1] - reach) continue;
    const which = state.colour === 'family' ? family : communityColour(thing);
    const colour = (lit && !lit.has(thing) ? by.faint : by.full)[which];
    const parts = stamp(family, radius);
    const at = row * wide + column;
    for (let part = 0; part < parts.length; part += 2) {
      const spot = at + parts[part];
      if (parts[part + 1] >= pixels[spot] >>> 24) pixels[spot] = (parts[part + 1] << 24) | colour;
    }
  }
  dotsPen.putImageData(image, 0, 0);
}
