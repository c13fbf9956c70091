// The controls of the perspective: the summary says who is chosen, Escape and a click elsewhere close what is open.
const controls = byId('perspective');
const drops = [...controls.querySelectorAll('details')];
const everyone = byId('according-shown').dataset.everyone;

function tellChosen() {
  const chosen = [...controls.querySelectorAll('[name=according-to]:checked')].map((box) => box.dataset.label);
  const other = controls.querySelector('.other input').value.trim();
  if (other) chosen.push(other);
  byId('according-shown').textContent = chosen.join(', ') || everyone;
}

controls.addEventListener('change', tellChosen);
for (const drop of drops) {
  drop.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !drop.open) return;
    drop.open = false;
    drop.firstElementChild.focus();
  });
}
document.addEventListener('click', (event) => {
  for (const drop of drops) if (!drop.contains(event.target)) drop.open = false;
});
