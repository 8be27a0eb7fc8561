// Designing on the picture: select, move, scale and turn by pointer or keys. The server lays out; here its nodes only
// follow the hand, and one request on release brings the truth. Everything is sent as a button's `take`.
const form = () => document.getElementById("design");
const hosts = () => [...document.querySelectorAll(".on")];
const SVG = "http://www.w3.org/2000/svg";
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const GROWS = ["size", "width", "fit", "arc", "spacing", "outline", "plate"];
// No further than such a share of an area, however small it is shown.
const SNAPS = 0.04;
let selected = 0;
let drag = null;
let pending = null;
let dragged = false;

// Where millimetres of a print area show, from the grid the server sends, and back again.
function surface(guides) {
  const [columns, rows, left, right, ...places] = guides.querySelector(".grid").textContent.split(" ").map(Number);
  const [width, height, safe] = guides.dataset.sheet.split(" ").map(Number);
  const node = (c, r) => { const i = 2 * (r * columns + c); return [places[i], places[i + 1]]; };
  const at = (x, y) => {
    const u = ((x - left) / (right - left)) * (columns - 1);
    const v = (y / height) * (rows - 1);
    const c = Math.min(Math.max(Math.floor(u), 0), columns - 2);
    const r = Math.min(Math.max(Math.floor(v), 0), rows - 2);
    const [p, q] = [u - c, v - r];
    return [0, 1].map((k) => (1 - p) * (1 - q) * node(c, r)[k] + p * (1 - q) * node(c + 1, r)[k]
      + (1 - p) * q * node(c, r + 1)[k] + p * q * node(c + 1, r + 1)[k]);
  };
  const slopes = (x, y) => {
    const [[a, b], [c, d], [e, f]] = [at(x, y), at(x + 0.5, y), at(x, y + 0.5)];
    return [2 * (c - a), 2 * (d - b), 2 * (e - a), 2 * (f - b)];
  };
  const toScreen = (x, y) => {
    const [u, v] = at(x, y);
    const point = new DOMPoint(u, v).matrixTransform(guides.getScreenCTM());
    return [point.x, point.y];
  };
  const toMm = (clientX, clientY) => {
    const point = new DOMPoint(clientX, clientY).matrixTransform(guides.getScreenCTM().inverse());
    let [x, y] = [(left + right) / 2, height / 2];
    for (let round = 0; round < 20; round += 1) {
      const [u, v] = at(x, y);
      const [a, b, c, d] = slopes(x, y);
      const whole = a * d - b * c || 1e-9;
      x = Math.min(Math.max(x + (d * (point.x - u) - c * (point.y - v)) / whole, left), right);
      y += (a * (point.y - v) - b * (point.x - u)) / whole;
    }
    return [x, y];
  };
  const pixel = () => Math.hypot(...[0, 1].map((k) => toScreen((left + right) / 2 + 1, height / 2)[k] - toScreen((left + right) / 2, height / 2)[k]));
  return { guides, width, height, safe, at, slopes, toScreen, toMm, pixel };
}

// What is known of an element: its frame, its fields (the form's own, or those of the ready design).
const frames = (number) => [...document.querySelectorAll(`.on .frame[data-element="${number}"]`)];
const loosen = () => document.getElementById("loosen")?.value;
const read = (frame) => {
  const [left, top, right, bottom, turn, x, y] = frame.dataset.frame.split(" ").map(Number);
  return { left, top, right, bottom, turn, x, y };
};
const field = (name, number) => form().elements[`${name}-${number}`];
const value = (name, number) => field(name, number)?.value ?? new URLSearchParams(document.getElementById("artwork")?.dataset.sizes).get(`${name}-${number}`);
const locked = (number) => value("lock", number) === "yes";
const called = (number) => JSON.parse(document.getElementById("artwork")?.dataset.names ?? "[]")[number - 1] ?? `${number}`;
const mm = (number) => `${Math.round(number * 10) / 10}`;

