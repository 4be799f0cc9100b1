// What belongs together lights up together: a claim with its marker, and with what denies it; a
// passage with its card.
(() => {
  'use strict';
  let lit = new Map();

  const all = (selector) => [...document.querySelectorAll(selector)];

  /** Each with how it is lit: as itself, or as what stands against it. */
  function partners(element) {
    const found = new Map();
    const add = (selector, how = '') => all(selector).forEach((one) => found.set(one, how));
    const named = (one, id) => CSS.escape(id ?? (one.hash || one.id).replace(/^#?(claim|source|card)-/, ''));
    const claim = element.closest('.claim, [data-attribution-marker], .speaker-claims a, .source');
    const passage = element.closest('.passage, .passage-marker a, .card');
    if (claim) {
      const id = named(claim, claim.dataset.attribution ?? claim.dataset.attributionMarker);
      for (const { hash } of all(`#source-${id} .dispute a`)) add(`[data-attribution="${CSS.escape(hash.slice(8))}"]`, 'counter');
      add(`[data-attribution="${id}"], [data-attribution-marker="${id}"], .speaker-claims a[href="#source-${id}"]`);
    }
    if (passage) {
      const id = named(passage, passage.dataset.card);
      add(`[data-card="${id}"], .passage-marker a[href="#card-${id}"], #card-${id}`);
    }
    return found;
  }

  function light({ target }) {
    const next = target.closest ? partners(target) : new Map();
    for (const element of lit.keys()) if (!next.has(element)) delete element.dataset.lit;
    for (const [element, how] of next) element.dataset.lit = how;
    lit = next;
  }

  addEventListener('pointerover', light);
  addEventListener('focusin', light);
  document.addEventListener('pointerleave', () => light({ target: document }));
  light({ target: all(':hover, :focus').pop() ?? document });
})();
