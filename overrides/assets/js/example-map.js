// The map of the municipalities, fetched from their page when it is first asked for; only places with matching examples stay.

let drawing = null;

async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const figure = document.importNode(page.getElementById("karte"), true);
  const base = new URL(address, location.href);
  for (const link of figure.querySelectorAll("a")) {
    const target = link.getAttribute("href");
    if (!target.startsWith("#")) link.setAttribute("href", new URL(target, base).href);
  }
  return figure;
}

/** The id of the municipality that a link leads to. */
function placeOf(link) {
  return link.getAttribute("href").replace(/index\.html$/, "").split("/").at(-2);
}

function placesOf(mark) {
  const target = mark.getAttribute("href");
  if (!target.startsWith("#")) return [placeOf(mark)];
  return [...drawing.querySelector(target).querySelectorAll("a")].map(placeOf);
}

/** Draw the map into a box; counts holds the number of matching examples by municipality. */
export async function drawMap(box, counts) {
  drawing ??= await load(box.dataset.source);
  const drawn = new Set();
  for (const mark of drawing.querySelectorAll(".map-marks a")) {
    const places = placesOf(mark).filter((place) => counts.has(place));
    const total = places.reduce((sum, place) => sum + counts.get(place), 0);
    mark.dataset.name ??= mark.getAttribute("aria-label");
    mark.setAttribute("aria-label", `${mark.dataset.name}: ${total} ${total === 1 ? "Beispiel" : "Beispiele"}`);
    mark.toggleAttribute("hidden", !total);
    const number = mark.querySelector(".map-count");
    if (number) number.textContent = places.length;
    for (const place of places) drawn.add(place);
  }
  for (const group of drawing.querySelectorAll(".map-groups li")) {
    const links = [...group.querySelectorAll("a")];
    const matching = links.filter((link) => counts.has(placeOf(link)));
    group.hidden = !matching.length;
    group.querySelector(".map-number").textContent = matching.length;
    for (const link of links) {
      link.dataset.name ??= link.textContent;
      link.textContent = `${link.dataset.name} (${counts.get(placeOf(link)) ?? 0})`;
    }
  }
  const outside = [...counts].filter(([place]) => !drawn.has(place)).reduce((sum, [, count]) => sum + count, 0);
  const words = `Auf der Karte: ${drawn.size} ${drawn.size === 1 ? "Kommune" : "Kommunen"} mit passenden Beispielen.`;
  box.querySelector("p").textContent = outside ? `${words} ${outside} weitere Beispiele liegen außerhalb der Karte; sie stehen in der Liste.` : words;
  if (!drawing.isConnected) box.append(drawing);
}
