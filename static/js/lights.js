// What belongs together lights up together: a claim with its marker, a passage with its card.
(() => {
  'use strict';
  let lit = [];

  const all = (selector) => [...document.querySelectorAll(selector)];

  function partners(element) {
    const found = [];
    const claim = element.closest('.claim, [data-attribution-marker], .speaker-claims a, .source');
    const passage = element.closest('.passage, .passage-marker a, .card');
    if (claim) {
      const id = CSS.escape(claim.dataset.attribution ?? claim.dataset.attributionMarker ?? (claim.hash || claim.id).replace(/^#?(claim|source)-/, ''));
      found.push(...all(`[data-attribution="${id}"], [data-attribution-marker="${id}"], .speaker-claims a[href="#source-${id}"]`));
    }
    if (passage) {
      const id = CSS.escape(passage.dataset.card ?? (passage.hash || passage.id).replace(/^#?card-/, ''));
      found.push(...all(`[data-card="${id}"], .passage-marker a[href="#card-${id}"], #card-${id}`));
    }
    return found;
  }

  function light(event) {
    const next = event.target.closest ? partners(event.target) : [];
    for (const element of lit) if (!next.includes(element)) delete element.dataset.lit;
    for (const element of next) element.dataset.lit = '';
    lit = next;
  }

  addEventListener('pointerover', light);
  addEventListener('focusin', light);
  document.addEventListener('pointerleave', () => light({ target: document.body }));
})();
