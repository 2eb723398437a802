// Files of the index: fetched on the website, added as scripts where there is no server (file://).
// Each file is one call, kreislaufsuche("name", …), with the data on the lines between.

const waiting = new Map();
const loaded = new Map();

export function openFiles(folder) {
  const read = folder.startsWith("file:") ? addScript : fetchData;
  return (name) => {
    if (!loaded.has(name)) {
      loaded.set(name, read(folder, name));
      loaded.get(name).catch(() => loaded.delete(name));
    }
    return loaded.get(name);
  };
}

async function fetchData(folder, name) {
  const answer = await fetch(`${folder}${name}.js`);
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  const text = await answer.text();
  return JSON.parse(text.slice(text.indexOf("\n") + 1, text.lastIndexOf("\n);")));
}

function addScript(folder, name) {
  return new Promise((resolve, reject) => {
    waiting.set(name, resolve);
    const script = document.createElement("script");
    script.src = `${folder}${name}.js`;
    script.onerror = () => reject(new Error(name));
    document.head.append(script);
  });
}

export function receive(name, data) {
  waiting.get(name)?.(data);
}
