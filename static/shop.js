// What the pages need beyond htmx: small, and every page works without it.
document.documentElement.classList.add("js");

const form = document.getElementById("design");

// After 300 ms without an answer the price dims and says "working it out"; the old picture stays.
let waiting = 0;
document.addEventListener("htmx:before:request", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => document.body.classList.add("working"), 300);
});
for (const name of ["htmx:finally:request", "htmx:error"]) {
  document.addEventListener(name, () => {
    clearTimeout(waiting);
    document.body.classList.remove("working");
  });
}

// A button that posts elsewhere (into the cart) is no step of the customiser: htmx must not see it. Twice is once.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (form && button?.hasAttribute("formaction")) event.stopPropagation();
  if (!(button?.hasAttribute("formaction") || event.target.hasAttribute("data-once"))) return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
}, true);
addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach((sent) => delete sent.dataset.sent));

if (form) customiser(form);

function customiser(form) {
  const undo = [];
  let typing = null;
  let pressed = null;

  // On a phone only the first group is open: the picture and it fit on one screen.
  if (matchMedia("(max-width:600px)").matches) {
    form.querySelectorAll(".fold").forEach((fold, place) => { fold.open = place === 0; });
  }

  form.addEventListener("submit", (event) => { pressed = event.submitter?.closest("[id]"); }, true);

  // Letters typed into one field are one step for Undo and for the Back button.
  document.addEventListener("htmx:before:history:update", (event) => {
    const field = document.activeElement;
    const same = field?.classList.contains("typed") && field === typing;
    if (same) event.detail.history.type = "replace";
    else if (event.detail.history.path !== location.pathname + location.search) undo.push(location.pathname + location.search);
    typing = field?.classList.contains("typed") ? field : null;
  });

  // The server decides what is chosen: fields follow it, only the one being typed into stays as typed.
  document.addEventListener("htmx:after:swap", () => {
    for (const field of form.elements) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = field.defaultChecked;
      else if (field === document.activeElement) continue;
      else if (field.tagName === "SELECT") for (const option of field.options) option.selected = option.defaultSelected;
      else if (field.tagName === "INPUT") field.value = field.defaultValue;
    }
    const link = document.getElementById("undo");
    link.hidden = undo.length === 0;
    link.href = undo.at(-1) ?? "";
    if (document.activeElement === document.body && pressed) {
      (document.getElementById(pressed.id) ?? form).querySelector("input:not([type=hidden]),select,summary,button")?.focus({ preventScroll: true });
    }
    pressed = null;
  });

  document.addEventListener("click", (event) => {
    if (!event.target.closest("#undo") || undo.length === 0) return;
    event.preventDefault();
    typing = null;
    const back = undo.pop();
    htmx.ajax("GET", back, { target: "#design", swap: "innerMorph", push: "false" }).then(() => {
      history.replaceState(history.state, "", back);
    });
  });
}
