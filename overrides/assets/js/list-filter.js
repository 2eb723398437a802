// Filter of a list that stands on its page: hides entries, keeps the choice in the address, tells the number.
// Entries carry data-filter-NAME with one or more values; groups without entries are hidden too.

for (const form of document.querySelectorAll(".list-filter")) {
  const box = document.getElementById(form.dataset.target);
  const fields = [...form.querySelectorAll("select")];
  const names = fields.map((field) => `filter${field.name[0].toUpperCase()}${field.name.slice(1)}`);
  const entries = [...box.querySelectorAll("li")].filter((entry) => names.some((name) => name in entry.dataset));
  const status = form.querySelector(".list-filter-count");

  function matches(entry) {
    return fields.every((field, number) => !field.value || (entry.dataset[names[number]] ?? "").split(" ").includes(field.value));
  }

  function show() {
    let count = 0;
    for (const entry of entries) {
      entry.hidden = !matches(entry);
      count += Number(!entry.hidden);
    }
    for (const group of box.querySelectorAll("[data-filter-group]")) {
      group.hidden = !entries.some((entry) => !entry.hidden && group.contains(entry)) && !group.querySelector("#heute");
    }
    const chosen = fields.some((field) => field.value);
    form.classList.toggle("is-filtered", chosen);
    status.textContent = chosen ? `${count} von ${entries.length} ${form.dataset.noun}` : `${entries.length} ${form.dataset.noun}`;
  }

  function read() {
    const query = new URLSearchParams(location.search);
    for (const field of fields) {
      const value = query.get(field.name) ?? "";
      field.value = [...field.options].some((option) => option.value === value) ? value : "";
    }
    show();
  }

  function write() {
    const query = new URLSearchParams(fields.filter((field) => field.value).map((field) => [field.name, field.value]));
    history.pushState(null, "", `${query.size ? `?${query}` : location.pathname}`);
    show();
  }

  form.addEventListener("change", write);
  form.addEventListener("reset", () => setTimeout(write));
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("popstate", read);
  read();
}
