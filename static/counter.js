// The counter terminal: what is typed or scanned lands in the one field; everything works without this too.
const field = document.getElementById("scan");
const clock = document.getElementById("clock");
const offline = document.getElementById("offline");
const printing = document.getElementById("print");

const idle = () => document.activeElement === null || document.activeElement === document.body;

if (field) {
  const focus = () => { if (idle()) field.focus({ preventScroll: true }); };
  // After a tap beside everything, a swap or a look at another window: the next scan must not be lost.
  for (const name of ["click", "focusout", "htmx:after:swap"]) document.addEventListener(name, () => setTimeout(focus));
  for (const name of ["focus", "pageshow"]) addEventListener(name, () => setTimeout(focus));
  // A scanner is a keyboard: its first sign takes it from a button or a choice to the field, never out of a text.
  const typing = (element) => element?.matches("select,textarea,input:not([type=radio],[type=checkbox])");
  document.addEventListener("keydown", (event) => {
    const sign = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (sign && !typing(document.activeElement)) field.focus({ preventScroll: true });
  }, true);
}

// A page that stays open all day must not show the time at which it was loaded.
if (clock) {
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: clock.dataset.zone });
  setInterval(() => { clock.textContent = time.format(new Date()); }, 5_000);
}

// Said only when the server has really not answered the side's question, and taken back when it does.
if (offline) {
  document.addEventListener("htmx:error", () => { offline.hidden = false; });
  document.addEventListener("htmx:after:swap", () => { offline.hidden = true; });
}

if (printing) {
  printing.hidden = false;
  printing.addEventListener("click", () => print());
}
