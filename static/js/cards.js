// Background cards: beside their passage where there is a margin, folded after its paragraph
// where there is none. In a crowded margin a card folds that would push others from theirs.
(() => {
  'use strict';
  const GAP = 16; // between two cards, as in annotations.css
  const DRIFT = 100; // how far below its passage a card may be pushed by one that stays open
  const wide = matchMedia('screen and (min-width: 72rem)');
  const story = document.querySelector('.story');
  const cards = [...document.querySelectorAll('.card')];
  const chosen = new Map(); // what the reader opened or closed by hand stays so

  const detailsOf = (card) => card.querySelector('details');
  const setOpen = (card, open) => (detailsOf(card).open = chosen.get(card) ?? open);
  const passageOf = (card) => document.querySelector(`.passage[data-card="${CSS.escape(card.id.replace('card-', ''))}"]`);

  /** Two cards of one paragraph hang at two passages: only a name of its own tells CSS which. */
  function nameAnchors() {
    cards.forEach((card, index) => {
      const passage = passageOf(card);
      if (!passage) return;
      passage.style.setProperty('anchor-name', `--passage-${index}`);
      card.style.setProperty('--passage-anchor', `--passage-${index}`);
    });
  }

  /** Whether even folded cards push one another too far. */
  function strays(wanted, heights) {
    let end = -GAP;
    return cards.some((card, index) => {
      const start = Math.max(wanted[index], end + GAP);
      end = start + heights[index];
      return start - wanted[index] > DRIFT;
    });
  }

  function arrange() {
    if (!wide.matches) {
      cards.forEach((card) => setOpen(card, false));
      story.style.removeProperty('--cards-end');
      return;
    }
    const heights = (state) => {
      cards.forEach((card) => (detailsOf(card).open = state));
      return cards.map((card) => card.offsetHeight);
    };
    const top = story.getBoundingClientRect().top;
    const wanted = cards.map((card) => (passageOf(card)?.getBoundingClientRect().top ?? top) - top);
    story.removeAttribute('data-crowded');
    const open = heights(true);
    let folded = heights(false);
    if (strays(wanted, folded)) {
      story.setAttribute('data-crowded', '');
      folded = heights(false);
    }
    const startAfter = (end, index) => Math.max(wanted[index], end + GAP);
    /** Whether the cards from `index` on stay near their passages, all of them folded. */
    const fits = (end, index) => {
      if (index === cards.length || end + GAP <= wanted[index]) return true;
      const start = startAfter(end, index);
      return start - wanted[index] <= DRIFT && fits(start + folded[index], index + 1);
    };
    let end = -GAP;
    cards.forEach((card, index) => {
      const start = startAfter(end, index);
      setOpen(card, fits(start + open[index], index + 1));
      end = start + (detailsOf(card).open ? open : folded)[index];
    });
    reserveRoom();
  }

  /** Cards in the margin take no room in the flow; what follows the story must start below them. */
  function reserveRoom() {
    const last = cards.at(-1);
    if (wide.matches) story.style.setProperty('--cards-end', `${last.offsetTop + last.offsetHeight}px`);
  }

  function unfold(card) {
    chosen.set(card, true);
    setOpen(card, true);
  }

  function unfoldTarget() {
    const card = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest('.card');
    if (card) unfold(card);
  }

  // First of all, lest heights be measured while what is to be folded still takes no place.
  document.documentElement.dataset.scripted = 'ready';
  if (story && cards.length) {
    nameAnchors();
    arrange();
    unfoldTarget();
    document.fonts.ready.then(arrange);
    wide.addEventListener('change', arrange);
    addEventListener('hashchange', unfoldTarget);
    addEventListener('beforeprint', () => cards.forEach((card) => (detailsOf(card).open = true)));
    addEventListener('afterprint', arrange);
    story.addEventListener('click', (event) => {
      const summary = event.target.closest('.card summary');
      if (summary) chosen.set(summary.closest('.card'), !summary.parentElement.open);
      // A marker leads to its card even when the address already names it.
      const marker = event.target.closest('.passage-marker a');
      if (marker) unfold(document.getElementById(marker.hash.slice(1)));
    });
    const room = new ResizeObserver(reserveRoom);
    cards.forEach((card) => room.observe(card));
  }
})();
