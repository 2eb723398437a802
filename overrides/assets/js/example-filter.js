// Filtering without a page: which examples match, and how many would match with one value more.
// OR inside a facet, AND between facets; the counts of a facet leave its own choice out.

/** Make the data file ready for filtering: flat columns of numbers, and the orders. Rows and places come in German order. */
export function prepare(data) {
  const rows = data.zeilen;
  const facets = Object.keys(data.werte);
  const status = facets.indexOf("status");
  return {
    facets,
    values: facets.map((facet) => data.werte[facet]),
    size: rows.length,
    columns: facets.map((_, facet) => makeColumn(rows, facet)),
    orders: {
      kommune: makeOrder(rows, (row) => row[2]),
      neueste: makeOrder(rows, (row) => -Number(row[3].replaceAll("-", "").padEnd(8, "0"))),
      ergebnisse: makeOrder(rows, (row) => -row[4]),
    },
    /** The id of the municipality of an example. */
    placeOf: (number) => data.orte[rows[number][2]][2],
    /** One example by name. */
    row(number) {
      const [id, title, place, since, results, values, short] = rows[number];
      const [name, area] = data.orte[place];
      return { id, title, place: name, area, since, results, status: data.werte.status[values[status][0]], short };
    },
  };
}

/** The values of one facet, row after row; those of row n stand from starts[n] to starts[n + 1]. */
function makeColumn(rows, facet) {
  const starts = new Uint32Array(rows.length + 1);
  rows.forEach((row, number) => (starts[number + 1] = starts[number] + row[5][facet].length));
  const values = new Uint16Array(starts[rows.length]);
  rows.forEach((row, number) => values.set(row[5][facet], starts[number]));
  return { starts, values };
}

/** The place of every row when rows are in the order of a key; equal keys keep the order of titles. */
function makeOrder(rows, key) {
  const sorted = Float64Array.from(rows, (row, number) => key(row) * rows.length + number).sort();
  const places = new Uint32Array(rows.length);
  sorted.forEach((value, place) => (places[((value % rows.length) + rows.length) % rows.length] = place));
  return places;
}

/** Bring numbers of examples into an order; without a known one they are in the order of titles. */
export function sortMatches(catalogue, numbers, name) {
  const order = catalogue.orders[name];
  if (order) numbers.sort((one, other) => order[one] - order[other]);
}

/** The numbers of the matching examples, and for every facet the count of every value. */
export function countMatches(catalogue, chosen) {
  const { facets, columns, values, size } = catalogue;
  const wanted = facets.map((facet, number) => flagsOf(values[number], chosen[facet]));
  const counts = values.map((known) => new Uint32Array(known.length));
  const matches = [];
  for (let number = 0; number < size; number += 1) {
    const missed = missedFacet(wanted, columns, number);
    if (missed === NONE) {
      matches.push(number);
      for (let facet = 0; facet < columns.length; facet += 1) countRow(columns[facet], counts[facet], number);
    } else if (missed !== SEVERAL) {
      countRow(columns[missed], counts[missed], number);
    }
  }
  return { matches, counts };
}

const NONE = -1;
const SEVERAL = -2;

function flagsOf(known, ids) {
  if (!ids) return null;
  return Uint8Array.from(known, (id) => Number(ids.has(id)));
}

/** The one facet whose choice an example misses, or that there is none or more than one. */
function missedFacet(wanted, columns, number) {
  let missed = NONE;
  for (let facet = 0; facet < wanted.length; facet += 1) {
    if (wanted[facet] && !hasOne(columns[facet], wanted[facet], number)) {
      if (missed !== NONE) return SEVERAL;
      missed = facet;
    }
  }
  return missed;
}

function hasOne(column, flags, number) {
  for (let index = column.starts[number]; index < column.starts[number + 1]; index += 1) {
    if (flags[column.values[index]]) return true;
  }
  return false;
}

function countRow(column, counts, number) {
  for (let index = column.starts[number]; index < column.starts[number + 1]; index += 1) counts[column.values[index]] += 1;
}
