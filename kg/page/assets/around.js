// Where the page is served, the panel of a thing leads to the page of what lies around it, in the same perspective.
function aroundLinks(thing) {
  if (!DATA.served) return null;
  const asked = new URLSearchParams(location.search);
  for (const word of ['according-to', 'as-of', 'undisputed', 'disputed', 'depth', 'limit']) asked.delete(word);
  for (const party of state.parties) asked.append('according-to', THINGS[party].i);
  if (state.day !== LAST_DAY) asked.set('as-of', state.day);
  if (state.mode) asked.set(state.mode, 'true');
  const [title, ...steps] = DATA.served.around;
  return el('p', {class: 'around'}, title, SAY.colon, steps.map((step, at) => {
    asked.set('depth', at + 1);
    return [at ? ' · ' : '', el('a', {href: `${DATA.served.things}${encodeURIComponent(thing.i)}?${asked}#${new URLSearchParams({thing: thing.i})}`}, step)];
  }));
}