const still = { dx: 0, dy: 0, scale: 1, turn: 0 };
const corners = (frame, by, grown = 1) => {
  const angle = ((frame.turn + by.turn) * Math.PI) / 180;
  return [[frame.left - grown, frame.top - grown], [frame.right + grown, frame.top - grown], [frame.right + grown, frame.bottom + grown], [frame.left - grown, frame.bottom + grown]].map(([x, y]) => {
    const [u, v] = [(x - frame.x) * by.scale, (y - frame.y) * by.scale];
    return [frame.x + by.dx + u * Math.cos(angle) - v * Math.sin(angle), frame.y + by.dy + u * Math.sin(angle) + v * Math.cos(angle)];
  });
};
const boxOf = (frame, by = still) => {
  const [xs, ys] = [0, 1].map((k) => corners(frame, by, 0).map((corner) => corner[k]));
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
};

// The server's nodes follow: moved, scaled and turned in the plane that touches the surface at the element's place.
function follow(number, by) {
  for (const frame of frames(number)) {
    const on = surface(frame.closest(".guides"));
    const { x, y } = read(frame);
    const [p, q] = [on.at(x, y), on.at(x + by.dx, y + by.dy)];
    const [a, b, c, d] = on.slopes(x, y);
    const [cos, sin] = [by.scale * Math.cos((by.turn * Math.PI) / 180), by.scale * Math.sin((by.turn * Math.PI) / 180)];
    const [e, f, g, h] = [a * cos + c * sin, b * cos + d * sin, c * cos - a * sin, d * cos - b * sin];
    const whole = a * d - b * c || 1e-9;
    const m = [(e * d - g * b) / whole, (f * d - h * b) / whole, (g * a - e * c) / whole, (h * a - f * c) / whole];
    const matrix = `matrix(${m.join(" ")} ${q[0] - m[0] * p[0] - m[2] * p[1]} ${q[1] - m[1] * p[0] - m[3] * p[1]})`;
    for (const node of frame.closest(".on").querySelectorAll(`[data-of="${number}"]`)) node.setAttribute("transform", matrix);
  }
  draw(by);
}

// What a change means for the fields, as the form and the address write them.
function changes(number, by) {
  const frame = read(frames(number)[0]);
  const { width, height } = surface(frames(number)[0].closest(".guides"));
  const round = (wanted) => `${Math.round(wanted * 100) / 100}`;
  const sent = {};
  if (by.dx) sent.x = round(Math.min(Math.max(frame.x + by.dx, 0), width));
  if (by.dy) sent.y = round(Math.min(Math.max(frame.y + by.dy, 0), height));
  if (by.turn) sent.turn = round(frame.turn + by.turn);
  if (by.scale !== 1) for (const name of GROWS) if (Number(value(name, number))) sent[name] = round(Number(value(name, number)) * by.scale);
  return sent;
}

function commit(number, by) {
  const sent = changes(number, by);
  if (!Object.keys(sent).length) return draw();
  for (const [name, text] of Object.entries(sent)) if (field(name, number)) field(name, number).value = text;
  tell(number, by);
  send(new URLSearchParams(Object.entries(sent).map(([name, text]) => [`${name}-${number}`, text])), number);
}

function send(taken, number) {
  const act = document.getElementById("act");
  if (number) taken.append("el", number);
  act.value = document.getElementById("loosen") ? `${loosen()}&${taken}` : `${taken}`;
  form().requestSubmit(act);
}

function tell(number, by) {
  const box = boxOf(read(frames(number)[0]), by);
  const turn = read(frames(number)[0]).turn + by.turn;
  const words = [called(number), `${mm(box.left)} mm from the left`, `${mm(box.top)} mm from the top`, `${mm(box.right - box.left)} by ${mm(box.bottom - box.top)} mm`];
  if (turn) words.push(`turned ${mm(turn)} degrees`);
  document.getElementById("moved").textContent = words.join(", ");
}

// Snapping: edges and middles to the middle, the safe zone and the other elements. Alt switches it off.
function snapped(number, on, by, reach) {
  const box = boxOf(read(frames(number)[0]), by);
  const others = [...on.guides.querySelectorAll(".frame")].filter((frame) => Number(frame.dataset.element) !== number).map((frame) => boxOf(read(frame)));
  const near = (own, places) => {
    let best = null;
    for (const from of own) for (const to of places) if (Math.abs(to - from) < Math.abs(best?.by ?? reach)) best = { by: to - from, at: to };
    return best;
  };
  const spread = (low, high) => [low, (low + high) / 2, high];
  const x = near(spread(box.left, box.right), [on.width / 2, on.safe, on.width - on.safe, ...others.flatMap((other) => spread(other.left, other.right))]);
  const y = near(spread(box.top, box.bottom), [on.height / 2, on.safe, on.height - on.safe, ...others.flatMap((other) => spread(other.top, other.bottom))]);
  return { by: { ...by, dx: by.dx + (x?.by ?? 0), dy: by.dy + (y?.by ?? 0) }, x: x?.at, y: y?.at };
}

