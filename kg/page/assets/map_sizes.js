// What dots and cards have in common: colours, and how large each is by the measure that is chosen.
const FAMILY_COLOURS = ['ink', 'evade', 'person', 'treaty', 'event', 'edge'];
const GROUP_COLOURS = ['person', 'contest', 'event', 'evade', 'treaty', 'ink'];
let palette = null;
const colours = {};

function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ['bg', 'surface', 'ink', 'sub', 'edge', 'rule', 'camp', 'focus', 'person', 'contest', 'event', 'evade', 'treaty']) {
    colours[name] = style.getPropertyValue(`--${name}`).trim();
  }
  const mixed = (name, share) => {
    const [own, ground] = [name, 'bg'].map((one) => [1, 3, 5].map((at) => parseInt(colours[one].slice(at, at + 2), 16)));
    const [r, g, b] = own.map((value, at) => Math.round(value * share + ground[at] * (1 - share)));
    return (b << 16) | (g << 8) | r;
  };
  const both = (names) => ({full: names.map((name) => mixed(name, 1)), faint: names.map((name) => mixed(name, 0.22))});
  palette = {family: both(FAMILY_COLOURS), community: both([...GROUP_COLOURS, 'edge'])};
}

// How large each dot is drawn, from 0 to 1: made anew when another measure is chosen.
let sizes = null;
let sizedBy = '';

function sizeOf() {
  if (sizedBy === state.size) return sizes;
  const values = DATA[`m-${state.size}`];
  const turned = META.measures.find((one) => one.name === state.size).turned;
  sizes = new Float32Array(DATA.count);
  let most = 0;
  for (let thing = 0; thing < DATA.count; thing += 1) {
    const value = values[thing] < 0 ? 0 : turned ? 1 / (values[thing] || 1) : values[thing];
    sizes[thing] = value;
    if (value > most) most = value;
  }
  for (let thing = 0; thing < DATA.count; thing += 1) sizes[thing] = most ? Math.sqrt(sizes[thing] / most) : 0;
  sizedBy = state.size;
  return sizes;
}
