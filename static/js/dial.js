// The reader's dial: which mentions are marked, how long notes are, which names are known.
(() => {
  'use strict';
  const template = document.getElementById('dial-template');
  if (!template || !('popover' in HTMLElement.prototype)) return;
  document.body.append(template.content.cloneNode(true));
  const dial = document.getElementById('dial');
  const list = dial.querySelector('.dial-known');
  const popup = document.getElementById('popup');
  const know = popup?.querySelector('.popup-know');
  const mentions = [...document.querySelectorAll('.mention')];
  const marks = mentions.some((one) => !one.hash) ? 'first' : 'every';

  /** What is unmarked is no link either, and no stop of the Tab key. */
  function show() {
    const { known = {}, ...chosen } = reader.kept;
    const now = { marks, notes: 'full', ...chosen };
    for (const input of dial.querySelectorAll('input')) input.checked = now[input.name] === input.value;
    for (const mention of mentions) {
      const { entry } = mention.dataset;
      const off = entry in known || chosen.marks === 'off' || (chosen.marks === 'first' && !mention.id);
      if (mention.tagName === 'A') {
        if (off) mention.removeAttribute('href');
        else mention.href = `#entry-${entry}`;
      } else {
        mention.toggleAttribute('role', false);
        mention.removeAttribute('tabindex');
        if (!off && chosen.marks === 'every') Object.assign(mention, { role: 'button', tabIndex: 0 });
      }
      if (off || !mention.matches('[href], [tabindex]')) mention.removeAttribute('aria-expanded');
      else if (!mention.ariaExpanded) mention.ariaExpanded = 'false';
    }
    list.querySelectorAll('button').forEach((one) => one.remove());
    for (const [id, name] of Object.entries(known)) {
      const again = document.createElement('button');
      Object.assign(again, { type: 'button', textContent: name, title: template.dataset.again });
      again.dataset.again = id;
      list.append(again);
    }
    list.hidden = !list.querySelector('button');
    name();
  }

  function name() {
    if (!know) return;
    const id = popup.dataset.about;
    know.hidden = !id;
    know.textContent = template.dataset[id in (reader.kept.known ?? {}) ? 'again' : 'know'];
  }

  function toggle(id, name) {
    const { [id]: was, ...known } = reader.kept.known ?? {};
    reader.keep({ known: was ? known : { ...known, [id]: name } });
  }

  dial.addEventListener('change', ({ target }) => reader.keep({ [target.name]: target.value }));
  dial.addEventListener('click', ({ target }) => {
    if (target.dataset.again) toggle(target.dataset.again);
  });
  know?.addEventListener('click', () => toggle(popup.dataset.about, popup.ariaLabel));
  popup?.addEventListener('shown', name);
  addEventListener('kept', show);
  show();
})();
