// On the page of a graph: the thing that the address is about is chosen when it opens, and a name of the bar in place.
function chooseInPage(short) {
  const {page} = JSON.parse(byId('data').textContent);
  if (!page.things.some((thing) => thing.i === short && thing.k)) return false;
  const hash = new URLSearchParams(location.hash.slice(1));
  for (const name of ['thing', 'line', 'claim', 'issue', 'by']) hash.delete(name);
  hash.set('thing', short);
  location.hash = `#${hash}`;
  const panel = byId('panel');
  panel.focus();
  return true;
}
window.chooseInPage = chooseInPage;
