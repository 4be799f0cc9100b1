// Background cards: beside their passage where there is a margin, folded after its paragraph
// where there is none. In a crowded margin a card folds that would push others from theirs.
(() => {
  'use strict';
  const GAP = 16; // between two cards
  const DRIFT = 100; // how far below its passage a card may be pushed by one that stays open
  const wide = matchMedia('screen and (min-width: 72rem)');
  const story = document.querySelector('.story');
  const cards = [...document.querySelectorAll('.card')];
  const chosen = new Map(); // what the reader opened or closed by hand stays so

  const detailsOf = (card) => card.querySelector('details');
  const setOpen = (card, open) => (detailsOf(card).open = chosen.get(card) ?? open);

  /** Where in the story each card's passage is. */
  function passages() {
    const top = story.getBoundingClientRect().top;
    return cards.map((card) => {
      const name = CSS.escape(card.id.replace('card-', ''));
      const passage = document.querySelector(`.passage[data-card="${name}"]`);
      return (passage ?? card.parentElement).getBoundingClientRect().top - top;
    });
  }

  /** Each card at its passage, or under the card before it. */
  function starts(wanted, heights) {
    let end = -GAP;
    return wanted.map((top, index) => {
      const start = Math.max(top, end + GAP);
      end = start + heights[index];
      return start;
    });
  }

  const strays = (wanted, heights) => starts(wanted, heights).some((start, index) => start - wanted[index] > DRIFT);

  function arrange() {
    story.removeAttribute('data-crowded');
    const heights = (open) => {
      cards.forEach((card) => (detailsOf(card).open = open));
      return cards.map((card) => card.offsetHeight);
    };
    if (wide.matches && reader.kept.notes !== 'short') {
      const wanted = passages();
      const open = heights(true);
      let now = heights(false);
      if (strays(wanted, now)) {
        story.setAttribute('data-crowded', '');
        now = heights(false);
      }
      cards.forEach((card, index) => {
        const tried = now.with(index, open[index]);
        if (setOpen(card, !strays(wanted, tried))) now = tried;
      });
    } else cards.forEach((card) => setOpen(card, false));
    place();
  }

  /** Cards in the margin take no room in the flow: what follows the story must start below them. */
  function place() {
    const heights = cards.map((card) => card.offsetHeight);
    const tops = wide.matches ? starts(passages(), heights) : [];
    cards.forEach((card, index) => (card.style.insetBlockStart = wide.matches ? `${tops[index]}px` : ''));
    story.style.minBlockSize = wide.matches ? `${tops.at(-1) + heights.at(-1)}px` : '';
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
  if (!story || !cards.length) return;
  arrange();
  unfoldTarget();
  document.fonts.ready.then(arrange);
  wide.addEventListener('change', arrange);
  addEventListener('resize', place);
  addEventListener('kept', arrange);
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
  const grown = new ResizeObserver(place);
  cards.forEach((card) => grown.observe(card));
})();
