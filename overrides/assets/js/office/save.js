// Hands a finished file to the reader: a download, nothing leaves the device.

export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A file name from a title: ASCII, short, with a day. */
export function fileName(title, ending, day = new Date()) {
  const words = title.toLowerCase().replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue").replaceAll("ß", "ss");
  const name = words.normalize("NFD").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "kreislaufstadt";
  return `${name}-${day.toLocaleDateString("sv-SE")}.${ending}`;
}
