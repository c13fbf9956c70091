// To take along: the picture as SVG with real text, as PNG, on paper; the address of what is shown.
const KEPT = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'opacity', 'font-family', 'font-size', 'font-weight', 'letter-spacing', 'text-anchor', 'marker-end'];
const PLAIN = {'stroke-dasharray': 'none', 'stroke-linecap': 'butt', opacity: '1', 'letter-spacing': 'normal', 'text-anchor': 'start', 'marker-end': 'none', stroke: 'none'};
const [HEAD_ROOM, FOOT_ROOM] = [64, 40];

// As it looks now, told by attributes: a drawing program knows nothing of our style sheet.
function plainCopy(element) {
  const copy = element.cloneNode(false);
  for (const name of ['class', 'role', 'tabindex', 'aria-label', 'aria-hidden']) copy.removeAttribute(name);
  const style = getComputedStyle(element);
  if (style.display === 'none' && !element.closest('defs')) return null;
  if (element.matches('symbol')) return element.cloneNode(true);  // an icon has the colours of where it is used
  for (const name of element.matches('g, svg, defs, symbol, marker, use') ? (element.matches('use') ? KEPT : ['opacity']) : KEPT) {
    const value = style.getPropertyValue(name);
    if (value && value !== PLAIN[name]) copy.setAttribute(name, value.replaceAll('"', name === 'marker-end' ? '' : "'"));
  }
  for (const child of element.childNodes) {
    const made = child.nodeType === Node.ELEMENT_NODE ? plainCopy(child) : child.nodeType === Node.TEXT_NODE && child.data.trim() ? document.createTextNode(style.textTransform === 'uppercase' ? child.data.toUpperCase() : child.data) : null;
    if (made) copy.append(made);
  }
  return copy;
}

function svgText(text, x, y, size, attributes) {
  const made = document.createElementNS(SVG_NS, 'text');
  for (const [name, value] of Object.entries({x, y, 'font-size': size, 'font-family': getComputedStyle(document.body).fontFamily.replaceAll('"', "'"), ...attributes})) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}

// What each stroke means, in one row below the picture.
function legendCopy(y, ink) {
  const group = document.createElementNS(SVG_NS, 'g');
  let x = 16;
  for (const item of strokes) {
    if (item.hidden) continue;
    const stroke = plainCopy(item.querySelector('path'));
    const text = words(item.textContent);
    stroke.setAttribute('transform', `translate(${x} ${y - 9})`);
    group.append(stroke, svgText(text, x + 50, y, 12, {fill: ink}));
    x += 74 + text.length * 6.4;
  }
  return group;
}

// The whole picture with its title, whose perspective it is and the legend: a document that stands by itself.
function standalone() {
  const {w, h} = size();
  const {color: ink, backgroundColor: ground} = getComputedStyle(document.body);
  const svg = document.createElementNS(SVG_NS, 'svg');
  for (const [name, value] of Object.entries({viewBox: `0 0 ${w} ${h + HEAD_ROOM + FOOT_ROOM}`, width: w, height: h + HEAD_ROOM + FOOT_ROOM, lang: DATA.lang})) svg.setAttribute(name, value);
  const title = document.createElementNS(SVG_NS, 'title');
  title.textContent = document.title;
  const back = document.createElementNS(SVG_NS, 'rect');
  for (const [name, value] of Object.entries({width: '100%', height: '100%', fill: ground})) back.setAttribute(name, value);
  const drawn = plainCopy(world);
  drawn.setAttribute('transform', `translate(0 ${HEAD_ROOM})`);
  svg.append(title, plainCopy(picture.querySelector('defs')), back,
    svgText(document.querySelector('h1').textContent, 16, 28, 19, {fill: ink, 'font-weight': 700}),
    svgText(byId('summary').textContent, 16, 50, 13, {fill: ink}),
    drawn, legendCopy(h + HEAD_ROOM + 24, ink));
  return svg;
}

const svgBlob = () => new Blob([new XMLSerializer().serializeToString(standalone())], {type: 'image/svg+xml'});

function pngBlob() {
  const {w, h} = size();
  const url = URL.createObjectURL(svgBlob());
  const drawn = new Image();
  return new Promise((done, failed) => {
    drawn.addEventListener('load', () => {
      const canvas = el('canvas', {width: 2 * w, height: 2 * (h + HEAD_ROOM + FOOT_ROOM)});
      canvas.getContext('2d').drawImage(drawn, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(url);
      canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('PNG'))), 'image/png');
    });
    drawn.addEventListener('error', failed);
    drawn.src = url;
  });
}

function save(blob, ending) {
  const href = URL.createObjectURL(blob);
  const name = document.title.normalize('NFKD').replace(/[^\w-]+/g, '-').replace(/^-+|-+$/g, '').toLowerCase().slice(0, 60) || 'foedus';
  const link = el('a', {href, download: `${name}.${ending}`, hidden: ''});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), 10000);
}

// The table is drawn when it is looked at; on paper it is.
window.addEventListener('beforeprint', () => drawPositions({...state, view: 'positions'}));

function sayTaken(text) {
  byId('taken').textContent = text;
}

function startExports() {
  byId('take-svg').addEventListener('click', () => { save(svgBlob(), 'svg'); sayTaken('SVG ✓'); });
  byId('take-png').addEventListener('click', () => pngBlob().then((blob) => { save(blob, 'png'); sayTaken('PNG ✓'); }, () => sayTaken('PNG ✕')));
  byId('take-print').addEventListener('click', () => window.print());
  byId('take-link').addEventListener('click', () => {
    const copied = navigator.clipboard ? navigator.clipboard.writeText(location.href) : Promise.reject(new Error('no clipboard'));
    copied.then(() => sayTaken(SAY.link_copied), () => sayTaken(location.href));
  });
}
