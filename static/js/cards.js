// Background cards: beside their passage where there is a margin, folded after its paragraph where not.
(() => {
  'use strict';
  const wide = matchMedia('(min-width: 72rem)');
  const story = document.querySelector('.story');
  const cards = [...document.querySelectorAll('.card')];
  const opened = new WeakSet();

  const detailsOf = (card) => card.querySelector('details');

  function fold() {
    for (const card of cards) detailsOf(card).open = wide.matches || opened.has(card);
  }

  function unfold(card) {
    opened.add(card);
    detailsOf(card).open = true;
  }

  /** Two cards of one paragraph hang at two passages: only a name of its own tells CSS which. */
  function nameAnchors() {
    cards.forEach((card, index) => {
      const passage = document.querySelector(`.passage[data-card="${CSS.escape(card.id.replace('card-', ''))}"]`);
      if (!passage) return;
      passage.style.setProperty('anchor-name', `--passage-${index}`);
      card.style.setProperty('--passage-anchor', `--passage-${index}`);
    });
  }

  /** Cards in the margin take no room in the flow; what follows the story must start below them. */
  function reserveRoom() {
    const ends = cards.map((card) => card.offsetTop + card.offsetHeight);
    story.style.setProperty('--cards-end', wide.matches ? `${Math.max(0, ...ends)}px` : 'auto');
  }

  function unfoldTarget() {
    const card = document.querySelector(':target')?.closest('.card');
    if (card) unfold(card);
  }

  if (story && cards.length) {
    nameAnchors();
    fold();
    unfoldTarget();
    wide.addEventListener('change', fold);
    addEventListener('hashchange', unfoldTarget);
    addEventListener('beforeprint', () => cards.forEach((card) => (detailsOf(card).open = true)));
    addEventListener('afterprint', fold);
    for (const card of cards) {
      card.addEventListener('click', (event) => {
        if (event.target.closest('summary')) opened[detailsOf(card).open ? 'delete' : 'add'](card);
      });
    }
    // A marker leads to its card even when the address already names it.
    story.addEventListener('click', (event) => {
      const marker = event.target.closest('.passage-marker a');
      if (marker) unfold(document.getElementById(marker.hash.slice(1)));
    });
    const room = new ResizeObserver(reserveRoom);
    [story, ...cards].forEach((box) => room.observe(box));
  }
  document.documentElement.dataset.scripted = 'ready';
})();
