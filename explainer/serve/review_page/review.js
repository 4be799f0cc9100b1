/* The review page: one thing at a time, a key for each decision, and nothing shown as decided
   before the server has it on disk. */
(function () {
  "use strict";

  const { make, form } = window.ReviewForms;
  const { slug, token, editor, root } = document.body.dataset;
  const base = `/_explainer/review/${slug}/`;
  // Undo takes back what this window did, also after it was loaded anew.
  const windowId = (sessionStorage.reviewWindow ||= Math.random().toString(36).slice(2));
  const $ = (id) => document.getElementById(id);
  const KIND = {
    anchor: "Lost its place", entry: "Entry", mention: "Mention", card: "Background card",
    attribution: "Claim",
  };

  let state = null;
  let at = 0;
  let busy = false;
  let decided = 0;
  let staged = null; // the ends of a claim, moved and not yet saved
  let open = null; // a form in place of the item
  let timer = 0;
  let dragging = null; // which handle a pointer holds

  const text = new window.ReviewText($("text"), (span) => {
    if (!open) show();
    document.body.toggleAttribute("data-selecting", Boolean(span));
  });

  // ---- the server

  async function ask(verb, body) {
    const answer = await fetch(base + verb, {
      method: body ? "POST" : "GET",
      headers: { "Content-Type": "application/json", "X-Explainer-Token": token },
      body: body && JSON.stringify({ ...body, window: windowId }),
    });
    const said = answer.headers.get("Content-Type")?.startsWith("application/json")
      ? await answer.json()
      : { message: `the server answered ${answer.status}` };
    if (answer.ok) return said;
    const fault = new Error(said.message || "changed");
    fault.changed = said.changed;
    throw fault;
  }

  async function load() {
    try {
      state = await ask("state");
    } catch (fault) {
      tell(fault.message);
      return;
    }
    $("article-title").textContent = state.title;
    document.title = `Review — ${state.title}`;
    text.show(state);
    tell("");
    take(state);
  }

  /* Sends a decision; the screen moves on when it is on disk. */
  async function decide(decision, said) {
    if (busy) return;
    busy = true;
    document.body.toggleAttribute("data-busy", true);
    try {
      const answer = await ask(decision.action === "undo" ? "undo" : "decide", decision);
      open = null;
      staged = null;
      decided += decision.action === "undo" ? -1 : 1;
      tell("");
      saved(said);
      const before = state.queue[at]?.id;
      Object.assign(state, answer);
      if (decision.action === "undo") {
        const back = state.queue.findIndex((one) => !seen.has(one.id));
        at = back >= 0 ? back : at;
      } else if (before) {
        const same = state.queue.findIndex((one) => one.id === before);
        if (same >= 0) at = same;
      }
      take(state);
    } catch (fault) {
      if (fault.changed) offerReload(fault.changed);
      else tell(fault.message);
    } finally {
      busy = false;
      document.body.toggleAttribute("data-busy", false);
    }
  }

  let seen = new Set();

  function take(now) {
    seen = new Set(now.queue.map((one) => one.id));
    at = Math.max(0, Math.min(at, now.queue.length - 1));
    text.paintMarks(now.marks);
    if (text.selected) text.leave();
    else show();
    document.body.dataset.ready = String(Number(document.body.dataset.ready || 0) + 1);
  }

  function saved(said) {
    $("saved").textContent = said;
    clearTimeout(timer);
    timer = setTimeout(() => ($("saved").textContent = ""), 4000);
  }

  function tell(message) {
    $("alert").hidden = !message;
    $("alert").replaceChildren(message ? make("p", {}, message) : "");
  }

  function offerReload(paths) {
    const names = paths.join(", ");
    $("alert").hidden = false;
    $("alert").replaceChildren(
      make("p", {}, `${names} has changed outside of this page. Nothing was written.`),
      make("button", { type: "button", class: "main", onclick: load }, "Read it again ", make("kbd", {}, "L"))
    );
  }

  // ---- what is shown

  const current = () => state.queue[at];

  function show() {
    const item = current();
    const left = state.queue.length;
    $("left").textContent = left ? `${left} to decide` : "All decided";
    const spans = staged || (item ? item.spans : {});
    const all = Object.entries(spans);
    text.paint("now", all.filter(([part]) => part !== "source" && part !== "cue").flatMap((one) => one[1]));
    text.paint("now-source", all.filter(([part]) => part === "source").flatMap((one) => one[1]));
    text.paint("now-cue", all.filter(([part]) => part === "cue").flatMap((one) => one[1]));
    if (item && !text.selected) text.bringToView(all.flatMap((one) => one[1]).sort((a, b) => a[0] - b[0]));
    $("current").replaceChildren(open || (text.selected ? selection() : item ? card(item) : finished()));
    placeHandles();
    $("waiting").replaceChildren(...(open || text.selected ? [] : waiting()));
  }

  function waiting() {
    return state.queue.slice(at + 1, at + 31).map((one, number) =>
      make(
        "li", { "data-kind": one.kind },
        make(
          "button", { type: "button", tabindex: "-1", onclick: () => go(at + 1 + number) },
          make("small", {}, KIND[one.kind]), make("span", {}, one.title)
        )
      )
    );
  }

  function finished() {
    return make(
      "div", { class: "item finished" },
      make("h2", {}, "All decided"),
      make("p", {}, "Nothing waits in this article. Select words to add to it, or see the page."),
      make("p", { class: "acts" }, act("undo", "Undo", "U"), act("words", "Select words", "W"))
    );
  }

  function card(item) {
    const proof = [item.evidence, item.confidence && `confidence ${item.confidence}`];
    return make(
      "div", { class: "item", "data-kind": item.kind },
      make("p", { class: "kind" }, KIND[item.kind], make("span", {}, `${at + 1} of ${state.queue.length}`)),
      make("h2", {}, item.kind === "anchor" ? `“${shorten(item.title, 90)}”` : item.title),
      item.kind === "anchor" ? sides(item) : details(item),
      proof.some(Boolean) ? make("p", { class: "proof" }, "Proposed by ", make("span", {}, proof.filter(Boolean).join(", "))) : null,
      item.choices.length ? make("ol", { class: "choices" }, ...item.choices.map(choice)) : null,
      acts(item)
    );
  }

  function choice(one, number) {
    return make(
      "li", {},
      make("button", { type: "button", onclick: () => choose(number) }, make("kbd", {}, String(number + 1)), " ", one.label)
    );
  }

  function details(item) {
    const rows = Object.entries(item.fields).filter(([key, value]) => String(value).length && shown(item, key));
    const quote = item.kind === "attribution" || item.kind === "card" ? passage(item) : null;
    const places = item.spans.mentions?.length;
    return make(
      "div", {},
      quote,
      item.kind === "attribution" ? make("dl", {}, ...said(item, "source", "Source"), ...said(item, "cue", "Cue")) : null,
      places ? make("p", { class: "count" }, places === 1 ? "Named once" : `Named ${places} times`) : null,
      rows.length ? make("dl", {}, ...rows.flatMap(([key, value]) => [make("dt", {}, label(key)), make("dd", {}, names(key, value))])) : null
    );
  }

  /* The words of a claim's source or cue, and a button to do without. */
  function said(item, part, name) {
    const spans = (staged || item.spans)[part] || [];
    const words = spans.map((one) => text.words_of(one)).join(" … ");
    return [
      make("dt", {}, name),
      make(
        "dd", {}, words ? `“${words}” ` : "none ",
        words ? make("button", { type: "button", class: "small", "aria-label": `Without this ${part}`, onclick: () => without(part) }, "×") : null
      ),
    ];
  }

  const shown = (item, key) => !(key === "id" || (key === "name" && item.kind === "entry") || (key === "title" && item.kind === "card"));
  const label = (key) => ({ speaker: "Who", via: "Via", aliases: "Also" })[key] || key[0].toUpperCase() + key.slice(1);

  function names(key, value) {
    const many = Array.isArray(value) ? value : [value];
    const named = (id) => state.entries.find((one) => one.id === id)?.name || id;
    const isEntry = ["speaker", "via", "entries", "entry"].includes(key);
    return many.map((one) => (isEntry ? named(one) : one)).join(", ");
  }

  function passage(item) {
    const spans = (staged || item.spans)[item.kind === "card" ? "at" : "content"] || [];
    return make("blockquote", {}, spans.map((one) => shorten(text.words_of(one), 260)).join(" … "));
  }

  function sides(item) {
    const side = (name, words) =>
      make("div", {}, make("h3", {}, name), make("p", {}, words[0], make("mark", {}, words[1]), words[2]));
    return make(
      "div", { class: "sides" },
      make("p", { class: "reason" }, `It ${item.reason}.`),
      side("Was", item.was),
      item.now ? side("Is", item.now) : make("div", {}, make("h3", {}, "Is"), make("p", {}, "Nothing that is certain."))
    );
  }

  function act(name, words, key, main) {
    return make("button", { type: "button", class: main ? "main" : "", "data-act": name }, words, " ", make("kbd", {}, key));
  }

  function acts(item) {
    if (item.kind === "anchor")
      return make("p", { class: "acts" }, item.now ? act("accept", "It is this", "A", true) : null, act("words", "Select it", "W", !item.now), act("reject", "Drop it", "R"), act("undo", "Undo", "U"));
    return make(
      "p", { class: "acts" },
      act("accept", staged ? "Accept as changed" : "Accept", "A", true), act("edit", "Edit", "E"), act("reject", "Reject", "R"),
      item.kind === "entry" ? act("is", "It is…", "I") : null,
      item.word ? act("never", `Never “${shorten(item.word, 18)}”`, "N") : null, act("undo", "Undo", "U")
    );
  }

  function selection() {
    const words = shorten(text.words_of(text.span), 160);
    const lost = current()?.kind === "anchor";
    const claim = current()?.kind === "attribution";
    return make(
      "div", { class: "item", "data-kind": "selection" },
      make("p", { class: "kind" }, "Selected"),
      make("blockquote", {}, words),
      make(
        "p", { class: "acts" },
        lost ? act("place", "The lost note belongs here", "P", true) : null,
        claim ? act("source", "Source of the claim", "S", true) : null,
        claim ? act("cue", "Its cue", "T") : null,
        claim ? act("content", "Its words", "X") : null,
        act("mention", "Mention", "M", !lost && !claim), act("claim", "Claim", "C"), act("background", "Card", "B"), act("leave", "Leave", "Esc")
      )
    );
  }

  const shorten = (words, most) => (words.length > most ? `${words.slice(0, most - 1)}…` : words);

  // ---- the ends of a claim: keys, or the two handles

  function placeHandles() {
    // A handle that a finger holds must stay the element that it is.
    const held = (one) => dragging && one.dataset.which === dragging;
    document.querySelectorAll(".handle").forEach((one) => held(one) || one.remove());
    const item = current();
    const spans = item && !open && !text.selected && endsOf(item);
    if (!spans) return;
    for (const which of ["start", "end"]) {
      const span = which === "start" ? spans[0] : spans.at(-1);
      const boxes = text.range(text.unit(span[0]), text.unit(span[1])).getClientRects();
      const box = which === "start" ? boxes[0] : boxes[boxes.length - 1];
      if (!box) continue;
      const pane = $("text").getBoundingClientRect();
      const known = document.querySelector(`.handle[data-which=${which}]`);
      const handle = known || make("span", { class: "handle", "data-which": which, "aria-hidden": "true" });
      handle.style.insetBlockStart = `${box.top - pane.top + $("text").scrollTop}px`;
      handle.style.insetInlineStart = `${(which === "start" ? box.left : box.right) - pane.left}px`;
      handle.style.blockSize = `${box.height}px`;
      if (known) continue;
      handle.addEventListener("pointerdown", (event) => drag(event, which));
      $("text").append(handle);
    }
  }

  const partOf = (item) => ({ attribution: "content", card: "at" })[item.kind];
  const endsOf = (item) => partOf(item) && (staged || item.spans)[partOf(item)];

  function setEnd(which, change) {
    const item = current();
    const spans = item && endsOf(item);
    if (!spans) return;
    const moved = spans.map((one) => [...one]);
    const number = which === "start" ? 0 : moved.length - 1;
    moved[number] = change(moved[number]);
    staged = { ...item.spans, ...staged, [partOf(item)]: moved };
    show();
  }

  function drag(event, which) {
    event.preventDefault();
    dragging = which;
    const onMove = (move) => {
      if (move.pointerId !== event.pointerId) return;
      const offset = text.offsetAt(move.clientX, move.clientY);
      if (offset === null) return;
      const word = text.words[text.wordAt(Math.max(0, which === "end" ? offset - 1 : offset))];
      setEnd(which, ([start, end]) =>
        which === "start"
          ? [Math.min(text.point(word.start), end - 1), end]
          : [start, Math.max(text.point(word.end), start + 1)]
      );
    };
    const onUp = (up) => {
      if (up.pointerId !== event.pointerId) return;
      dragging = null;
      for (const name of ["pointerup", "pointercancel"]) removeEventListener(name, onUp);
      removeEventListener("pointermove", onMove);
      placeHandles();
    };
    addEventListener("pointermove", onMove);
    for (const name of ["pointerup", "pointercancel"]) addEventListener(name, onUp);
  }

  // ---- what the keys do

  function go(number) {
    staged = null;
    open = null;
    at = Math.max(0, Math.min(state.queue.length - 1, number));
    show();
  }

  function choose(number) {
    const item = current();
    const one = item?.choices[number];
    if (!one) return;
    decide({ action: one.action, item: item.id, fields: one.fields }, one.action === "merge" ? `“${item.title}” is another name of it now` : "Saved");
  }

  /* The parts that were moved or chosen and are not saved yet. */
  function stagedSpans(item) {
    const moved = Object.entries(staged || {}).filter(([part, spans]) => String(spans) !== String(item.spans[part] || []));
    return Object.fromEntries(moved);
  }

  /* Makes what is selected a part of the claim that is shown: its words, source or cue. */
  function takeAs(part) {
    const item = current();
    if (item?.kind !== "attribution") return;
    staged = { ...item.spans, ...staged, [part]: [text.span] };
    text.leave();
  }

  function without(part) {
    staged = { ...current().spans, ...staged, [part]: [] };
    show();
  }

  const acting = {
    accept(item) {
      if (item.kind !== "anchor") decide({ action: "accept", item: item.id, spans: stagedSpans(item) }, "Saved");
      else if (item.now) decide({ action: "place", item: item.id, spans: { at: item.spans.at } }, "Saved");
    },
    reject: (item) => decide({ action: "reject", item: item.id }, "Rejected"),
    never(item) {
      if (item.word) decide({ action: "never", item: item.id, fields: { word: item.word } }, `“${item.word}” won’t be proposed again`);
    },
    edit(item) {
      if (item.kind === "anchor") return;
      const { id, ...fields } = item.fields;
      showForm({
        fields, title: item.title,
        onSave: (values, entry) => decide({ action: "accept", item: item.id, fields: values, entry, spans: stagedSpans(item) }, "Saved"),
      });
    },
    is(item) {
      if (item.kind !== "entry") return;
      showForm({
        fields: { into: "", alias: true }, title: `“${item.title}” is known already`, without: item.fields.id,
        onSave: (values) => decide({ action: "merge", item: item.id, fields: values }, "Made one"),
      });
    },
    words(item) {
      const spans = item ? Object.values(item.spans).flat() : [];
      const start = spans.length ? spans[0][0] : text.point(text.words[0].start);
      text.select(start, start + 1);
    },
  };

  const choosing = {
    mention: () => add("mention", { entry: "" }, "at"),
    claim: () => add("attribution", { speaker: [], mode: "indirect", standing: "other" }, "content"),
    background: () => add("card", { title: "", date: "", body: "" }, "at"),
    place(item) {
      if (item?.kind === "anchor") decide({ action: "place", item: item.id, spans: { at: [text.span] } }, "Saved");
    },
    source: () => takeAs("source"),
    cue: () => takeAs("cue"),
    content: () => takeAs("content"),
    leave: () => text.leave(),
  };

  function add(kind, fields, part) {
    const span = text.span;
    showForm({
      fields, title: `New ${KIND[kind].toLowerCase()}: “${shorten(text.words_of(span), 60)}”`, span,
      onSave: (values, entry) => decide({ action: "add", item: kind, fields: values, entry, spans: { [part]: [span] } }, "Saved"),
    });
  }

  function showForm({ fields, title, span, without, onSave }) {
    const leave = () => {
      open = null;
      show();
    };
    const onCreate = async (name) => {
      let known = { name, kind: "person", role: "" };
      try {
        const place = span || firstPlace(name);
        if (place) known = { ...(await ask("fill", { span: place })), name };
      } catch (fault) {
        tell(fault.message);
      }
      open = form({
        fields: known, state, title: `New entry “${name}”`, onLeave: leave,
        onSave: (entry) => onSave(fields, entry),
      });
      showOpen();
    };
    const known = without ? { ...state, entries: state.entries.filter((one) => one.id !== without) } : state;
    open = form({ fields, state: known, title, onSave: (values) => onSave(values, {}), onLeave: leave, onCreate });
    showOpen();
  }

  function firstPlace(name) {
    const unit = state.text.indexOf(name);
    return unit < 0 ? null : [text.point(unit), text.point(unit + name.length)];
  }

  function showOpen() {
    show();
    const first = open.querySelector("input, select, textarea");
    first.focus();
    if (first.select) first.select();
  }

  function openInEditor(item) {
    const id = item?.kind === "entry" ? item.fields.id : item?.fields.entry || item?.fields.speaker?.[0];
    const entry = state.entries.find((one) => one.id === id);
    if (!editor || !entry) {
      tell(editor ? "This has no entry." : "Say in explainer.yaml how to open your editor: editor: vscode://file/{path}:{line}");
      return;
    }
    location.href = editor.replace("{path}", `${root}/${entry.path}`).replace("{line}", entry.line);
  }

  const CHOOSE = { m: "mention", c: "claim", b: "background", p: "place", s: "source", t: "cue", x: "content" };
  const ACT = { a: "accept", e: "edit", r: "reject", n: "never", i: "is" };

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || $("help").open || !state) return;
    if (event.target.closest("input, textarea, select")) return;
    const item = current();
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (text.selected && !open) {
      if (key.startsWith("Arrow")) text.move(key, event.shiftKey);
      else if (CHOOSE[key]) choosing[CHOOSE[key]](item);
      else if (key === "Escape") text.leave();
      else return;
    } else if (open) return;
    else if (key === "u") decide({ action: "undo" }, "Taken back");
    else if (key === "w") acting.words(item);
    else if (key === "l") load();
    else if (key === "?") $("help").showModal();
    else if (!item) return;
    else if (key === "j" || key === "ArrowDown" || key === "s") go(at + 1);
    else if (key === "k" || key === "ArrowUp") go(at - 1);
    else if (key === "o") openInEditor(item);
    else if (key === "[") setEnd("start", (one) => text.nudge(one, "start", -1));
    else if (key === "{") setEnd("start", (one) => text.nudge(one, "start", 1));
    else if (key === "]") setEnd("end", (one) => text.nudge(one, "end", 1));
    else if (key === "}") setEnd("end", (one) => text.nudge(one, "end", -1));
    else if (key === "Escape") {
      staged = null;
      show();
    } else if (key >= "1" && key <= "9") choose(Number(key) - 1);
    else if (ACT[key]) acting[ACT[key]](item);
    else return;
    event.preventDefault();
  }

  document.addEventListener("keydown", press);
  document.addEventListener("click", (event) => {
    const name = event.target.closest("[data-act]")?.dataset.act;
    if (!name) return;
    if (name === "help") $("help").showModal();
    else if (name === "undo") decide({ action: "undo" }, "Taken back");
    else if (acting[name]) acting[name](current());
    else if (choosing[name]) choosing[name](current());
  });
  addEventListener("resize", () => state && placeHandles());
  load();
})();
