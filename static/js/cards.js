// Background cards: beside their passage where there is a margin, folded after its paragraph
// where there is none. In a crowded margin a card folds that would push others from theirs.
(() => {
  const GAP = 16; // between two cards
  const DRIFT = 100; // how far below its passage a card may be pushed by one that stays open
  const wide = matchMedia('screen and (min-width: 72rem)');
  const story = document.querySelector('.story');
  const cards = [...document.querySelectorAll('.card')];
  const chosen = new Map(); // what the reader opened or closed by hand stays so

  const fold = (card, open) => (card.querySelector('details').open = open);
  const setOpen = (card, open) => fold(card, chosen.get(card) ?? open);
  const heightOf = (card) => card.offsetHeight;

  /** Where in the story each card's passage is. */
  function passages() {
    const { top } = story.getBoundingClientRect();
    return cards.map((card) => {
      const passage = document.querySelector(`.passage[data-card="${CSS.escape(card.id.slice(5))}"]`);
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
    delete story.dataset.crowded;
    const heights = (open) => {
      cards.forEach((card) => fold(card, open));
      return cards.map(heightOf);
    };
    if (wide.matches && reader.kept.notes !== 'short') {
      const wanted = passages();
      const open = heights(true);
      let now = heights(false);
      if (strays(wanted, now)) {
        story.dataset.crowded = '';
        now = heights(false);
      }
      cards.forEach((card, index) => {
        const tried = now.map((height, at) => (at === index ? open : now)[at]);
        if (setOpen(card, !strays(wanted, tried))) now = tried;
      });
    } else cards.forEach((card) => setOpen(card, false));
    place();
  }

  /** Cards in the margin take no room in the flow: what follows the story must start below them. */
  function place() {
    const heights = cards.map(heightOf);
    const tops = wide.matches ? starts(passages(), heights) : [];
    cards.forEach((card, index) => (card.style.top = wide.matches ? `${tops[index]}px` : ''));
    story.style.minHeight = wide.matches ? `${tops.pop() + heights.pop()}px` : '';
  }

  /** The card of this id, or around it, as a link leads there. */
  function unfold(id) {
    const card = document.getElementById(id)?.closest('.card');
    if (card) chosen.set(card, fold(card, true));
  }
  const unfoldTarget = () => unfold(decodeURIComponent(location.hash.slice(1)));

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
  addEventListener('beforeprint', () => cards.forEach((card) => fold(card, true)));
  addEventListener('afterprint', arrange);
  story.addEventListener('click', ({ target }) => {
    const summary = target.closest('.card summary');
    if (summary) chosen.set(summary.closest('.card'), !summary.parentElement.open);
    // A marker leads to its card even when the address already names it.
    const marker = target.closest('.passage-marker a');
    if (marker) unfold(marker.hash.slice(1));
  });
  const grown = new ResizeObserver(place);
  cards.forEach((card) => grown.observe(card));
})();
