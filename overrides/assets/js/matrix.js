// The cells of the matrix lead to the catalogue with both filters set; without this script to the page of the field.
const table = document.getElementById("matrix");
for (const link of table.querySelectorAll("a[data-query]")) link.href = `${table.dataset.target}?${link.dataset.query}`;
