// The profile of a self-check as a drawing and as a table.

import { make } from "./office/html.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 640;
const LABEL = 190;
const ROW = 44;
const BAR = 14;

/** Rows of the present state, and of an earlier one { name, rows } if there is one. */
export function profile(rows, earlier) {
  return [figure(rows, earlier), table(rows, earlier), ...caution(rows, earlier)];
}

/** Shares of different statements are not the same measure: the reader is told where that is so. */
function caution(rows, earlier) {
  const unlike = rows.filter(({ answered }, at) => String(answered) !== String(earlier?.rows[at]?.answered ?? answered));
  if (!unlike.length) return [];
  const names = unlike.map(({ name }) => name).join(", ");
  return [make("p", { class: "notice" }, `Nicht dieselben Aussagen beantwortet: ${names}. Dort kommt die Veränderung auch von den Aussagen, nicht nur vom Fortschritt.`)];
}

const percent = (share) => (share === null ? "keine Angabe" : `${Math.round(share * 100)} %`);

function draw(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function figure(rows, earlier) {
  const height = rows.length * ROW + 24;
  const width = WIDTH - LABEL;
  const marks = [0, 0.25, 0.5, 0.75, 1].map((share) => draw("line", { class: "profil-linie", x1: LABEL + share * width, x2: LABEL + share * width, y1: 0, y2: height - 20 }));
  const words = [["0 %", LABEL, "start"], ["50 %", LABEL + width / 2, "middle"], ["100 %", WIDTH, "end"]].map(([text, x, anchor]) => draw("text", { class: "profil-zahl", x, y: height - 4, "text-anchor": anchor }, text));
  const bars = rows.flatMap(({ name, share }, at) => {
    const y = at * ROW + 8;
    const before = earlier?.rows[at]?.share ?? null;
    return [draw("text", { class: "profil-name", x: 0, y: y + BAR }, name), bar(share, y, "profil-balken", width), ...(earlier ? [bar(before, y + BAR + 3, "profil-frueher", width)] : [])].filter(Boolean);
  });
  const name = earlier ? `Profil je Komponente, jetzt und ${earlier.name}; die Werte stehen in der Tabelle darunter` : "Profil je Komponente; die Werte stehen in der Tabelle darunter";
  return make("figure", { class: "profil" }, draw("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": name }, ...marks, ...bars, ...words), earlier ? make("figcaption", { class: "soft" }, `Dunkel: jetzt. Hell: ${earlier.name}.`) : null);
}

const bar = (share, y, name, width) => (share === null ? null : draw("rect", { class: name, x: LABEL, y, width: Math.max(2, share * width), height: BAR }));

function table(rows, earlier) {
  const head = ["Komponente", "Erreicht", ...(earlier ? [earlier.name, "Veränderung"] : []), "Beantwortet"];
  const cells = rows.map(({ name, share, answered, all }, at) => {
    const before = earlier?.rows[at]?.share ?? null;
    const change = share === null || before === null ? "keine Angabe" : `${share >= before ? "+" : "−"}${Math.abs(Math.round((share - before) * 100))} Punkte`;
    const count = earlier ? `${answered.length} von ${all}, früher ${earlier.rows[at]?.answered.length ?? 0}` : `${answered.length} von ${all}`;
    return make("tr", {}, make("th", { scope: "row" }, name), ...[percent(share), ...(earlier ? [percent(before), change] : []), count].map((text) => make("td", {}, text)));
  });
  const first = make("tr", {}, ...head.map((text) => make("th", { scope: "col" }, text)));
  return make("div", { class: "rahmen-scroll", tabindex: "0", role: "region", "aria-label": "Profil als Tabelle" }, make("table", {}, make("caption", {}, "Anteil der erreichbaren Stufen"), make("thead", {}, first), make("tbody", {}, ...cells)));
}
