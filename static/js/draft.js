// What is typed is kept on the device until the server has it: a closed tab or a lost network takes nothing.
// Every tab has a draft of its own. One that its tab has left, or has not touched for long, is taken over by the next.
import { client } from "./client.js";

const SILENT_MS = 90_000;
const BEAT_MS = 20_000;
const ahead = (name) => `scoperoom:draft:${name}:`;
const mine = (name) => ahead(name) + client;
const held = new Map();
// A page that is being left runs on for a moment: what it writes then must not call the draft its own again.
let gone = false;
addEventListener("pageshow", () => { gone = false; });

function read(place) {
  try { return JSON.parse(localStorage.getItem(place)); } catch { return null; }
}

function write(place, draft) {
  try { localStorage.setItem(place, JSON.stringify(draft)); return true; } catch { return false; }
}

// False when the device keeps nothing: the field itself is then the only copy.
export function keep(name, draft) {
  held.set(name, draft);
  return write(mine(name), { ...draft, at: Date.now(), left: gone });
}

export function drop(name, place = mine(name)) {
  held.delete(name);
  try { localStorage.removeItem(place); } catch { /* nothing was kept */ }
}

// The tab goes: whoever opens this section next sends what is left.
export function release(name) {
  gone = true;
  if (held.has(name)) keep(name, held.get(name));
}

// Drafts that no tab looks after any more, the newest last.
export function orphans(name) {
  let places = [];
  try { places = Object.keys(localStorage).filter((place) => place.startsWith(ahead(name)) && place !== mine(name)); } catch { /* forbidden */ }
  return places.map((place) => ({ place, draft: read(place) }))
    .filter(({ draft }) => draft && (draft.left || Date.now() - draft.at > SILENT_MS))
    .sort((one, other) => one.draft.at - other.draft.at);
}

export const claim = (place, draft) => write(place, { ...draft, at: Date.now(), left: false });
export const giveBack = (place, draft) => write(place, { ...draft, at: Date.now(), left: true });

setInterval(() => held.forEach((draft, name) => keep(name, draft)), BEAT_MS);