// Handles, guides and, for keys and screen readers, a button over every element.
function draw(by = still, lines = {}) {
  const seen = new Set();
  for (const host of hosts()) {
    const hold = holder(host);
    const own = [...host.querySelectorAll(".frame")];
    for (const frame of own) {
      frame.classList.toggle("picked", Number(frame.dataset.element) === selected);
      frame.classList.toggle("fixed", locked(frame.dataset.element));
    }
    const grips = own.filter((frame) => !seen.has(frame.dataset.element));
    grips.forEach((frame) => seen.add(frame.dataset.element));
    place(hold.querySelector(".grips"), grips, host);
    const frame = host.querySelector(`.frame[data-element="${selected}"]`);
    const svg = hold.querySelector("svg");
    // The handle under the finger stays in the page: a touch whose target is gone scrolls.
    for (const mark of [...svg.children]) if (mark !== drag?.grabbed) mark.remove();
    svg.append(...(frame ? handles(host, frame, by, lines) : []));
  }
}

function holder(host) {
  const known = host.querySelector(":scope > .hold");
  if (known) return known;
  const hold = Object.assign(document.createElement("div"), { className: "hold", id: `${host.id}-hold` });
  hold.append(Object.assign(document.createElement("div"), { className: "grips" }), document.createElementNS(SVG, "svg"));
  hold.lastChild.setAttribute("aria-hidden", "true");
  host.append(hold);
  return hold;
}

function place(grips, own, host) {
  const zero = host.getBoundingClientRect();
  const wanted = own.map((frame) => {
    const id = `grip-${frame.dataset.element}`;
    const grip = document.getElementById(id) ?? Object.assign(document.createElement("button"), { id, type: "button", className: "grip" });
    const box = frame.getBoundingClientRect();
    // Small elements get a focus ring that can be seen: 24 px at least, round the same middle.
    const [width, height] = [Math.max(box.width, 24), Math.max(box.height, 24)];
    const px = { left: box.left - zero.left - (width - box.width) / 2, top: box.top - zero.top - (height - box.height) / 2, width, height };
    for (const [edge, wide] of Object.entries(px)) grip.style[edge] = `${Math.round(wide)}px`;
    grip.setAttribute("aria-label", `${called(frame.dataset.element)} on the product`);
    grip.setAttribute("aria-describedby", "grip-hint");
    return grip;
  });
  for (const grip of [...grips.children]) if (!wanted.includes(grip)) grip.remove();
  for (const grip of wanted) if (grip.parentElement !== grips) grips.append(grip);
}

