// Elements made by name and text: no text of the data is ever read as markup.
const SVG_NS = 'http://www.w3.org/2000/svg';

const byId = (id) => document.getElementById(id);

// el('p', {class: 'x'}, 'text', child ...): attributes that are null are left out.
function el(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined) continue;
    if (key === 'onclick') made.addEventListener('click', value);
    else made.setAttribute(key, value);
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === '') continue;
    made.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return made;
}

// What travels deflated, as text.
async function inflated(id) {
  const bytes = Uint8Array.from(atob(byId(id).textContent), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))).text();
}

// Only http and https become links; whatever else stands as text.
function followable(address) {
  try {
    const url = new URL(address);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}

function linkTo(address, text) {
  const href = followable(address);
  return href ? el('a', {href, rel: 'noopener noreferrer', target: '_blank'}, text) : text;
}
