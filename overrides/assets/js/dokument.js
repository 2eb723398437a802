// The text of a page as a document for an office program.

import { save, fileName } from "./office/save.js";

const panel = document.querySelector("[data-dokumente]");

const WRITERS = {
  docx: async (content) => (await import("./office/docx.js")).writeDocx(content),
  odt: async (content) => (await import("./office/odt.js")).writeOdt(content),
};

async function download(ending) {
  const { documentOf } = await import("./office/page.js");
  const parts = ["main .vorlage-hinweis", "main .prose", "main .vorlage-quellen"].map((name) => document.querySelector(name)).filter(Boolean);
  const content = documentOf(document.querySelector("main h1"), parts, { name: panel.dataset.name, address: panel.dataset.adresse });
  save(await WRITERS[ending](content), fileName(content.title, ending));
  panel.querySelector("[role=status]").textContent = `Die Datei (.${ending}) liegt bei Ihren Downloads.`;
}

for (const button of panel.querySelectorAll("button[data-dokument]")) button.addEventListener("click", () => download(button.dataset.dokument));
panel.hidden = false;
