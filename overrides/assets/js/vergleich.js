// Comparison: two to four rows of the table of key facts become columns side by side.
// The choice stands in the address (?k=kiel&k=koeln), so a comparison can be linked.

const form = document.getElementById("vergleich-auswahl");
const result = document.getElementById("vergleich-ergebnis");
const report = document.getElementById("vergleich-stand");
const table = document.getElementById("eckdaten");

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const copy = (cell) => [...cell.cloneNode(true).childNodes];
const rowOf = (id) => table.querySelector(`tbody tr[data-kommune="${CSS.escape(id)}"]`);
const nameOf = (row) => row.cells[0].textContent.trim();

function listed(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} und ${names.at(-1)}`;
}

/** The row of one feature; values of different dates get a note that they cannot be compared directly. */
function featureRow(label, column, rows) {
  const dates = new Set(rows.map((row) => row.cells[column].dataset.stand).filter(Boolean));
  const differ = label === "Einwohnende" && dates.size > 1;
  const head = make("th", { scope: "row" }, label);
  if (differ) head.append(make("span", { class: "badge badge-warn compare-note" }, "verschiedene Stichtage"));
  const cells = rows.map((row) => make("td", { "data-label": nameOf(row) }, ...copy(row.cells[column])));
  return { differ, element: make("tr", {}, head, ...cells) };
}

function comparison(rows) {
  const labels = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const caption = make("caption", {}, `Vergleich: ${listed(rows.map(nameOf))}`);
  const heads = rows.map((row) => make("th", { scope: "col" }, ...copy(row.cells[0])));
  const features = labels.slice(1).map((label, index) => featureRow(label, index + 1, rows));
  const body = make("tbody", {}, ...features.map((feature) => feature.element));
  const head = make("thead", {}, make("tr", {}, make("td", {}), ...heads));
  return {
    differ: features.some((feature) => feature.differ),
    element: make("table", { class: "compare-table stacked" }, caption, head, body),
  };
}

function chosen() {
  const ids = [...form.querySelectorAll("select")].map((select) => select.value).filter(Boolean);
  return [...new Set(ids)];
}

function show({ unknown = [], beyond = [] } = {}) {
  const rows = chosen().map(rowOf).filter(Boolean);
  const words = unknown.length ? [`Nicht gefunden: ${unknown.join(", ")}.`] : [];
  if (beyond.length) words.push(`Mehr als vier Kommunen passen nicht nebeneinander. Nicht gezeigt: ${listed(beyond.map(rowOf).map(nameOf))}.`);
  result.hidden = rows.length < 2;
  if (rows.length < 2) {
    result.replaceChildren();
    words.push("Bitte mindestens zwei verschiedene Kommunen auswählen.");
  } else {
    const found = comparison(rows);
    const box = make("div", { class: "rahmen-scroll", role: "region", tabindex: "0", "aria-label": "Tabelle: Vergleich" }, found.element);
    result.replaceChildren(box);
    words.push(`Verglichen werden ${listed(rows.map(nameOf))}.`);
    if (found.differ) words.push("Die Einwohnerzahlen haben verschiedene Stichtage.");
  }
  report.textContent = words.join(" ");
}

/** Put the choice of the address into the form; what is not known or more than there are fields is given back. */
function readAddress() {
  const asked = [...new Set(new URLSearchParams(location.search).getAll("k"))];
  const known = asked.filter(rowOf);
  const selects = [...form.querySelectorAll("select")];
  selects.forEach((select, index) => {
    select.value = known[index] ?? "";
  });
  return { unknown: asked.filter((id) => !rowOf(id)), beyond: known.slice(selects.length) };
}

function writeAddress() {
  const query = new URLSearchParams(chosen().map((id) => ["k", id]));
  history.pushState(null, "", query.size ? `?${query}` : location.pathname);
}

if (form && table) {
  form.addEventListener("change", () => {
    writeAddress();
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("popstate", () => show(readAddress()));
  form.hidden = false;
  document.getElementById("alle-eckdaten").open = Boolean(document.querySelector("#alle-eckdaten :target"));
  show(readAddress());
}
