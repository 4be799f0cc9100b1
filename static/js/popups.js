// One pop-up for all notes: it shows a copy of the note that stands at the end of the page.
(() => {
  'use strict';
  const template = document.getElementById('popup-template');
  const story = document.querySelector('.story');
  if (!template || !story || !('popover' in HTMLElement.prototype)) return;

  const WAIT = 500; // before the pointer is believed to mean it
  const GRACE = 300; // to reach the card with the pointer
  const DEEPEST = 3;
  const EDGE = 14; // what it keeps from the window's edge, and two of its own margins
  const TIGHT = 200; // the room in which no note is worth reading
  const TRIGGER = '.mention, [data-attribution-marker]';

  document.body.append(template.content.cloneNode(true));
  const popup = document.getElementById('popup');
  const body = popup.querySelector('.popup-body');
  const back = popup.querySelector('.popup-back');
  const sheet = matchMedia('(max-width: 39.99rem)');
  const anchors = CSS.supports('position-area: block-end');

  let trigger = null; // what the open pop-up belongs to
  let trail = []; // the notes it shows, the one in sight last
  let pinned = false;
  let aim = null; // what the pointer rests on, waiting
  let timer = 0;
  let scrolled = -Infinity;
  let returning = false; // focus comes back by our hand, which opens nothing

  const isStop = (element) => element.matches('[href], [tabindex]');
  const asLink = (event) => event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  const triggerAt = (event) => event.target.closest?.(TRIGGER);
  const holds = (node) => node instanceof Node && (popup.contains(node) || trigger?.contains(node));

  function noteOf(element) {
    const { entry, attributionMarker } = element.dataset;
    const id = entry ? `entry-${entry}` : attributionMarker ? `source-${attributionMarker}` : element.hash?.slice(1);
    return id && document.querySelector(`.note#${CSS.escape(id)}`);
  }

  function copyOf(note) {
    const copy = document.createElement('div');
    copy.className = note.className;
    if (note.dataset.kind) copy.dataset.kind = note.dataset.kind;
    copy.append(...note.cloneNode(true).childNodes);
    copy.querySelectorAll('[id]').forEach((element) => element.removeAttribute('id'));
    copy.querySelectorAll('.back').forEach((element) => element.remove());
    return copy;
  }

  function show(how) {
    const note = trail.at(-1);
    body.replaceChildren(copyOf(note));
    popup.dataset.kind = note.dataset.kind ?? '';
    popup.dataset.about = note.dataset.kind ? note.id.slice(6) : '';
    popup.setAttribute('aria-label', note.dataset.label ?? note.querySelector('.note-name > *').textContent);
    back.hidden = trail.length < 2;
    popup.scrollTop = 0;
    popup.dispatchEvent(new Event('shown'));
    place(how);
  }

  function open(element, { pin = false } = {}) {
    clearTimeout(timer);
    const note = noteOf(element);
    if (!note) return;
    if (trigger !== element) {
      release();
      trigger = element;
      trail = [note];
      element.style.setProperty('anchor-name', '--popup');
      if (isStop(element)) {
        element.setAttribute('aria-expanded', 'true');
        element.setAttribute('aria-details', 'popup');
      }
      popup.showPopover();
      show();
    }
    pinned ||= pin;
  }

  function release() {
    if (!trigger) return;
    trigger.style.removeProperty('anchor-name');
    if (isStop(trigger)) {
      trigger.setAttribute('aria-expanded', 'false');
      trigger.removeAttribute('aria-details');
    }
    trigger = null;
    pinned = false;
  }

  function close({ giveBack = false } = {}) {
    clearTimeout(timer);
    const was = trigger;
    // Before the pop-up goes, lest the browser hand the focus to the page.
    if (giveBack && was) focusQuietly(was);
    release();
    trail = [];
    if (popup.matches(':popover-open')) popup.hidePopover();
  }

  function focusQuietly(element) {
    returning = true;
    element.focus({ preventScroll: true });
    returning = false;
  }

  function goBack() {
    if (trail.length < 2) return close({ giveBack: true });
    trail.pop();
    show({ stay: true });
    focusQuietly(popup);
  }

  /**
   * Above or below its trigger, wherever it fits, no higher than there is room; CSS does the rest
   * where it can anchor. What replaces a note stays on the side where that one was.
   */
  function place({ stay = false } = {}) {
    if (!trigger) return;
    const box = trigger.getBoundingClientRect();
    popup.style.inset = '';
    popup.style.removeProperty('--room');
    if (sheet.matches) {
      // It must not cover what it explains.
      return scrollBy(0, Math.max(0, box.bottom + EDGE - popup.getBoundingClientRect().top));
    }
    const room = { above: box.top - EDGE, below: innerHeight - box.bottom - EDGE };
    if (!stay || room[popup.dataset.side] < TIGHT) {
      const fits = popup.offsetHeight <= room.below || room.above <= room.below;
      popup.dataset.side = fits ? 'below' : 'above';
    }
    const { side } = popup.dataset;
    popup.style.setProperty('--room', `${room[side]}px`);
    if (anchors) return;
    const left = Math.max(EDGE, Math.min(box.left, document.documentElement.clientWidth - popup.offsetWidth - EDGE));
    const top = side === 'below' ? box.bottom : box.top - popup.offsetHeight - EDGE;
    popup.style.inset = `${top}px auto auto ${left}px`;
  }

  // ---- the pointer
  story.addEventListener('pointermove', (event) => {
    const over = triggerAt(event);
    if (event.pointerType === 'touch' || over === aim || event.timeStamp - scrolled < GRACE) return;
    aim = over;
    if (over === trigger) return clearTimeout(timer);
    if (over) meet(over);
    else leave();
  });
  story.addEventListener('pointerleave', () => {
    aim = null;
    leave();
  });
  popup.addEventListener('pointerenter', () => clearTimeout(timer));
  popup.addEventListener('pointerleave', leave);

  function meet(element) {
    clearTimeout(timer);
    timer = setTimeout(() => open(element), WAIT);
  }

  function leave() {
    clearTimeout(timer);
    if (trigger && !pinned && !holds(document.activeElement)) timer = setTimeout(close, GRACE);
  }

  addEventListener('scroll', (event) => {
    scrolled = event.timeStamp;
    if (!trigger) clearTimeout(timer);
    aim = null;
    if (!sheet.matches && !anchors) place({ stay: true });
  }, { passive: true });
  addEventListener('resize', () => place());

  document.addEventListener('pointerdown', (event) => {
    if (trigger && !holds(event.target)) close();
  });

  // ---- a click pins, a key moves in; with a modifier both stay a link's
  story.addEventListener('click', (event) => {
    const element = triggerAt(event);
    if (!element || !noteOf(element)) return;
    if (asLink(event)) return clearTimeout(timer);
    event.preventDefault();
    const byKey = reader.keyed || event.detail === 0;
    if (trigger === element && pinned && !byKey) return close();
    open(element, { pin: true });
    if (byKey) focusQuietly(popup);
  });

  popup.addEventListener('click', (event) => {
    if (event.target.closest('.popup-close')) return close({ giveBack: true });
    if (event.target === back) return goBack();
    const inner = event.target.closest('a[href^="#"]');
    if (!inner || asLink(event)) return;
    const note = noteOf(inner);
    if (!note || trail.length === DEEPEST) return close();
    event.preventDefault();
    trail.push(note);
    pinned = true;
    show({ stay: true });
    focusQuietly(popup);
  });

  // ---- the keyboard
  story.addEventListener('focusin', (event) => {
    const element = triggerAt(event);
    if (element && !returning && element.matches(':focus-visible')) open(element);
  });

  addEventListener('focusout', (event) => {
    if (trigger && holds(event.target) && document.hasFocus() && event.relatedTarget && !holds(event.relatedTarget)) close();
  });

  addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target.matches('span.mention')) event.target.click();
    if (!trigger) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      if (popup.contains(document.activeElement)) goBack();
      else close();
    } else if (event.key === 'Tab' && popup.contains(document.activeElement)) leaveAtTheEdge(event);
  });

  /** The pop-up stands last in the page; past its edges the reader goes on where the text was left. */
  function leaveAtTheEdge(event) {
    const stops = [...popup.querySelectorAll('a[href], button:not([hidden])')];
    const at = stops.indexOf(document.activeElement);
    const backwards = event.shiftKey && at <= 0;
    if (!backwards && (event.shiftKey || at < stops.length - 1)) return;
    if (backwards) event.preventDefault();
    focusQuietly(trigger);
    if (!backwards) close();
  }

  // What the reader was at when this script was sent for; once the whole of it has run.
  queueMicrotask(() => {
    const over = [...story.querySelectorAll(':hover')].at(-1)?.closest(TRIGGER);
    const focused = story.querySelector(':focus-visible');
    if (focused?.matches(TRIGGER)) open(focused);
    else if (over && !trigger) meet(over);
  });
})();
