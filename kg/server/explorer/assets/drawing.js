// Triples as a drawing: a small arrangement by springs that begins and ends the same way every time.
const MOST_DRAWN = 40;
const SVG = (name, attributes, ...children) => {
  const made = document.createElementNS(SVG_NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.flat(Infinity));
  return made;
};
const keyOf = (term) => `${term.type} ${term.value} ${term['xml:lang'] || ''}`;
const nameOf = (term) => (term.type === 'uri' ? shortOf(term.value).replace(/^id:/, '') : term.type === 'bnode' ? `_:${term.value}` : `“${term.value}”`);
const shortened = (text) => ([...text].length > 26 ? `${[...text].slice(0, 25).join('')}…` : text);

// The things with most links, and what links them; several links from one to another are one line.
function network(triples) {
  const degree = new Map();
  const terms = new Map();
  for (const {s, o} of triples) {
    for (const term of [s, o]) {
      terms.set(keyOf(term), term);
      degree.set(keyOf(term), (degree.get(keyOf(term)) || 0) + 1);
    }
  }
  const order = [...degree].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).map(([key]) => key);
  const kept = new Set(order.slice(0, MOST_DRAWN));
  const links = new Map();
  for (const {s, p, o} of triples) {
    const [from, to] = [keyOf(s), keyOf(o)];
    if (!kept.has(from) || !kept.has(to)) continue;
    const key = `${from}\n${to}`;
    if (!links.has(key)) links.set(key, {from, to, names: new Set()});
    links.get(key).names.add(shortOf(p.value).replace(/^\w+:/, ''));
  }
  const nodes = [...kept].map((key, at) => {
    const text = shortened(nameOf(terms.get(key)));
    const turn = at * 2.399963;
    const far = 90 * Math.sqrt(at + 0.5);
    return {key, term: terms.get(key), text, w: 18 + 6.9 * [...text].length, h: 28, x: far * Math.cos(turn), y: far * Math.sin(turn)};
  });
  return {nodes, links: [...links.values()], all: degree.size};
}

function settle({nodes, links}) {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const pairs = links.filter(({from, to}) => from !== to).map(({from, to}) => [byKey.get(from), byKey.get(to)]);
  const length = 82;
  for (let step = 0; step < 400; step += 1) {
    const heat = 40 * (1 - step / 400) + 0.5;
    for (const node of nodes) Object.assign(node, {dx: -node.x * 1.1, dy: -node.y * 1.5});
    for (let one = 0; one < nodes.length; one += 1) {
      for (let other = one + 1; other < nodes.length; other += 1) {
        const [a, b] = [nodes[one], nodes[other]];
        const [x, y] = [a.x - b.x || 0.1, a.y - b.y || 0.1];
        const push = (length * length) / (x * x + y * y + 1);
        a.dx += x * push; a.dy += y * push; b.dx -= x * push; b.dy -= y * push;
      }
    }
    for (const [a, b] of pairs) {
      const [x, y] = [a.x - b.x, a.y - b.y];
      const pull = Math.hypot(x, y) / length;
      a.dx -= x * pull; a.dy -= y * pull; b.dx += x * pull; b.dy += y * pull;
    }
    for (const node of nodes) {
      const size = Math.hypot(node.dx, node.dy) || 1;
      node.x += (node.dx / size) * Math.min(size, heat);
      node.y += (node.dy / size) * Math.min(size, heat);
    }
  }
  part(nodes);
}

// No box lies on another.
function part(nodes) {
  for (let step = 0; step < 300; step += 1) {
    let moved = false;
    for (let one = 0; one < nodes.length; one += 1) {
      for (let other = one + 1; other < nodes.length; other += 1) {
        const [a, b] = [nodes[one], nodes[other]];
        const over = (a.w + b.w) / 2 + 26 - Math.abs(a.x - b.x);
        const under = (a.h + b.h) / 2 + 34 - Math.abs(a.y - b.y);
        if (over <= 0 || under <= 0) continue;
        moved = true;
        if (under < over) {
          const by = (a.y <= b.y ? -under : under) / 2;
          a.y += by; b.y -= by;
        } else {
          const by = (a.x <= b.x ? -over : over) / 2;
          a.x += by; b.x -= by;
        }
      }
    }
    if (!moved) return;
  }
}

