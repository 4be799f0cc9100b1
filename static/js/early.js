// Runs before the first paint, so that nothing jumps: neither cards that cards.js is about to
// place and fold, nor marks that this reader has turned off, nor lines whose face comes late.
const reader = (() => {
  const page = document.documentElement;
  const { src } = document.currentScript;
  const key = `explainer ${new URL('../..', src).pathname}`;
  // From disk no browser lets a page ask for a face ahead.
  if (location.protocol !== 'file:') for (const face of ['serif-roman', 'sans']) {
    const href = new URL(`../fonts/${face}.woff2`, src);
    document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'font', type: 'font/woff2', crossOrigin: '', href }));
  }
  let kept = {};
  let sheet;
  try {
    sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [sheet];
    kept = JSON.parse(localStorage.getItem(key)) ?? {};
  } catch {
    // An old browser, or one that keeps nothing for this page: the choices last as long as it.
  }

  function show() {
    for (const name of ['marks', 'notes']) {
      if (kept[name]) page.dataset[name] = kept[name];
      else delete page.dataset[name];
    }
    const known = Object.keys(kept.known ?? {}).map((id) => `[data-entry=${CSS.escape(id)}]`);
    sheet?.replaceSync(known.length ? `.mention:is(${known}){color:inherit;text-decoration-line:none;pointer-events:none}` : '');
  }

  function keep(choices) {
    kept = { ...kept, ...choices };
    try {
      localStorage.setItem(key, JSON.stringify(kept));
    } catch {}
    show();
    dispatchEvent(new Event('kept'));
  }

  show();
  page.dataset.scripted = 'loading';
  // Should cards.js not arrive, the page is as it is without script.
  addEventListener('load', () => page.dataset.scripted === 'loading' && delete page.dataset.scripted);
  return { keep, get kept() { return kept; } };
})();
