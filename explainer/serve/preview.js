/* The preview's part of a page, never in a built site: after a build it loads the page anew or
   swaps its style sheets, and while the site can't be built it says why. */
(function () {
  "use strict";

  const script = document.currentScript;
  const place = new URL(".", script.src);
  const RETRY_MS = 500;

  // ---- the socket: livereload's protocol, and "problems"

  function connect() {
    const address = new URL("socket", place);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    const send = (message) => socket.send(JSON.stringify(message));
    socket.onopen = () =>
      send({ command: "hello", protocols: ["http://livereload.com/protocols/official-7"] });
    socket.onmessage = (event) => {
      const message = JSON.parse(event.data);
      if (message.command === "hello") {
        const { version, styles } = script.dataset;
        send({ command: "info", url: location.href, version, styles });
      } else if (message.command === "reload") {
        if (message.liveCSS && message.path.endsWith(".css")) swapStyles();
        else location.reload();
      } else if (message.command === "problems") {
        showProblems(message.problems);
      }
    };
    socket.onclose = () => setTimeout(connect, RETRY_MS);
  }

  // ---- style sheets: the new one beside the old until it is there

  let arriving = [];

  function swapStyles() {
    arriving.forEach((link) => link.remove());
    arriving = [];
    for (const link of document.querySelectorAll('link[rel~="stylesheet"]')) {
      const address = new URL(link.href);
      if (address.origin !== location.origin) continue;
      address.searchParams.set("v", Date.now().toString(36));
      const fresh = link.cloneNode();
      fresh.href = address.href;
      fresh.onload = fresh.onerror = () => {
        arriving = arriving.filter((one) => one !== fresh);
        link.remove();
      };
      arriving.push(fresh);
      link.after(fresh);
    }
  }

  // ---- problems: a sheet over the last good page

  let sheet = null;

  function hideProblems() {
    if (sheet) sheet.remove();
    sheet = null;
  }

  function showProblems(problems) {
    hideProblems();
    if (!problems.length) return;
    sheet = document.createElement("explainer-problems");
    // In a shadow, so that neither the theme's rules nor ours reach the other.
    const shadow = sheet.attachShadow({ mode: "open" });
    const style = make("link");
    style.rel = "stylesheet";
    style.href = new URL("preview.css", place).href;
    const close = make("button", "Hide");
    close.type = "button";
    close.addEventListener("click", hideProblems);
    const heading = problems.length === 1 ? "A problem" : problems.length + " problems";
    const list = make("ol");
    list.append(...problems.map(problemItem));
    const body = make("section");
    body.setAttribute("role", "alert");
    body.append(make("h2", heading + " to fix"), close, list, make("p", lastGood()));
    shadow.append(style, body);
    // Plain mark-up must not flash up before its style is there.
    body.hidden = true;
    style.onload = style.onerror = () => (body.hidden = false);
    document.documentElement.append(sheet);
    if (sheet.showPopover) {
      sheet.popover = "manual"; // above the site's own pop-ups
      sheet.showPopover();
    }
  }

  function lastGood() {
    return document.querySelector("body.waiting")
      ? "The site is shown as soon as this is fixed and saved."
      : "Behind this is the site as it last could be built. Fix and save to see the new one.";
  }

  function problemItem(problem) {
    const item = make("li");
    if (problem.place) item.append(placeLink(problem.place, problem.open));
    item.append(make("p", problem.message));
    return item;
  }

  /* A place in a file; a link where the settings say how to open the user's editor. */
  function placeLink(place, address) {
    const code = make("code", place);
    if (!address) return code;
    const link = make("a");
    link.href = address;
    link.append(code);
    return link;
  }

  // ---- the file of the entry that a pop-up shows

  let places = null;

  async function showEntryPlace(popup) {
    const id = popup.dataset.about;
    if (!id) return;
    places ||= await fetch(new URL("places", place)).then((answer) => answer.json());
    if (popup.dataset.about !== id || !places[id] || popup.querySelector("[data-place]")) return;
    const line = make("p");
    line.className = "note-foot";
    line.dataset.place = "";
    line.append(placeLink(...places[id]));
    popup.querySelector(".popup-body").append(line);
  }

  document.addEventListener("shown", (event) => showEntryPlace(event.target), true);

  function make(name, text) {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    return element;
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hideProblems();
  });

  connect();
})();
