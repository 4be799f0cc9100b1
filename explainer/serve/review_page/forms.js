/* What the review page builds: elements, the form that edits an item, and a picker of entries. */
(function () {
  "use strict";

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value === false || value === null || value === undefined) continue;
      if (key === "class") element.className = value;
      else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.filter((one) => one !== null && one !== undefined));
    return element;
  }

  const LABELS = {
    id: "Id", name: "Name", kind: "Kind", role: "Role", summary: "Summary", aliases: "Other names",
    speaker: "Who says so", via: "By way of", mode: "Mode", standing: "Standing",
    title: "Title", date: "Date", body: "Text", entries: "Entries", entry: "Entry",
    into: "It is", alias: "Keep the name",
  };
  const LONG = new Set(["summary", "body"]);

  /* ---- the picker: type, arrow down, Enter */

  function rank(entry, words) {
    const names = [entry.name, entry.id, ...entry.names].map((one) => one.toLowerCase());
    if (names.includes(words)) return 0;
    if (names.some((one) => one.startsWith(words))) return 1;
    if (names.some((one) => one.includes(` ${words}`))) return 2;
    if (names.some((one) => one.includes(words))) return 3;
    return entry.role.toLowerCase().includes(words) ? 4 : 9;
  }

  function picker(entries, { value = "", many = false, onCreate = null, label }) {
    const chosen = value ? (Array.isArray(value) ? [...value] : [value]) : [];
    const byId = new Map(entries.map((one) => [one.id, one]));
    const list = make("ul", { class: "options", role: "listbox", id: "options-" + label });
    const input = make("input", {
      type: "text", name: label, autocomplete: "off", role: "combobox", spellcheck: "false",
      "aria-expanded": "true", "aria-controls": list.id, "aria-autocomplete": "list",
    });
    const tags = make("span", { class: "chosen" });
    let options = [];
    let at = 0;

    function showTags() {
      tags.replaceChildren(
        ...chosen.map((id) => make("span", { class: "tag" }, byId.get(id)?.name || id))
      );
    }

    function search() {
      const words = input.value.trim().toLowerCase();
      options = words
        ? entries
            .map((one) => [rank(one, words), one])
            .filter(([score]) => score < 9)
            .sort((a, b) => a[0] - b[0] || a[1].name.localeCompare(b[1].name))
            .slice(0, 7)
            .map(([, one]) => ({ id: one.id, name: one.name, note: one.role || one.kind }))
        : [];
      if (words && onCreate)
        options.push({ id: null, name: `New entry “${input.value.trim()}”`, note: "create" });
      at = 0;
      showOptions();
    }

    function showOptions() {
      list.replaceChildren(
        ...options.map((one, number) =>
          make(
            "li",
            {
              role: "option", id: `${list.id}-${number}`,
              "aria-selected": String(number === at), onmousedown: (event) => event.preventDefault(),
              onclick: () => choose(number),
            },
            make("span", {}, one.name), make("small", {}, one.note)
          )
        )
      );
      input.setAttribute("aria-activedescendant", options.length ? `${list.id}-${at}` : "");
    }

    function choose(number) {
      const one = options[number];
      if (!one) return;
      if (one.id === null) {
        onCreate(input.value.trim());
        return;
      }
      if (!many) chosen.length = 0;
      if (!chosen.includes(one.id)) chosen.push(one.id);
      input.value = "";
      search();
      showTags();
    }

    input.addEventListener("input", search);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" && options.length) at = (at + 1) % options.length;
      else if (event.key === "ArrowUp" && options.length)
        at = (at + options.length - 1) % options.length;
      else if (event.key === "Enter" && options.length) choose(at);
      else if (event.key === "Backspace" && !input.value && chosen.length) {
        chosen.pop();
        showTags();
      } else return;
      event.preventDefault();
      // Enter has picked; the next one saves the form.
      if (event.key !== "Backspace") event.stopPropagation();
      showOptions();
    });
    showTags();
    const box = make("div", { class: "picker" }, tags, input, list);
    return { box, read: () => (many ? [...chosen] : chosen[0] || ""), input };
  }

  /* ---- a form of fields; Enter saves it, Esc leaves it */

  function form({ fields, state, title, onSave, onLeave, onCreate }) {
    const readers = {};
    const rows = [];
    for (const [key, value] of Object.entries(fields)) {
      if (key === "location" || key === "time_zone") {
        readers[key] = () => value;
        continue;
      }
      const [box, read] = control(key, value, state, onCreate);
      readers[key] = read;
      rows.push(make("label", { class: LONG.has(key) ? "long" : "" }, make("span", {}, LABELS[key] || key), box));
    }
    const read = () =>
      Object.fromEntries(Object.entries(readers).map(([key, get]) => [key, get()]));
    const element = make(
      "form",
      {
        class: "fields",
        onsubmit: (event) => {
          event.preventDefault();
          onSave(read());
        },
        onkeydown: (event) => {
          if (event.key === "Escape") {
            event.stopPropagation();
            onLeave();
          }
        },
      },
      title ? make("h3", {}, title) : null,
      ...rows,
      make(
        "p", { class: "acts" },
        make("button", { type: "submit", class: "main" }, "Save ", make("kbd", {}, "Enter")),
        make("button", { type: "button", onclick: onLeave }, "Leave ", make("kbd", {}, "Esc"))
      )
    );
    return element;
  }

  function control(key, value, state, onCreate) {
    const choices = { kind: state.kinds, mode: state.modes, standing: state.standings }[key];
    if (choices) {
      const select = make("select", { name: key });
      for (const one of choices) select.append(make("option", { selected: one === value }, one));
      return [select, () => select.value];
    }
    if (typeof value === "boolean") {
      const box = make("input", { type: "checkbox", name: key });
      box.checked = value;
      return [box, () => box.checked];
    }
    if (["speaker", "via", "entries", "entry", "into"].includes(key)) {
      const one = picker(state.entries, {
        value, many: key !== "entry" && key !== "into", label: key,
        onCreate: key === "speaker" || key === "entry" ? onCreate : null,
      });
      return [one.box, one.read];
    }
    if (LONG.has(key)) {
      const area = make("textarea", {
        name: key, rows: 4,
        onkeydown: (event) => {
          if (event.key !== "Enter" || event.shiftKey) return;
          event.preventDefault();
          area.form.requestSubmit();
        },
      });
      area.value = value || "";
      return [area, () => area.value];
    }
    const input = make("input", { type: "text", name: key, autocomplete: "off" });
    input.value = Array.isArray(value) ? value.join(", ") : value || "";
    const list = () => input.value.split(",").map((one) => one.trim()).filter(Boolean);
    return [input, Array.isArray(value) ? list : () => input.value];
  }

  window.ReviewForms = { make, form };
})();
