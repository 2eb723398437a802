// The search as readers see it: suggestions at the field in the header, results on the search page.

import { element } from "./bausteine.js";
import { openPage } from "./seite.js";
import { openSuggestions } from "./vorschlag.js";
import { Connection } from "./verbindung.js";

const folder = new URL(".", document.currentScript.src).href;
const connection = new Connection(folder);
const root = new URL("../../", folder).href;

if (document.getElementById("suche-q")) openPage(connection, root);
const fields = document.querySelectorAll("input[data-suche=kopf]");
if (fields.length) document.head.append(element("link", { rel: "stylesheet", href: `${root}assets/css/vorschlaege.css` }));
for (const field of fields) openSuggestions(field, connection, root);
