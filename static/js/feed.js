// Where messages come from: an EventSource, and polling while there has been none for a while.
const FIRST_WAIT_MS = 800;
const LONGEST_WAIT_MS = 20000;
const PATIENCE_MS = 15000;
// Where no stream has ever opened, something on the way may not let any through.
const FIRST_PATIENCE_MS = 4000;
const POLL_MS = 4000;
const BLIND_MS = 8000;

// Two hundred browsers that lost the same server must not come back in the same second.
const apart = (ms) => ms * (0.5 + Math.random());

// What is long comes packed, once for everybody. Who cannot unpack it asks, as without it.
async function unpack({ packed, ...message }) {
  try {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const html = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
    return { ...message, html };
  } catch {
    return message;
  }
}

export class Feed {
  #stream; #to; #source = null; #wait = FIRST_WAIT_MS; #timers = {}; #pollDue = false; #wanted = false; #asking = null; #opened = false; #blind = false; #line = null;

  constructor(stream, to) {
    this.#stream = stream;
    this.#to = to;
  }

  open() {
    this.#wanted = true;
    this.#connect();
    this.#pollIn(this.#opened ? PATIENCE_MS : FIRST_PATIENCE_MS);
  }

  get isOpen() { return this.#source?.readyState === EventSource.OPEN; }

  close() {
    this.#wanted = false;
    this.#drop();
    Object.values(this.#timers).forEach(clearTimeout);
    this.#wait = FIRST_WAIT_MS;
    this.#pollDue = false;
  }

  retry() {
    if (!this.#wanted) return;
    this.catchUp().then((reached) => reached && this.isOpen && this.#to.state("live"));
    if (this.isOpen) return;
    this.#wait = FIRST_WAIT_MS;
    this.#connect();
  }

  // Whether the server answers at all: something on the way may block what is live and nothing else.
  async reached() {
    this.#blind = false;
    if (await this.catchUp()) return true;
    try {
      this.#blind = (await fetch("/livez", { cache: "no-store" })).ok;
    } catch { /* not there */ }
    return this.#blind;
  }

  // One question for what was missed. Answers whether the server could be reached.
  async catchUp() {
    this.#asking ??= this.#ask().finally(() => { this.#asking = null; });
    return this.#asking;
  }

  #address(path) {
    const query = new URLSearchParams({ stream: this.#stream });
    const since = this.#to.position();
    if (since !== null) query.set("since", since);
    return `${path}?${query}`;
  }

  #connect() {
    this.#drop();
    const source = new EventSource(this.#address("/live/"));
    this.#source = source;
    source.onopen = () => {
      this.#wait = FIRST_WAIT_MS;
      this.#opened = true;
      clearTimeout(this.#timers.poll);
      this.#pollDue = false;
      this.#to.state("live");
    };
    source.onmessage = ({ data }) => this.#hear(JSON.parse(data));
    source.addEventListener("gone", () => this.#to.gone());
    source.onerror = () => {
      // the browser's own retry knows neither back-off nor jitter
      this.#drop();
      if (!this.#wanted) return;
      this.#after("connect", apart(this.#wait), () => this.#connect());
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
      if (!this.#pollDue) this.#pollIn(this.#opened ? PATIENCE_MS : FIRST_PATIENCE_MS);
    };
  }

  // In order: what comes while something is being unpacked waits behind it.
  #hear(message) {
    if (!message.packed && !this.#line) { this.#to.message(message); return; }
    const mine = (this.#line ?? Promise.resolve()).catch(() => {}).then(async () => {
      this.#to.message(message.packed ? await unpack(message) : message);
    }).finally(() => { if (this.#line === mine) this.#line = null; });
    this.#line = mine;
  }

  #drop() {
    this.#source?.close();
    this.#source = null;
  }

  async #poll() {
    this.#pollDue = false;
    if (!this.#wanted || this.isOpen) return;
    const reached = await this.reached();
    if (!this.#wanted || this.isOpen) return;
    this.#to.state(reached ? "polling" : "offline");
    if (this.#blind) this.#to.blind();
    this.#pollIn(apart(this.#blind ? BLIND_MS : POLL_MS));
  }

  #pollIn(ms) {
    this.#pollDue = true;
    this.#after("poll", ms, () => this.#poll());
  }

  async #ask() {
    try {
      const answer = await fetch(this.#address("/live/poll/"), { credentials: "same-origin", cache: "no-store" });
      if (answer.status === 403) { this.#to.gone(); return true; }
      if (!answer.ok) return false;
      const { seq, messages } = await answer.json();
      messages.forEach((message) => this.#to.message(message));
      this.#to.moved(seq);
      return true;
    } catch {
      return false;
    }
  }

  #after(name, ms, then) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = setTimeout(then, ms);
  }
}
