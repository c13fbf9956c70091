// Looks at every page in the same way, ours and the peers': when its nodes are on the screen, how many frames it draws.
// Runs before any script of the page. The look itself comes after each frame, on a small copy of the picture.
(() => {
  const bench = { first: null, ready: null, frames: [], hits: [], long: [] };
  window.__bench = bench;
  window.pwned = (name) => bench.hits.push(String(name));
  const copy = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');
  [copy.width, copy.height] = [240, 150];
  const pen = copy.getContext('2d', { willReadFrequently: true });
  pen.imageSmoothingEnabled = false;
  const LEAST = 24; // pixels of the copy, of 36,000

  // The pixels of a copy of all canvases, one over the other, that are not of the colour of its corner.
  bench.ink = () => {
    pen.clearRect(0, 0, 240, 150);
    for (const canvas of document.querySelectorAll('canvas')) {
      if (canvas.width > 100 && canvas.height > 100) pen.drawImage(canvas, 0, 0, 240, 150);
    }
    return pen.getImageData(0, 0, 240, 150).data;
  };
  const onCanvas = () => {
    if (!document.querySelector('canvas')) return false;
    const data = bench.ink();
    let count = 0;
    for (let at = 4; at < data.length; at += 4) {
      const apart = Math.abs(data[at] - data[0]) + Math.abs(data[at + 1] - data[1]) + Math.abs(data[at + 2] - data[2]) + Math.abs(data[at + 3] - data[3]);
      if (apart > 60 && ++count >= LEAST) return true;
    }
    return false;
  };
  const inSvg = () => {
    let count = 0;
    for (const shape of document.querySelectorAll('svg circle, svg rect')) {
      const box = shape.getBoundingClientRect();
      if (box.width > 2 && box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight && ++count >= LEAST) return true;
    }
    return false;
  };

  const after = new MessageChannel();
  after.port1.onmessage = () => {
    const now = performance.now();
    if (bench.first === null && (onCanvas() || inSvg())) bench.first = now;
    if (bench.first === null) requestAnimationFrame(look);
  };
  const look = () => after.port2.postMessage(0);
  requestAnimationFrame(look);

  // Ours says when all its controls work.
  new MutationObserver(() => { bench.ready ??= performance.now(); }).observe(document, { attributes: true, subtree: true, attributeFilter: ['data-ready'] });

  // A spot of the largest canvas where nothing is drawn, as far from anything as can be found near its middle.
  bench.ground = () => {
    const [canvas] = [...document.querySelectorAll('canvas')].sort((a, b) => b.width * b.height - a.width * a.height);
    const box = canvas.getBoundingClientRect();
    const data = bench.ink();
    const isGround = (column, row) => [0, 1, 2, 3].every((k) => data[(row * 240 + column) * 4 + k] === data[k]);
    const around = (by, test) => [-by, 0, by].every((dx) => [-by, 0, by].every((dy) => test(dx, dy)));
    const place = (column, row) => [box.x + ((column + 0.5) / 240) * box.width, box.y + ((row + 0.5) / 150) * box.height];
    for (const by of [4, 2, 1, 0]) {
      for (let row = 40; row < 110; row += 3) {
        for (let column = 60; column < 180; column += 3) {
          if (around(by, (dx, dy) => isGround(column + dx, row + dy))) return place(column, row);
        }
      }
    }
    return [box.x + 12, box.y + 12];
  };

  // The moments of the frames of some time.
  bench.count = (ms) => new Promise((done) => {
    const start = performance.now();
    const taken = [];
    const step = () => {
      taken.push(performance.now() - start);
      if (taken[taken.length - 1] < ms) requestAnimationFrame(step);
      else done(taken);
    };
    requestAnimationFrame(step);
  });

  // From a change to the end of the frame that shows it.
  bench.change = (change) => new Promise((done) => {
    requestAnimationFrame(() => setTimeout(() => {
      const start = performance.now();
      change();
      const worked = performance.now() - start;
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done([performance.now() - start, worked]);
      requestAnimationFrame(() => channel.port2.postMessage(0));
    }, 4));
  });
})();
