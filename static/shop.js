// What the pages need beyond htmx: small, and every page works without it. Everything listens on the document:
// the Back button puts new elements into the page.
document.documentElement.classList.add("js");

const design = () => document.getElementById("design");
const refused = () => document.getElementById("refused");

// Places that scroll sideways on a phone begin where one is.
const here = document.querySelector(":is(.thead,.sthd) nav .here");
if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - (here.parentElement.clientWidth - here.offsetWidth) / 2;
// Of what has focus in such a place the browser may leave a hair's breadth in sight and call that enough.
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(":is(.thead nav,.sthd nav,.filt) a")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
});

// The page tells which parts it holds; the answer leaves those out, and they are put back before the swap.
document.addEventListener("htmx:before:request", (event) => {
  const held = design()?.querySelectorAll("[data-part]") ?? [];
  event.detail.ctx.request.headers.Parts = [...new Set([...held].map((part) => part.dataset.part))].join(" ");
});
document.addEventListener("htmx:before:swap", (event) => {
  const held = new Map([...(design()?.querySelectorAll("[data-part]") ?? [])].map((part) => [part.dataset.part, part]));
  for (const { fragment } of event.detail.tasks) {
    for (const part of fragment.querySelectorAll("[data-left]")) {
      const same = held.get(part.dataset.left);
      if (!same) return location.assign(event.detail.ctx.request.action);
      if (part.tagName === "path") part.setAttribute("d", same.getAttribute("d"));
      else part.append(...same.cloneNode(true).childNodes);
      part.dataset.part = part.dataset.left;
      part.removeAttribute("data-left");
    }
  }
});

// After 300 ms without an answer the price dims and says "working it out"; the old picture stays.
// The next letter's request ends the one before it: what counts is whether any is still on its way.
const onTheirWay = new Set();
let waiting = 0;
document.addEventListener("htmx:before:request", (event) => {
  if (event.detail.ctx.target !== design()) return;
  if (!onTheirWay.size) waiting = setTimeout(() => document.body.classList.add("working"), 300);
  onTheirWay.add(event.detail.ctx);
});
document.addEventListener("htmx:finally:request", (event) => {
  onTheirWay.delete(event.detail.ctx);
  if (onTheirWay.size) return;
  clearTimeout(waiting);
  document.body.classList.remove("working");
});

// No answer at all: say so, keep everything. The next answer that comes takes the sentence away.
document.addEventListener("htmx:error", () => {
  const note = document.createElement("div");
  note.className = "note note-warn";
  note.textContent = document.querySelector("[data-silence]")?.dataset.silence ?? "The shop does not answer. Nothing you typed is lost: change something to try again.";
  refused()?.replaceChildren(note);
});
document.addEventListener("htmx:before:swap", (event) => {
  if (event.detail.ctx?.target !== refused()) refused()?.replaceChildren();
});

// A button that posts elsewhere (into the cart) is no step of the customiser: htmx must not see it. Twice is once.
let pressed = null;
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  pressed = button?.closest("fieldset[id],#artwork,section[id]")?.id;
  const elsewhere = button?.hasAttribute("formaction");
  if (design() && elsewhere) event.stopPropagation();
  if (button?.formTarget === "_blank") return;
  if (!elsewhere && !event.target.hasAttribute("data-once")) return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
  button?.toggleAttribute("data-pressed", true);
}, true);
addEventListener("pageshow", () => document.querySelectorAll("[data-sent],[data-pressed]").forEach((sent) => { delete sent.dataset.sent; delete sent.dataset.pressed; }));

// What was typed after a request had left is not in its answer: such a field waits for the answer to its own.
const typed = new Map();
let sent = 0;
for (const kind of ["input", "change"]) document.addEventListener(kind, (event) => typed.set(event.target.name, Infinity), true);
document.addEventListener("htmx:before:request", (event) => {
  event.detail.ctx.number = sent += 1;
  pressed ??= document.activeElement?.closest("article[id]")?.id;
  for (const [name, number] of typed) if (number === Infinity) typed.set(name, sent);
});

// The server decides what is chosen: fields follow it, only the one being typed into stays as typed.
document.addEventListener("htmx:after:swap", (event) => {
  const form = event.detail.ctx?.target;
  if (design() && form === document.body) fold();
  if (form?.id !== "design" && form?.id !== "checkout") return;
  if (form === design()) unfold(form);
  for (const field of form.elements) if (!((typed.get(field.name) ?? 0) > event.detail.ctx.number)) follow(field);
  if (document.activeElement === document.body || document.activeElement.disabled) goOn(document.getElementById(pressed));
  pressed = null;
});

// The button that had the focus is gone: on to the next finding, the element it was about, what is chosen in its group,
// or the way back to what was removed. The page moves for somebody at the keyboard only.
function goOn(group) {
  const next = ["#gone", ".finding .btn", ".els>[open]>summary", ".els>details>summary", "input:checked,input.typed,summary", "input.picked,.step input"]
    .map((wanted) => (wanted[0] === "#" ? document : group)?.querySelector(wanted)).find(Boolean);
  next?.focus({ preventScroll: true });
  if (next?.matches(":focus-visible")) next.scrollIntoView({ block: "nearest" });
}

// What opens over a blocked value closes on Escape, until something else is pointed at.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelectorAll(".why>summary:is(:hover,:focus-visible)").forEach((told) => told.parentElement.classList.add("hush"));
});
for (const kind of ["focusin", "mouseover"]) document.addEventListener(kind, (event) => {
  document.querySelectorAll(".hush").forEach((told) => told.contains(event.target) || told.classList.remove("hush"));
});

function follow(field) {
  if (field.type === "radio" || field.type === "checkbox") field.checked = field.defaultChecked;
  else if (field === document.activeElement || field.hasAttribute("data-kept")) return;
  else if (field.tagName === "SELECT") for (const option of field.options) option.selected = option.defaultSelected;
  else if (field.tagName === "INPUT" || field.tagName === "TEXTAREA") field.value = field.defaultValue;
}

// On a phone only the first group is open: the picture and it fit on one screen. What went wrong is never folded away.
function fold() {
  if (!matchMedia("(max-width:600px)").matches) return;
  design()?.querySelectorAll(".fold").forEach((group, place) => { group.open = place === 0; });
  unfold(design());
}
function unfold(form) {
  form?.querySelectorAll(".fold:has(.error)").forEach((group) => { group.open = true; });
}
fold();
