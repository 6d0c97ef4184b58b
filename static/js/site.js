// The loader: every behaviour is a small module that finds its elements by data-attributes.
// `start(root)` runs on the page and again on everything htmx brings in.
import * as announce from "./announce.js";
import * as clock from "./clock.js";
import * as code from "./code.js";
import * as fields from "./fields.js";
import * as passing from "./passing.js";
import * as theme from "./theme.js";
import * as unfinished from "./unfinished.js";
import * as wide from "./wide.js";
import * as zone from "./zone.js";
import "./confirm.js";
import "./copy.js";
import "./dialogs.js";
import "./focus.js";
import "./live.js";
import "./regions.js";
import "./search.js";
import "./shortcuts.js";
import "./toast.js";

const behaviours = [announce, clock, code, fields, passing, theme, unfinished, wide, zone];
const start = (root) => behaviours.forEach((behaviour) => behaviour.start(root));

start(document.body);
document.body.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) start(event.target);
});
if (document.querySelector("[data-threads]")) import("./threads.js");
if (document.querySelector("[data-notes]")) import("./margin.js");
if (document.querySelector("[data-present]")) import("./presence.js");
