// The only script of the search on every page: it waits. Nothing else is loaded before the
// first use: focus in a search field, the key "/", or a search address with ?q=.
"use strict";
(() => {
  const root = new URL("../../", document.currentScript.src).href;
  const fields = Array.from(document.querySelectorAll("input[data-suche]"));
  let started = false;

  function add(address) {
    const script = document.createElement("script");
    script.src = address;
    document.head.append(script);
  }

  function start() {
    if (started) return;
    started = true;
    globalThis.kreislaufsuche = (_, { ordner }) => add(`${root}suche/${ordner}/oberflaeche.js`);
    add(`${root}suche/verzeichnis.js`);
  }

  function isTyping(target) {
    return target.closest("input, textarea, select, [contenteditable]") !== null;
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !fields.length) return;
    event.preventDefault();
    const field = fields.find(({ id }) => id === "suche-q") ?? fields[0];
    field.focus();
    field.select();
  });
  for (const field of fields) {
    field.addEventListener("focus", start);
    if (root.startsWith("file:") && field.form?.action.endsWith("/")) field.form.action += "index.html";
    if (field === document.activeElement) start();
  }
  const asked = new URLSearchParams(location.search).get("q");
  if (document.getElementById("suche-q") && asked) start();
})();
