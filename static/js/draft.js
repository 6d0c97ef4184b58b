// What is typed is kept on the device until the server has it: a closed tab or a lost network takes nothing.
const place = (name) => `scoperoom:draft:${name}`;

export const keep = (name, draft) => {
  try { localStorage.setItem(place(name), JSON.stringify(draft)); } catch { /* a full or forbidden store: the field itself still has it */ }
};

export const drop = (name) => {
  try { localStorage.removeItem(place(name)); } catch { /* nothing was kept */ }
};

export const kept = (name) => {
  try { return JSON.parse(localStorage.getItem(place(name))); } catch { return null; }
};