function handles(host, frame, by, lines) {
  const zero = host.getBoundingClientRect();
  const on = surface(frame.closest(".guides"));
  const shown = (x, y) => { const [u, v] = on.toScreen(x, y); return [u - zero.left, v - zero.top]; };
  const marks = [];
  const line = (points) => shape("polyline", { class: "snap", points: points.map((point) => shown(...point).join()).join(" ") });
  const steps = [...Array(13).keys()].map((step) => step / 12);
  const number = Number(frame.dataset.element);
  const ends = corners(read(frame), by).map(([x, y]) => shown(x, y));
  const long = (i, j) => Math.hypot(ends[i][0] - ends[j][0], ends[i][1] - ends[j][1]);
  const low = Math.min(long(0, 1), long(0, 3)) < 30;
  // What snapped is told in numbers where these do not hide a small element.
  const told = (text, place) => (low ? [] : [label(text, place, -6)]);
  if (lines.x !== undefined) marks.push(line([[lines.x, 0], [lines.x, on.height]]), ...told(`${mm(lines.x)} mm`, shown(lines.x, 0)));
  if (lines.y !== undefined) marks.push(line(steps.map((step) => [step * on.width, lines.y])), ...told(`${mm(lines.y)} mm`, shown(Math.max(boxOf(read(frame), by).left - 4, 0), lines.y)));
  const round = corners(read(frame), by).flatMap(([x, y], i, all) => steps.map((step) => [x + (all[(i + 1) % 4][0] - x) * step, y + (all[(i + 1) % 4][1] - y) * step]));
  marks.push(shape("polygon", { class: locked(number) ? "held held-locked" : "held", points: round.map((point) => shown(...point).join()).join(" ") }));
  if (locked(number)) return marks;
  const [top, foot] = [[0, 1], [2, 3]].map(([i, j]) => [(ends[i][0] + ends[j][0]) / 2, (ends[i][1] + ends[j][1]) / 2]);
  const far = Math.hypot(top[0] - foot[0], top[1] - foot[1]) || 1;
  let knob = [0, 1].map((k) => top[k] + ((top[k] - foot[k]) / far) * 26);
  if (knob[1] < 12) knob = [0, 1].map((k) => foot[k] + ((foot[k] - top[k]) / far) * 26);
  marks.push(shape("path", { class: "stem", d: `M${knob[1] < foot[1] ? top : foot}L${knob}` }), ...handle("turn", knob, number));
  const middle = [0, 1].map((k) => (ends[0][k] + ends[2][k]) / 2);
  for (const end of low ? [aside(ends[2], middle)] : ends) marks.push(...handle("scale", end, number));
  const box = boxOf(read(frame), by);
  if (drag?.moved || pending) marks.push(label(by.turn ? `${mm(read(frame).turn + by.turn)}°` : by.scale !== 1 ? `${mm(box.right - box.left)} × ${mm(box.bottom - box.top)} mm` : `${mm(box.left)} | ${mm(box.top)} mm`, [ends[3][0], Math.max(...ends.map((end) => end[1]))], low ? 34 : 20));
  return marks;
}

// Far enough from the middle of a small element that a finger there moves it.
function aside(end, middle) {
  const far = Math.hypot(end[0] - middle[0], end[1] - middle[1]) || 1;
  const out = Math.max(far, reach() + 14) / far;
  return [0, 1].map((k) => middle[k] + (end[k] - middle[k]) * out);
}

const reach = () => (matchMedia("(pointer:coarse)").matches ? 22 : 12);
function handle(kind, [x, y], number) {
  const seen = kind === "turn" ? shape("circle", { class: "knob", cx: x, cy: y, r: 7 }) : shape("rect", { class: "knob", x: x - 5.5, y: y - 5.5, width: 11, height: 11, rx: 2 });
  return [seen, shape("circle", { class: `handle handle-${kind}`, cx: x, cy: y, r: reach(), "data-handle": kind, "data-number": number })];
}

function label(text, [x, y], down) {
  const group = shape("g", { class: "told", transform: `translate(${Math.max(x, 4)} ${Math.max(y + down, 14)})` });
  const words = shape("text", { x: 5, y: 4 });
  words.textContent = text;
  group.append(shape("rect", { y: -10, width: 10 + text.length * 6.8, height: 20, rx: 4 }), words);
  return group;
}

function shape(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, text] of Object.entries(attributes)) node.setAttribute(key, text);
  return node;
}

// Selecting opens the element's fields, and opening its fields selects it.
function select(number, { focus = false } = {}) {
  selected = number;
  const fields = document.getElementById(`el-${number}`);
  if (fields) {
    const left = document.activeElement?.closest?.("details[id^=el-]");
    for (const other of fields.parentElement.children) if (other.tagName === "DETAILS") other.open = other === fields;
    // What had the focus is folded away now: go on where its work went on.
    if (left && left !== fields) fields.querySelector("summary").focus({ preventScroll: true });
    fields.closest(".fold").open = true;
    if (focus) fields.querySelector("textarea,input:not([type=hidden]),select")?.focus();
  }
  draw();
}

document.addEventListener("toggle", (event) => {
  const number = Number(event.target.id?.match(/^el-(\d+)$/)?.[1]);
  if (number && event.target.open && number !== selected) select(number);
  if (number && !event.target.open && number === selected && !document.activeElement?.matches(".grip")) { selected = 0; draw(); }
}, true);
document.addEventListener("focusin", (event) => {
  const number = Number(event.target.id?.match(/^grip-(\d+)$/)?.[1]);
  if (number && number !== selected) select(number);
});

