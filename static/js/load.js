// What answers a reader (lights, pop-up, lens, dial) is loaded at the first move toward it.
(() => {
  const { sheet, script } = document.currentScript.dataset;
  const PRESSED = 'a.mention, [data-attribution-marker], button';
  const NEAR = `${PRESSED}, .mention, .claim, .passage, .card, .apparatus`;
  const speakers = document.getElementById('speakers');
  let coming = null;
  let ready = false;
  reader.keyed = false; // while a key is down; Firefox counts a link's Enter as a first click

  const added = (name, attributes) => new Promise((onload, onerror) => {
    document.head.append(Object.assign(document.createElement(name), attributes, { onload, onerror }));
  });

  function load() {
    coming ??= Promise.all([added('link', { rel: 'stylesheet', href: sheet }), added('script', { src: script })]);
    return coming.then(() => (ready = true));
  }

  const loadQuietly = () => coming || load().catch(() => {});

  /** What was pressed too early is pressed again; if nothing comes, a link is a link. */
  function press(event) {
    const pressed = event.target.closest(PRESSED);
    if (ready || !pressed || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const detail = reader.keyed ? 0 : event.detail;
    load().then(
      () => pressed.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail })),
      () => pressed.hash && (location.hash = pressed.hash),
    );
  }

  for (const type of ['keydown', 'keyup']) addEventListener(type, () => (reader.keyed = type === 'keydown'), true);
  addEventListener('pointerover', ({ target }) => target.closest?.(NEAR) && loadQuietly());
  addEventListener('focusin', loadQuietly);
  addEventListener('click', press, true);
  if (speakers) {
    const near = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && loadQuietly(), { rootMargin: '50%' });
    near.observe(speakers);
  }
  if (Object.keys(reader.kept).length) loadQuietly();
  for (const link of document.querySelectorAll('.story .mention[href^="#"], .story [data-attribution-marker][href^="#"]')) link.ariaExpanded = 'false';
})();