// Where the line from a box towards a point leaves the box.
function rim(box, {x, y}) {
  const [dx, dy] = [x - box.x, y - box.y];
  const share = Math.min((box.w / 2 + 3) / (Math.abs(dx) || 1e-9), (box.h / 2 + 3) / (Math.abs(dy) || 1e-9));
  return {x: box.x + dx * share, y: box.y + dy * share};
}

// Where a name has room on its line: on no box and on no other name; else it is told when the line is pointed at.
function spotOn(start, end, label, taken) {
  const [w, h] = [6.4 * [...label].length + 4, 16];
  for (const share of [0.5, 0.38, 0.62, 0.25, 0.75]) {
    const [x, y] = [start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share];
    if (taken.every((box) => Math.abs(box.x - x) >= (box.w + w) / 2 || Math.abs(box.y - y) >= (box.h + h) / 2)) {
      taken.push({x, y, w, h});
      return {x, y: y + 4};
    }
  }
  return null;
}

function linkParts({from, to, names}, byKey, taken) {
  const [a, b] = [byKey.get(from), byKey.get(to)];
  const label = shortened([...names].join(', '));
  if (a === b) {
    const top = a.y - a.h / 2;
    return [SVG('path', {class: 'link', d: `M${a.x - 14} ${top}C${a.x - 30} ${top - 40} ${a.x + 30} ${top - 40} ${a.x + 14} ${top}`}),
      SVG('text', {class: 'label', x: a.x, y: top - 32}, label)];
  }
  const [start, end] = [rim(a, b), rim(b, a)];
  const turn = Math.atan2(end.y - start.y, end.x - start.x);
  const tip = [0, 2.6, -2.6].map((by) => (by ? `${end.x - 9 * Math.cos(turn + by / 6)},${end.y - 9 * Math.sin(turn + by / 6)}` : `${end.x},${end.y}`)).join(' ');
  const spot = spotOn(start, end, label, taken);
  return [
    SVG('path', {class: 'link', d: `M${start.x} ${start.y}L${end.x} ${end.y}`}, SVG('title', {}, [...names].join(', '))),
    SVG('polygon', {class: 'tip', points: tip}),
    spot ? SVG('text', {class: 'label', ...spot}, label) : '',
  ];
}

function nodePart({term, text, x, y, w, h}) {
  const where = term.type === 'uri' ? hrefOf(term.value) : null;
  return SVG(where ? 'a' : 'g', {class: 'node', ...where},
    SVG('rect', {x: x - w / 2, y: y - h / 2, width: w, height: h}),
    SVG('text', {x, y: y + 4.5}, text),
    SVG('title', {}, nameOf(term)));
}

function draw(triples) {
  const made = network(triples);
  settle(made);
  const {nodes, links} = made;
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const left = Math.min(...nodes.map((node) => node.x - node.w / 2)) - 24;
  const top = Math.min(...nodes.map((node) => node.y - node.h / 2)) - 44;
  const width = Math.max(...nodes.map((node) => node.x + node.w / 2)) + 24 - left;
  const height = Math.max(...nodes.map((node) => node.y + node.h / 2)) + 24 - top;
  const taken = [...nodes];
  const lines = links.map((link) => linkParts(link, byKey, taken));
  const count = made.all > nodes.length ? say('drawn', {shown: nodes.length, count: made.all}) : say('drawn_all', {count: nodes.length, lines: links.length});
  const svg = SVG('svg', {role: 'group', 'aria-label': SAY.drawing, viewBox: [left, top, width, height].map(Math.round).join(' '), width: Math.round(width), height: Math.round(height)},
    lines.map((parts) => parts.slice(0, -1)), lines.map((parts) => parts.at(-1)), nodes.map(nodePart));
  byId('drawing').replaceChildren(el('p', {}, count), svg);
}
