// Looks through the names, headlines and summaries of search/index.js, and of parts where those
// are many; asks no server.
(() => {
  'use strict';
  const MOST = 50;
  const form = document.getElementById('search');
  const input = form.querySelector('input');
  const status = document.getElementById('search-status');
  const list = document.getElementById('search-results');

  /** Without case, accents, vowel signs and stretching; alef and its like are one letter. */
  const fold = (text) => text.normalize('NFKD').replace(/[\p{M}\u0640]/gu, '').toLowerCase().replace(/ى/g, 'ي').replace(/ة/g, 'ه').replace(/[\u2018\u2019ʼ]/g, "'");
  const read = ([href, title, about, label, lang, names = '']) => {
    const called = [title, ...names.split('\n')].map(fold);
    return { href, title, about, label, lang, called, all: fold([title, names, about].join(' ')) };
  };
  const rows = (window.explainerSearch ?? []).map(read);
  const parts = window.explainerSearchParts ?? [];

  /** How well a row meets a query; 0 where a word of it is missing. */
  function rank(row, query, words) {
    if (!words.every((word) => row.all.includes(word))) return 0;
    if (row.called.includes(query)) return 5;
    if (row.called.some((name) => name.startsWith(query))) return 4;
    if (row.called.some((name) => name.includes(` ${query}`))) return 3;
    return row.called.some((name) => words.every((word) => name.includes(word))) ? 2 : 1;
  }

  function line({ href, title, about, label, lang }) {
    const made = document.createElement('li');
    const [kind, link, more] = ['span', 'a', 'span'].map((name) => document.createElement(name));
    Object.assign(kind, { className: 'results-label', textContent: label });
    Object.assign(link, { href, textContent: title, lang, dir: 'auto' });
    Object.assign(more, { className: 'results-about', textContent: about, lang, dir: 'auto' });
    made.append(kind, link, ...(about ? [more] : []));
    return made;
  }

  let looking = 0;
  function search() {
    const asked = input.value.trim();
    const query = fold(asked);
    const words = query.split(/\s+/).filter(Boolean);
    const ranked = words.length ? rows.map((row) => [rank(row, query, words), row]).filter(([how]) => how) : [];
    const here = { count: ranked.length, best: ranked };
    const turn = ++looking;
    if (parts.length && words.length) searchParts(turn, here, asked, query, words);
    else show([here], asked);
  }

  function show(found, asked) {
    const best = found.flatMap((one) => one.best).sort(([one], [other]) => other - one);
    list.removeAttribute('aria-busy');
    list.replaceChildren(...best.slice(0, MOST).map(([, row]) => line(row)));
    const count = found.reduce((sum, one) => sum + one.count, 0);
    const said = count ? form.dataset.found : form.dataset.none;
    status.textContent = asked && said.replace('{number}', count).replace('{query}', () => asked);
  }

  /** Entries come before articles, be they in parts or here; while somebody types, it waits. */
  async function searchParts(turn, here, asked, query, words) {
    list.setAttribute('aria-busy', 'true');
    if (list.childElementCount) await new Promise((later) => setTimeout(later, 120));
    if (turn !== looking) return;
    const nothing = { count: 0, best: [] }; // a part that can't be had: what else is found is there
    const found = await Promise.all(parts.map(async (part) => {
      const { count, best } = await explainerParts.find(part, words, MOST, (row) => rank(read(row), query, words)).catch(() => nothing);
      return { count, best: best.map(([how, row]) => [how, read(row)]) };
    }));
    if (turn !== looking) return;
    show(parts[0] === 'entries' ? [found[0], here, ...found.slice(1)] : [here, ...found], asked);
  }

  /** Whole texts are looked through by Pagefind, where the site has it and the host lets it. */
  let texts = null;
  let asking = 0;
  async function searchTexts() {
    const turn = ++asking;
    const found = texts && (await texts.debouncedSearch(input.value.trim(), {}, 200));
    if (!found || turn !== asking) return;
    const pages = await Promise.all(found.results.slice(0, MOST).map((one) => one.data()));
    if (turn !== asking) return;
    const plain = (html) => new DOMParser().parseFromString(html, 'text/html').body.textContent;
    const made = pages.map((one) => line({ href: one.url, title: one.meta.title, about: plain(one.excerpt), label: '', lang: document.documentElement.lang }));
    document.getElementById('search-texts').replaceChildren(...made);
    document.getElementById('search-texts-status').textContent = input.value.trim() && form.dataset.texts.replace('{number}', found.results.length);
  }
  if (form.dataset.full && location.protocol !== 'file:') {
    import(new URL(form.dataset.full, location.href).href)
      .then(async (module) => {
        await module.init();
        texts = module;
        searchTexts();
      })
      .catch(() => {}); // what the small search finds is there all the same
  }

  document.getElementById('search-without').remove();
  form.hidden = false;
  input.value = new URLSearchParams(location.search).get('q') ?? '';
  input.focus();
  search();
  input.addEventListener('input', () => {
    search();
    searchTexts();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    list.querySelector('a')?.focus();
  });
})();
