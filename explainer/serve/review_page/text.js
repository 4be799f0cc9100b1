/* The article under review: its words as plain text, marks painted over them, and a selection
   that moves by words and sentences. Offsets are code points, as everywhere in the program. */
(function () {
  "use strict";

  const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}’'-]*/gu;
  const END = /[.!?…][”’"»]?\s/;

  class ReviewText {
    constructor(element, onSelect) {
      this.element = element;
      this.onSelect = onSelect;
      this.selected = null;
      element.addEventListener("pointerdown", (event) => (this.byTouch = event.pointerType === "touch"));
      element.addEventListener("pointerup", () => this.byTouch || this.takeSelection());
      // A finger selects by the system's own handles, which go on being moved.
      document.addEventListener("selectionchange", () => this.byTouch && this.takeSelection());
    }

    show(state) {
      this.text = state.text;
      const points = Array.from(state.text);
      // UTF-16 and code points differ only where a character needs two units.
      this.units = points.length === state.text.length ? null : [0];
      if (this.units) for (const one of points) this.units.push(this.units.at(-1) + one.length);
      this.blocks = [];
      this.element.replaceChildren();
      const dropped = new Set(state.dropped.map((one) => one[0]));
      for (const [start, end] of state.blocks) {
        const isHead = state.headline && state.headline[0] === start;
        const paragraph = document.createElement(isHead ? "h1" : "p");
        if (dropped.has(start)) paragraph.className = "dropped";
        const node = document.createTextNode(this.text.slice(this.unit(start), this.unit(end)));
        paragraph.append(node);
        this.element.append(paragraph);
        this.blocks.push({ start: this.unit(start), end: this.unit(end), node });
      }
      this.words = [];
      this.sentences = [];
      for (const block of this.blocks) this.cut(block);
    }

    cut(block) {
      let open = true;
      let last = block.start;
      for (const found of block.node.data.matchAll(WORD)) {
        const start = block.start + found.index;
        if (open || END.test(this.text.slice(last, start))) this.sentences.push(this.words.length);
        open = false;
        last = start + found[0].length;
        this.words.push({ start, end: last });
      }
    }

    unit(point) {
      return this.units ? this.units[point] : point;
    }

    point(unit) {
      if (!this.units) return unit;
      let low = 0;
      let high = this.units.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.units[middle] < unit) low = middle + 1;
        else high = middle;
      }
      return low;
    }

    /* A DOM range for two offsets in UTF-16 units. */
    range(start, end) {
      const from = this.blocks.findLast((one) => one.start <= start) || this.blocks[0];
      const to = this.blocks.findLast((one) => one.start < end) || from;
      const range = new Range();
      range.setStart(from.node, Math.min(start - from.start, from.node.length));
      range.setEnd(to.node, Math.min(end - to.start, to.node.length));
      return range;
    }

    /* ---- marks */

    paint(name, spans) {
      if (!CSS.highlights) return;
      const ranges = spans.map(([start, end]) => this.range(this.unit(start), this.unit(end)));
      CSS.highlights.set(name, new Highlight(...ranges));
    }

    paintMarks(marks) {
      for (const kind of ["mention", "claim", "passage"])
        for (const waits of [true, false])
          this.paint(
            kind + (waits ? "-waits" : ""),
            marks.filter((one) => one[2] === kind && one[3] === waits)
          );
    }

    bringToView(spans) {
      if (!spans.length) return;
      const range = this.range(this.unit(spans[0][0]), this.unit(spans[0][1]));
      const box = range.getBoundingClientRect();
      const pane = this.element.getBoundingClientRect();
      if (box.top < pane.top + 80 || box.bottom > pane.bottom - 120)
        this.element.scrollBy({ top: box.top - pane.top - pane.height / 3, behavior: "instant" });
    }

    /* ---- the selection: words from `anchor` to `head`, both included */

    get span() {
      if (!this.selected) return null;
      const { anchor, head } = this.selected;
      const first = this.words[Math.min(anchor, head)];
      const last = this.words[Math.max(anchor, head)];
      return [this.point(first.start), this.point(last.end)];
    }

    wordAt(point) {
      const unit = this.unit(point);
      const found = this.words.findIndex((one) => one.end > unit);
      return found < 0 ? this.words.length - 1 : found;
    }

    select(start, end) {
      const anchor = this.wordAt(start);
      this.selected = { anchor, head: Math.max(anchor, this.wordAt(Math.max(start, end - 1))) };
      this.showSelection();
    }

    leave() {
      this.selected = null;
      this.paint("selected", []);
      this.onSelect(null);
    }

    move(key, extend) {
      const { anchor, head } = this.selected;
      const last = this.words.length - 1;
      let to = head;
      if (key === "ArrowRight") to = extend || anchor === head ? head + 1 : Math.max(anchor, head);
      if (key === "ArrowLeft") to = extend || anchor === head ? head - 1 : Math.min(anchor, head);
      if (key === "ArrowDown") to = this.sentence(head, 1, extend);
      if (key === "ArrowUp") to = this.sentence(head, -1, extend);
      to = Math.max(0, Math.min(last, to));
      this.selected = { anchor: extend ? anchor : to, head: to };
      this.showSelection();
    }

    /* The first word of the next or this sentence; with `extend` the last word of this one. */
    sentence(word, step, extend) {
      const here = this.sentences.findLastIndex((one) => one <= word);
      if (step > 0) {
        const next = this.sentences[here + 1] ?? this.words.length;
        if (!extend) return next;
        return word === next - 1 ? (this.sentences[here + 2] ?? this.words.length) - 1 : next - 1;
      }
      return this.sentences[here] < word ? this.sentences[here] : (this.sentences[here - 1] ?? 0);
    }

    showSelection() {
      this.paint("selected", [this.span]);
      this.bringToView([this.span]);
      this.onSelect(this.span);
    }

    takeSelection() {
      const chosen = getSelection();
      if (chosen.isCollapsed || !this.element.contains(chosen.anchorNode)) return;
      const range = chosen.getRangeAt(0);
      const start = this.offset(range.startContainer, range.startOffset);
      const end = this.offset(range.endContainer, range.endOffset);
      if (!this.byTouch) chosen.removeAllRanges();
      if (start !== null && end !== null && end > start)
        this.select(this.point(start), this.point(end));
    }

    offset(node, place) {
      const block = this.blocks.find((one) => one.node === node);
      return block ? block.start + place : null;
    }

    /* Where in the text a point of the window is, in code points; null beside it. */
    offsetAt(x, y) {
      const found = document.caretPositionFromPoint
        ? document.caretPositionFromPoint(x, y)
        : document.caretRangeFromPoint(x, y);
      if (!found) return null;
      const unit = this.offset(
        found.offsetNode || found.startContainer,
        found.offset ?? found.startOffset
      );
      return unit === null ? null : this.point(unit);
    }

    /* One end of a span moved by words: "start" or "end", outward or inward. */
    nudge([start, end], which, step) {
      const first = this.wordAt(start);
      const last = this.wordAt(end - 1);
      if (which === "start") {
        const word = this.words[first + step];
        return word && this.point(word.start) < end ? [this.point(word.start), end] : [start, end];
      }
      const word = this.words[last + step];
      return word && this.point(word.end) > start ? [start, this.point(word.end)] : [start, end];
    }

    words_of([start, end]) {
      return this.text.slice(this.unit(start), this.unit(end));
    }
  }

  window.ReviewText = ReviewText;
})();
