// The page's way to the search: a worker on the website, the same code in the page for file://.

export class Connection {
  constructor(folder) {
    this.folder = folder;
    this.pending = new Map();
    this.last = 0;
    this.ready = folder.startsWith("file:") ? this.addScript() : this.startWorker();
  }

  addScript() {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${this.folder}kern.js`;
      script.onload = () => resolve((question) => globalThis.kreislaufsucheKern(this.folder, question));
      script.onerror = () => reject(new Error("kern"));
      document.head.append(script);
    });
  }

  async startWorker() {
    const worker = new Worker(`${this.folder}kern.js`);
    worker.onmessage = ({ data }) => this.settle(data);
    worker.onerror = () => this.failAll();
    return (question) =>
      new Promise((resolve, reject) => {
        this.last += 1;
        this.pending.set(this.last, { resolve, reject });
        worker.postMessage({ number: this.last, question });
      });
  }

  settle({ number, answer, error }) {
    const { resolve, reject } = this.pending.get(number) ?? {};
    this.pending.delete(number);
    if (error) reject?.(new Error(error));
    else resolve?.(answer);
  }

  failAll() {
    for (const { reject } of this.pending.values()) reject(new Error("worker"));
    this.pending.clear();
  }

  async ask(question) {
    return (await this.ready)(question);
  }
}
