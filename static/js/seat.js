// Somebody's own screen in the room: what cannot be sent is kept, and what everybody sees alike comes with its message.
import "./room.js";
import "./outbox.js";
import "./pushed.js";
import "./dots.js";
