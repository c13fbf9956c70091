// The legend counts what is drawn: for everybody by status, for parties that are asked by what they say.
const strokes = [...byId('legend').children];

function drawLegend(now) {
  const counted = new Map();
  for (const [line] of lineParts) {
    const [, look, ...classes] = line.classList;
    if (!classes.includes('off') && (!classes.includes('quiet') || classes.includes('lit'))) counted.set(look, (counted.get(look) || 0) + 1);
  }
  for (const stroke of strokes) {
    const {look} = stroke.dataset;
    const count = counted.get(look) || 0;
    stroke.hidden = look.startsWith('s-') === now.parties.length > 0 || (look === 's-denied' && !count);
    setText(stroke.lastElementChild, String(count));
  }
}
