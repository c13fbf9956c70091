// The painter of dots: pixels written into one image, so that a hundred thousand of them are one picture.
const SHAPES = ['square', 'diamond', 'circle', 'triangle', 'plus', 'ring'];
const BORDER = 36; // pixels around the image: a dot near its edge needs no care

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
let stamps = [];

// Where the pixels of a dot lie, and how much of each it covers.
function stamp(shape, half) {
  const radius = half / 2;
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
  const made = radius < 1 ? Int32Array.of(0, 255) : Int32Array.from(found);
  stamps[shape * 64 + half] = made;
  return made;
}

function sizeDots(width, height) {
  dots.width = width + 2 * BORDER;
  dots.height = height + 2 * BORDER;
  dotsPen = dots.getContext('2d');
  image = dotsPen.createImageData(dots.width, dots.height);
  pixels = new Uint32Array(image.data.buffer);
  stamps = [];
}

// The radius of a dot on the screen: for most less than half the room between two; from afar the strong ones stand out.
function radiusOf(thing, room) {
  const size = sizeOf()[thing];
  const seen = Math.min(0.6 + 3.4 * size, room * (0.4 + 1.2 * size));
  return Math.min(Math.max(room * (0.26 + 0.44 * size), seen), 5 + 12 * size);
}

const communityColour = (thing) => Math.min(DATA.group[thing] - 1, GROUP_COLOURS.length);

// The radius of each dot in halves of a pixel: kept while the map is only moved.
let halves = null;
let halvesFor = '';

function halvesAt(room) {
  const key = `${room} ${state.size}`;
  if (halvesFor !== key) {
    halves ??= new Uint8Array(DATA.count);
    for (let thing = 0; thing < DATA.count; thing += 1) halves[thing] = Math.round(Math.min(radiusOf(thing, room), 17) * 2);
    halvesFor = key;
  }
  return halves;
}

// All dots in view; of a chosen thing only what it is tied to is in full colour.
function paintDots(camera, lit) {
  pixels.fill(0);
  const {x: left, y: top, scale} = camera;
  const [wide, high] = [dots.width, dots.height];
  const by = palette[state.colour];
  const families = Uint8Array.from(META.kinds, (kind) => kind.family);
  const off = META.kinds.map((kind) => state.hidden.has(kind.family));
  const byFamily = state.colour === 'family';
  const {x, y, kind, count} = DATA;
  const radii = halvesAt(META.spacing * scale);
  for (let thing = 0; thing < count; thing += 1) {
    const half = radii[thing];
    const reach = half;  // more than the stamp needs
    const column = Math.round((x[thing] - left) * scale) + BORDER;
    const row = Math.round((y[thing] - top) * scale) + BORDER;
    if (column < reach || row < reach || column >= wide - reach || row >= high - reach || off[kind[thing]]) continue;
    const family = families[kind[thing]];
    const colour = (lit && !lit.has(thing) ? by.faint : by.full)[byFamily ? family : communityColour(thing)];
    const at = row * wide + column;
    if (half < 2) {
      pixels[at] = 0xff000000 | colour;
      continue;
    }
    const parts = stamps[family * 64 + half] || stamp(family, half);
    for (let part = 0; part < parts.length; part += 2) {
      const spot = at + parts[part];
      if (parts[part + 1] >= pixels[spot] >>> 24) pixels[spot] = (parts[part + 1] << 24) | colour;
    }
  }
  dotsPen.putImageData(image, 0, 0);
}
