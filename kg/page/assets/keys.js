// From end to end by key: arrows go to the nearest card in their direction, Enter opens, Esc leaves, / searches.
const ARROWS = {ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1]};

function moveFocus(card) {
  for (const [, other] of cardParts) other.setAttribute('tabindex', other === card ? '0' : '-1');
  card.focus({preventScroll: true});
}

function nearest(from, [dx, dy]) {
  let best = null;
  let least = Infinity;
  for (const node of NODES) {
    const x = node.x - from.x;
    const y = node.y - from.y;
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (along < 8 || byId(`n${node.id}`).classList.contains('off')) continue;
    const price = along + 2 * aside;
    if (price < least) {
      least = price;
      best = node;
    }
  }
  return best;
}

function startKeys() {
  byId('cards').addEventListener('keydown', (event) => {
    const card = event.target.closest('.card');
    if (!card) return;
    const number = Number(card.id.slice(1));
    if (ARROWS[event.key]) {
      event.preventDefault();
      const next = nearest(NODES.find((node) => node.id === number), ARROWS[event.key]);
      if (next) {
        moveFocus(byId(`n${next.id}`));
        reveal(next.id);
      }
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      choose({thing: number});
      byId('panel').focus();
    }
  });
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest('input, select, textarea');
    if (event.key === '/' && !typing) {
      event.preventDefault();
      byId('search').focus();
    } else if (event.key === 'Escape' && !typing) {
      const card = state.thing === null ? null : byId(`n${cardOf(state.thing)}`);
      choose({});
      if (card) moveFocus(card);
    }
  });
}