// Pointers: a mouse moves at once, a finger first selects and then moves, so that the page can still be scrolled.
document.addEventListener("click", (event) => {
  if (dragged) event.stopPropagation();
  dragged = false;
}, true);
document.addEventListener("pointerdown", (event) => {
  dragged = false;
  const grabbed = event.target.closest?.(".on .frame,.hold .handle");
  if (!grabbed || event.button) return;
  const number = Number(grabbed.dataset.element ?? grabbed.dataset.number);
  if (locked(number)) return stays(number);
  if (event.pointerType !== "mouse" && number !== selected) return;
  const frame = grabbed.closest(".on").querySelector(`.frame[data-element="${number}"]`);
  const on = surface(frame.closest(".guides"));
  drag = { number, on, kind: grabbed.dataset.handle ?? "move", from: on.toMm(event.clientX, event.clientY), frame: read(frame), px: [event.clientX, event.clientY], by: still, id: event.pointerId, grabbed };
  if (number !== selected) select(number);
  event.preventDefault();
});
document.addEventListener("pointermove", (event) => {
  if (!drag || event.pointerId !== drag.id) return;
  if (!drag.moved && Math.hypot(event.clientX - drag.px[0], event.clientY - drag.px[1]) < 4) return;
  drag.moved = true;
  const here = drag.on.toMm(event.clientX, event.clientY);
  drag.last = [event.clientX, event.clientY];
  const { lines = {}, by } = moves[drag.kind](here, event);
  drag.by = by;
  follow(drag.number, by);
  draw(by, lines);
});
const moves = {
  move(here, event) {
    const by = { ...still, dx: here[0] - drag.from[0], dy: here[1] - drag.from[1] };
    if (event.altKey) return { by };
    const { by: near, x, y } = snapped(drag.number, drag.on, by, Math.min(7 / drag.on.pixel(), SNAPS * Math.max(drag.on.width, drag.on.height)));
    return { by: near, lines: { x, y } };
  },
  scale(here) {
    const far = (point) => Math.hypot(point[0] - drag.frame.x, point[1] - drag.frame.y) || 1e-3;
    return { by: { ...still, scale: Math.max(far(here) / far(drag.from), 0.05) } };
  },
  turn(here, event) {
    const angle = (point) => (Math.atan2(point[1] - drag.frame.y, point[0] - drag.frame.x) * 180) / Math.PI;
    const turn = drag.frame.turn + angle(here) - angle(drag.from);
    const step = Math.round(turn / 15) * 15;
    return { by: { ...still, turn: (event.shiftKey || (!event.altKey && Math.abs(step - turn) < 3) ? step : Math.round(turn * 10) / 10) - drag.frame.turn } };
  },
};
// An answer that comes while the hand moves on: the rest of the way counts from where the server has the element now.
function rebase() {
  const frame = frames(drag.number)[0];
  if (!frame) { drag = null; return; }
  const on = surface(frame.closest(".guides"));
  drag = { ...drag, on, frame: read(frame), by: still, from: on.toMm(...(drag.last ?? drag.px)) };
}
const release = (event) => {
  if (!drag || event.pointerId !== drag.id) return;
  const { number, by, moved } = drag;
  drag = null;
  if (!moved) return;
  if (event.type === "pointercancel") { follow(number, still); return; }
  dragged = true;
  commit(number, by);
};
document.addEventListener("touchmove", (event) => { if (drag) event.preventDefault(); }, { passive: false });
document.addEventListener("pointerup", release);
document.addEventListener("pointercancel", release);
document.addEventListener("click", (event) => {
  const frame = event.target.closest?.(".on .frame");
  if (frame) select(Number(frame.dataset.element), { focus: event.detail > 1 });
});
document.addEventListener("dblclick", (event) => {
  const frame = event.target.closest?.(".on .frame");
  if (frame) select(Number(frame.dataset.element), { focus: true });
});

