// <time data-clock data-ends="iso" data-now="iso" [data-paused="seconds"]>: counts by the server's clock.
// At zero it turns and counts up; it rings when asked to, and it never closes or moves anything.
import { say } from "./announce.js";
import { find } from "./find.js";
import { word } from "./words.js";

const BELL = "scoperoom:bell";
// a host hears it unless they turned it off, everybody else when they turned it on
const bell = () => localStorage.getItem(BELL) ?? (document.body.dataset.room === "console" ? "on" : "off");
const clocks = new Set();
let ticking = 0;

const shown = (seconds) => {
  const whole = Math.abs(Math.round(seconds));
  const text = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  return seconds < -0.5 ? `+${text}` : text;
};

function draw(clock) {
  const paused = clock.dataset.paused;
  const stopped = paused !== undefined && paused !== "";
  const left = stopped ? Number(paused) : (Date.parse(clock.dataset.ends) - Date.now() - clock.shift) / 1000;
  if (Number.isNaN(left)) return;
  const text = shown(left);
  if (clock.textContent !== text) clock.textContent = text;
  const over = left < -0.5;
  if (over && clock.running) ring();
  clock.running = !over && !stopped;
  clock.toggleAttribute("data-over", over);
  clock.toggleAttribute("data-stopped", stopped);
}

function ring() {
  say(word("up"));
  document.body.dispatchEvent(new CustomEvent("clock:up"));
  if (bell() !== "on") return;
  const audio = new AudioContext();
  [0, 0.35].forEach((at) => {
    const tone = audio.createOscillator();
    const loud = audio.createGain();
    tone.frequency.value = 660;
    loud.gain.setValueAtTime(0.15, audio.currentTime + at);
    loud.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + at + 0.9);
    tone.connect(loud).connect(audio.destination);
    tone.start(audio.currentTime + at);
    tone.stop(audio.currentTime + at + 1);
  });
}

function tick() {
  clocks.forEach((clock) => (clock.isConnected ? draw(clock) : clocks.delete(clock)));
  if (!clocks.size) { clearInterval(ticking); ticking = 0; }
}

export function start(root) {
  find(root, "[data-clock]").forEach((clock) => {
    // the server's clock, as it was when this was drawn; a phone's own may be minutes off
    clock.shift = clock.dataset.now ? Date.parse(clock.dataset.now) - Date.now() : 0;
    clock.running = false;
    clocks.add(clock);
    draw(clock);
  });
  find(root, "[data-bell]").forEach((button) => button.setAttribute("aria-pressed", bell() === "on"));
  if (clocks.size && !ticking) ticking = setInterval(tick, 250);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-bell]");
  if (!button) return;
  const on = bell() !== "on";
  localStorage.setItem(BELL, on ? "on" : "off");
  button.setAttribute("aria-pressed", on);
});
document.addEventListener("visibilitychange", () => document.hidden || tick());
