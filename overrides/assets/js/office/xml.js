// Writing XML for office documents.

// Signs that XML 1.0 does not allow would make a document unreadable.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

export const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export function escape(text) {
  return String(text).replace(FORBIDDEN, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