// The empty stage turns what can be turned. One request at a time: the next goes when the answer is there.
let turning = null;
let asked = false;
document.addEventListener("pointerdown", (event) => {
  const slider = document.getElementById("turn");
  if (!slider || drag || event.button || !event.target.closest?.("#stage") || event.target.closest("button,label,.frame,.handle")) return;
  turning = { id: event.pointerId, x: event.clientX, from: Number(slider.value) };
  slider.focus({ preventScroll: true });
  event.preventDefault();
});
document.addEventListener("pointermove", (event) => {
  if (!turning || event.pointerId !== turning.id) return;
  const slider = document.getElementById("turn");
  const wide = document.getElementById("stage").clientWidth;
  const wanted = turning.from - ((event.clientX - turning.x) / wide) * 240;
  slider.value = ((((wanted + 180) % 360) + 360) % 360) - 180;
  turn();
});
function turn() {
  if (asked) return;
  asked = document.getElementById("turn").value;
  form().requestSubmit();
}
document.addEventListener("input", (event) => {
  if (event.target.id !== "turn") return;
  event.stopPropagation();
  turn();
}, true);
document.addEventListener("htmx:finally:request", () => {
  const before = asked;
  asked = false;
  if (before !== false && document.getElementById("turn")?.value !== before) turn();
});
document.addEventListener("pointerup", () => { turning = null; });
document.addEventListener("pointercancel", () => { turning = null; });

// Keys on an element: what they add up to is sent once the hand rests.
document.addEventListener("keydown", (event) => {
  const number = Number(event.target.id?.match?.(/^grip-(\d+)$/)?.[1]);
  if (!number || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter" || event.key === " ") { event.preventDefault(); return select(number, { focus: true }); }
  if (event.key === "Delete" || event.key === "Backspace") { event.preventDefault(); return remove(number); }
  const step = event.shiftKey ? 10 : event.altKey ? 0.1 : 1;
  const by = { ...(pending?.by ?? still) };
  if (KEYS[event.key]) { by.dx += KEYS[event.key][0] * step; by.dy += KEYS[event.key][1] * step; }
  else if ("+=".includes(event.key)) by.scale *= 1.05;
  else if (event.key === "-") by.scale /= 1.05;
  else if ("[{".includes(event.key)) by.turn -= event.key === "[" ? 1 : 15;
  else if ("]}".includes(event.key)) by.turn += event.key === "]" ? 1 : 15;
  else return;
  event.preventDefault();
  if (locked(number)) return stays(number);
  clearTimeout(pending?.timer);
  pending = { number, by, timer: setTimeout(settle, 350) };
  follow(number, by);
});
// From its fields back to it on the picture.
document.addEventListener("keydown", (event) => {
  const fields = event.key === "Escape" && event.target.closest?.("details[id^=el-]");
  if (fields) document.getElementById(`grip-${fields.id.slice(3)}`)?.focus();
});
function settle() {
  if (!pending) return;
  const { number, by, timer } = pending;
  clearTimeout(timer);
  pending = null;
  commit(number, by);
}
document.addEventListener("focusout", (event) => { if (event.target.matches?.(".grip")) settle(); });
function stays(number) {
  document.getElementById("moved").textContent = `${called(number)} is locked. Press Unlock to change it.`;
}
function remove(number) {
  if (locked(number)) return stays(number);
  const named = called(number);
  selected = 0;
  send(new URLSearchParams({ remove: number }));
  document.getElementById("moved").textContent = `${named} is removed. Undo brings it back.`;
}

// What stands over the picture stays while the picture is swapped: focus too.
document.addEventListener("htmx:before:swap", (event) => {
  for (const { fragment } of event.detail.tasks) {
    for (const hold of document.querySelectorAll(".hold")) fragment.querySelector?.(`#${hold.parentElement.id}`)?.append(hold.cloneNode(true));
  }
});
// What was added is gone on with.
let adding = false;
document.addEventListener("submit", (event) => { adding = /(^|&)add=/.test(event.submitter?.value); }, true);
document.addEventListener("htmx:after:swap", () => {
  if (drag) rebase();
  const wanted = Number(document.querySelector(".els")?.dataset.chosen);
  if (wanted && (adding || wanted !== selected)) select(wanted, { focus: adding });
  else if (!wanted && selected && !frames(selected).length) selected = 0;
  adding = false;
  start();
});
document.addEventListener("htmx:finally:request", () => { if (!drag && !pending) start(); });
const resized = new ResizeObserver(() => draw(pending?.by ?? drag?.by));
addEventListener("load", start);
function start() {
  if (!form() || drag || pending) return;
  const opened = document.querySelector(".els > details[open]");
  if (opened && !selected) selected = Number(opened.id.slice(3));
  for (const host of hosts()) {
    host.querySelectorAll("[data-of][transform]").forEach((node) => node.removeAttribute("transform"));
    resized.observe(host);
  }
  draw();
}
start();
