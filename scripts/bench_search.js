// One way to ask each of the measured searches: start(folder), then ask(query, count) for addresses.
"use strict";

const systems = {
  async ours(root) {
    const text = await (await fetch(`${root}suche/verzeichnis.js`)).text();
    const { ordner } = JSON.parse(text.split("\n")[1]);
    const worker = new Worker(`${root}suche/${ordner}/kern.js`);
    return async (query, count) => {
      const { answer } = await reply(worker, { number: 1, question: { text: query, count } });
      return answer.results.map(({ url }) => url);
    };
  },

  async material(root) {
    const data = await (await fetch(`${root}search/search_index.json`)).json();
    const worker = new Worker(`${root}assets/javascripts/workers/search.js`);
    data.options = { suggest: false };
    await reply(worker, { type: 0, data });
    return async (query, count) => {
      const { data: found } = await reply(worker, { type: 2, data: query });
      const urls = found.items.map((group) => group[0].location.split("#")[0]);
      return [...new Set(urls)].slice(0, count);
    };
  },

  async pagefind(root) {
    const pagefind = await import(`${root}pagefind/pagefind.js`);
    await pagefind.init();
    return async (query, count) => {
      const { results } = await pagefind.search(query);
      const pages = await Promise.all(results.slice(0, count).map((result) => result.data()));
      return pages.map(({ url }) => url.replace(/^.*?\/pagefind\//, "").replace(/^\//, ""));
    };
  },

  async minisearch(root) {
    await new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = `${root}minisearch.js`;
      script.onload = resolve;
      document.head.append(script);
    });
    const text = await (await fetch(`${root}index.json`)).text();
    const index = MiniSearch.loadJSON(text, { fields: ["title", "text"] });
    return async (query, count) => index.search(query, { prefix: true, fuzzy: 0.2 }).slice(0, count).map(({ id }) => id);
  },
};

function reply(worker, message) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = reject;
    worker.postMessage(message);
  });
}

globalThis.bench = {
  async start(folder) {
    bench.ask = await systems[folder](new URL(`${folder}/`, location.href).href);
  },
};
