// The reader's list: kept in this browser only after a click that says so, or carried in an address.

const NAME = "kreislaufstadt-merkliste";
export const KINDS = { beispiel: "beispiele", indikator: "indikatoren", rahmen: "rahmen", kontakt: "kontakte" };
const MOST = 200;
const NOTE = 2000;

const isId = (text) => typeof text === "string" && /^[a-z0-9][a-z0-9-]{0,119}$/.test(text);

/** Only what an entry of the list may be; anything else is left out. */
function sound(items) {
  const seen = new Set();
  const found = [];
  for (const item of Array.isArray(items) ? items : []) {
    const name = `${item?.kind}:${item?.id}`;
    if (!Object.hasOwn(KINDS, item?.kind ?? "") || !isId(item.id) || seen.has(name) || found.length === MOST) continue;
    seen.add(name);
    found.push({ kind: item.kind, id: item.id, note: String(item.note ?? "").slice(0, NOTE) });
  }
  return found;
}

/** The stored list; null if nothing was ever stored. */
export function stored() {
  try {
    const text = localStorage.getItem(NAME);
    return text === null ? null : sound(JSON.parse(text).items);
  } catch {
    return null;
  }
}

/** Store the list; false if the browser does not allow it. An empty list leaves nothing behind. */
export function store(items) {
  const kept = sound(items);
  try {
    if (kept.length) localStorage.setItem(NAME, JSON.stringify({ version: 1, items: kept }));
    else localStorage.removeItem(NAME);
    return true;
  } catch {
    return false;
  }
}

/** The list with the entry on it if it was not, without it if it was. */
export function toggled(items, { kind, id }) {
  const others = items.filter((item) => item.kind !== kind || item.id !== id);
  return others.length < items.length ? others : [...items, { kind, id }];
}

/** Two lists as one: the first in its order, then what only the second has; a note is kept from whichever has one. */
export function merged(one, two) {
  const notes = new Map(two.map(({ kind, id, note }) => [`${kind}:${id}`, note]));
  return sound([...one.map((item) => ({ ...item, note: item.note || notes.get(`${item.kind}:${item.id}`) })), ...two]);
}

export function forget() {
  try {
    localStorage.removeItem(NAME);
  } catch {
    // Nothing could have been stored either.
  }
}

/** The list in an address: `#liste=beispiel:a,indikator:b`; null if there is none. */
export function fromAddress(hash) {
  const text = new URLSearchParams(hash.replace(/^#/, "")).get("liste");
  if (text === null) return null;
  return sound(text.split(",").map((part) => ({ kind: part.split(":")[0], id: part.split(":")[1] })));
}

export const toAddress = (items) => `#liste=${items.map(({ kind, id }) => `${kind}:${id}`).join(",")}`;
