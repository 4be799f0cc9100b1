// Looks through names and headlines that are too many for one file: reads the words that hold
// what is asked for, which rows have them, and the rows that are shown.
window.explainerParts = (() => {
  'use strict';
  const ROWS_A_FILE = 100;
  const MOST_RANKED = 500;
  const [IN_NAME, AFTER_SPACE, FIRST, WHOLE] = [1, 2, 4, 8];

  const loads = new Map();
  const waiting = new Map();
  window.explainerPart = (name, value) => waiting.get(name)(value);

  /** A script, and no request: a page from file:// may make none. */
  function load(name) {
    if (!loads.has(name)) {
      loads.set(name, new Promise((resolve, reject) => {
        waiting.set(name, resolve);
        const script = document.createElement('script');
        script.src = `${name}.js`;
        script.onload = () => script.remove();
        script.onerror = () => {
          loads.delete(name);
          script.remove();
          reject(new Error(name));
        };
        document.head.append(script);
      }));
    }
    return loads.get(name);
  }

  /** How well a row's word meets the one word of a query, by where in its names it stands. */
  function rankOf(word, asked, places) {
    if (word === asked && places & WHOLE) return 5;
    const begins = word.startsWith(asked);
    if (begins && places & FIRST) return 4;
    if (begins && places & AFTER_SPACE) return 3;
    return places & IN_NAME ? 2 : 1;
  }

  /** The numbers of the rows that a word stands in, each with its rank. */
  async function rowsWith(part, asked) {
    const found = new Map();
    const files = await load(`${part}/words`);
    await Promise.all(files.map(async (text, number) => {
      if (!text.includes(asked)) return;
      const lists = await load(`${part}/words-${number}`);
      text.split(' ').forEach((word, index) => {
        if (!word.includes(asked)) return;
        let row = 0;
        for (const [, step, places] of lists[index].matchAll(/([0-9a-z]*)([A-P])/g)) {
          row += step ? parseInt(step, 36) : 0;
          const rank = rankOf(word, asked, places.charCodeAt(0) - 65);
          if (rank > (found.get(row) ?? 0)) found.set(row, rank);
        }
      });
    }));
    return found;
  }

  async function rowOf(part, number) {
    const rows = await load(`${part}/rows-${Math.floor(number / ROWS_A_FILE)}`);
    return rows[number % ROWS_A_FILE];
  }

  const byRank = ([one, number], [other, another]) => other - one || number - another;

  /**
   * How many rows of a part have all words, and the first of them, each with its rank.
   * Where several words are asked for, `rank` tells it of a row; of more than MOST_RANKED rows
   * that have all words in their names only the first are looked at.
   */
  async function find(part, words, most, rank) {
    const [first, ...others] = await Promise.all(words.map((word) => rowsWith(part, word)));
    let found = [...first]
      .filter(([number]) => others.every((one) => one.has(number)))
      .map(([number, how]) => [Math.min(how, ...others.map((one) => one.get(number))), number])
      .sort(byRank);
    const count = found.length;
    if (others.length) {
      const named = found.filter(([how]) => how > 1).slice(0, MOST_RANKED);
      const ranked = await Promise.all(named.map(async ([, number]) => [rank(await rowOf(part, number)), number]));
      found = [...ranked, ...found.filter(([how]) => how === 1)].sort(byRank);
    }
    const shown = found.slice(0, most);
    return { count, best: await Promise.all(shown.map(async ([how, number]) => [how, await rowOf(part, number)])) };
  }

  return { find };
})();
