// A scanner is a keyboard that types into one field, sometimes twice. Everything works without this too. Loaded at once, no module:
// the end of a second reading must not be faster than this.
const field = document.getElementById("scan");

const idle = () => document.activeElement === null || document.activeElement === document.body;

// A scanner that fires twice: the second reading, or the end of it that reaches the next page, is no scan of its own.
// At another station it is: a piece may go from one to the next at once.
const AGAIN_MS = 2000;
const last = () => JSON.parse(sessionStorage.getItem("scanned") ?? "null") ?? { code: "", at: 0 };
const here = () => field.form.elements.station?.value ?? "counter";
const again = (code) => Date.now() - last().at < AGAIN_MS && last().here === here() && code !== "" && last().code.endsWith(code);

// What was taken back may be scanned anew at once.
document.querySelector(".taking-back")?.addEventListener("submit", () => sessionStorage.removeItem("scanned"));

if (field) {
  field.form.addEventListener("submit", (event) => {
    const code = field.value.trim();
    // Pressed on purpose is not fired twice, nor is what was sent a moment ago and is still on its way.
    if (!event.defaultPrevented && document.activeElement === field && again(code)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      delete field.form.dataset.sent;
      field.value = "";
      return;
    }
    if (!event.defaultPrevented) sessionStorage.setItem("scanned", JSON.stringify({ code, at: Date.now(), here: here() }));
  });
  // The page stays where it was scrolled to, but for somebody who came round to the field by Tab: they must see it.
  let tabbed = false;
  for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, (event) => { tabbed = event.key === "Tab"; }, true);
  const focus = () => { if (idle()) field.focus({ preventScroll: !tabbed }); };
  // After a tap beside everything, a swap or a look at another window: the next scan must not be lost.
  for (const name of ["click", "focusout", "htmx:after:swap"]) document.addEventListener(name, () => setTimeout(focus));
  for (const name of ["focus", "pageshow"]) addEventListener(name, () => setTimeout(focus));
  // Its first sign takes it from a button or a choice to the field, never out of a text.
  const typing = (element) => element?.matches("select,textarea,input:not([type=radio],[type=checkbox])");
  document.addEventListener("keydown", (event) => {
    const sign = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (sign && !typing(document.activeElement)) field.focus({ preventScroll: true });
  }, true);
}
