// Own values as a line, reference values as marks in their year or as a level.

import { make } from "./office/html.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 640;
const HEIGHT = 280;
const LEFT = 70;
const BOTTOM = 30;
const TOP = 16;

function draw(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** own = [{ year, value }], known = [{ gebiet, jahr, number }] in the same unit, others = names of those in another; `german` writes a number. */
export function chart({ own, known, others, unit, german }) {
  const marks = known.map((value) => ({ name: value.gebiet, year: /^\d{4}$/.test(value.jahr ?? "") ? Number(value.jahr) : null, value: value.number }));
  const years = [...own, ...marks].map(({ year }) => year).filter((year) => year !== null);
  const values = [...own, ...marks].map(({ value }) => value);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const [low, high] = [Math.min(0, ...values), Math.max(...values, 0) || 1];
  const x = (year) => LEFT + (last === first ? 0.5 : (year - first) / (last - first)) * (WIDTH - LEFT - 24);
  const y = (value) => HEIGHT - BOTTOM - ((value - low) / (high - low)) * (HEIGHT - BOTTOM - TOP);
  const lines = [low, (low + high) / 2, high].flatMap((value) => [draw("line", { class: "bild-linie", x1: LEFT, x2: WIDTH, y1: y(value), y2: y(value) }), draw("text", { class: "bild-zahl", x: LEFT - 8, y: y(value) + 4, "text-anchor": "end" }, german(Math.round(value * 100) / 100))]);
  const names = [...new Set(years.length ? [first, last] : [])].map((year) => draw("text", { class: "bild-zahl", x: x(year), y: HEIGHT - 8, "text-anchor": "middle" }, String(year)));
  const path = own.length > 1 ? [draw("polyline", { class: "bild-eigen", points: own.map((point) => `${x(point.year)},${y(point.value)}`).join(" ") })] : [];
  const points = own.map((point) => draw("circle", { class: "bild-punkt", cx: x(point.year), cy: y(point.value), r: 5 }));
  const drawn = marks.flatMap((mark, at) => (mark.year === null ? [draw("line", { class: "bild-ziel", x1: LEFT, x2: WIDTH, y1: y(mark.value), y2: y(mark.value) })] : [diamond(x(mark.year), y(mark.value))]).concat(label(mark, at, x, y)));
  const text = `Verlauf der eigenen Werte und Vergleichswerte in ${unit}; alle Werte stehen in der Tabelle darunter`;
  const left = others.length ? ` Nicht im Bild, weil in anderer Einheit oder keine einzelne Zahl: ${others.join("; ")}.` : "";
  const caption = make("figcaption", { class: "soft" }, `Linie mit Punkten: eigene Werte. Rauten und gestrichelte Linien: Vergleichswerte. Einheit: ${unit}.${left}`);
  return make("figure", { class: "profil" }, draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": text }, ...lines, ...names, ...drawn, ...path, ...points), caption);
}

const diamond = (cx, cy) => draw("path", { class: "bild-raute", d: `M${cx} ${cy - 6}L${cx + 6} ${cy}L${cx} ${cy + 6}L${cx - 6} ${cy}Z` });

function label(mark, at, x, y) {
  const right = mark.year !== null && x(mark.year) > WIDTH / 2;
  const place = mark.year === null ? LEFT + 6 : x(mark.year) + (right ? -10 : 10);
  return draw("text", { class: "bild-name", x: place, y: y(mark.value) + (at % 2 ? 16 : -6), "text-anchor": right ? "end" : "start" }, mark.name);
}
