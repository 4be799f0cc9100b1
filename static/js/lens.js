// The source lens: all that one source says lights up, or all that the article says on its own.
(() => {
  'use strict';
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const textOf = (selector, within) => find(selector, within)?.textContent.replace(/\s+/g, ' ').trim();
  const fill = (words, parts) => words.replace(/\{(\w+)\}/g, (_, part) => parts[part]);
  const story = find('.story');
  const rows = all('.speakers > li');
  const template = find('#lens-template');
  if (!story || !rows.length || !template) return;

  const page = document.documentElement;
  const words = template.dataset;
  story.before(template.content.cloneNode(true));
  const bar = find('#lens');
  const status = find('#lens + [role]');
  find('.own-list')?.removeAttribute('open');
  let picked = null; // the row of who is lit
  let stops = []; // what is lit, in the order of the text: ids of claims, or elements
  let at = 0;

  const idsIn = (selector, within) => all(`${selector} a`, within).map((link) => link.hash.replace('#source-', ''));
  const noteOf = (id) => find(`#source-${id}`);
  const isOwn = (row) => row.classList.contains('no-source');

  // A note whose source says more leads to all of it.
  rows.forEach((row, pick) => {
    find('.lens-pick', row).dataset.pick = pick;
    const ids = idsIn('.speaker-claims', row);
    if (ids.length > 1) for (const id of ids) {
      const made = document.createElement('button');
      const textContent = fill(words.all, { number: ids.length, name: textOf('.speaker-name', row) });
      Object.assign(made, { type: 'button', className: 'lens-pick', textContent, ariaPressed: 'false' });
      Object.assign(made.dataset, { pick, from: id });
      noteOf(id).append(made);
    }
  });

  function light(row) {
    const said = row ? idsIn('.speaker-claims', row) : [];
    const counter = said.flatMap((id) => idsIn('.dispute', noteOf(id)));
    for (const mark of all('.claim, [data-attribution-marker]')) {
      const id = mark.dataset.attribution ?? mark.dataset.attributionMarker;
      if (said.includes(id)) mark.dataset.light = 'said';
      else if (counter.includes(id)) mark.dataset.light = 'counter';
      else delete mark.dataset.light;
    }
    for (const one of all('[data-pick]')) one.ariaPressed = String(rows[one.dataset.pick] === row);
    for (const one of all('[data-current]')) delete one.dataset.current;
    picked = row;
    stops = row && isOwn(row) ? all('.own[id]') : said;
    bar.hidden = !row;
    if (row) page.dataset.lens = isOwn(row) ? 'own' : 'source';
    else delete page.dataset.lens;
  }

  function pick({ pick, from }) {
    find('.popup-close')?.click();
    light(rows[pick]);
    find('.lens-who').textContent = textOf('.speaker-name', picked);
    for (const step of all('#lens [data-step="1"], #lens [data-step="-1"]')) step.hidden = stops.length < 2;
    bar.focus({ preventScroll: true });
    go(Math.max(0, stops.indexOf(from)), `${textOf('.speaker-name', picked)}. `);
  }

  function go(to, before = '') {
    at = (to + stops.length) % stops.length;
    const stop = stops[at];
    const note = stop.id ? null : noteOf(stop);
    const pieces = note ? all(`.claim[data-attribution="${stop}"]`) : [stop];
    for (const one of all('[data-current]')) delete one.dataset.current;
    for (const one of pieces) one.dataset.current = '';
    const place = [
      note && fill(words.place, { number: textOf('.source-number', note) }),
      fill(words.of, { number: at + 1, count: stops.length }),
      note ? textOf('.standing', note) : textOf('.speaker-what', picked),
      note && textOf('.source-how', note),
      note && textOf('.dispute', note),
    ].filter(Boolean).join(' · ');
    find('.lens-place').textContent = place;
    status.textContent = `${before}${place}. ${note ? textOf('.source-quote', note) : stop.textContent}`;
    pieces[0]?.scrollIntoView({ block: 'center' });
  }

  /** The reader stays where the text is being read. */
  function leave() {
    const here = find('.story [data-current]') ?? find('h2', story);
    if (bar.contains(document.activeElement)) {
      here.tabIndex = -1;
      here.focus({ preventScroll: true });
    }
    light(null);
    status.textContent = words.whole;
  }

  document.addEventListener('click', ({ target }) => {
    const pressed = target.closest('[data-pick]');
    const step = target.closest('[data-step]')?.dataset.step;
    if (pressed?.ariaPressed === 'true' || step === '0') leave();
    else if (pressed) pick(pressed.dataset);
    else if (step) go(at + Number(step));
  });
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && picked && !event.defaultPrevented) leave();
  });
})();
