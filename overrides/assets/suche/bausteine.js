// Small builders for the search's HTML; text only ever enters as text.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

export function marked(segments) {
  return segments.map(([text, isHit]) => (isHit ? element("mark", {}, text) : text));
}

export function button(text, action) {
  const made = element("button", { type: "button", class: "textknopf" }, text);
  made.addEventListener("click", action);
  return made;
}

export function address(root, url, anchor = "") {
  const page = root.startsWith("file:") && (url === "" || url.endsWith("/")) ? `${url}index.html` : url;
  return `${root}${page}${anchor ? `#${encodeURIComponent(anchor)}` : ""}`;
}

export function quoted(words) {
  return words.map((word) => `„${word}“`).join(", ");
}
