// The host's screen.
import "./plan.js";
import "./saved.js";
import "./table.js";
