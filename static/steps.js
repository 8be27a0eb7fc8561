// Undo and redo over many steps: addresses, kept for this tab, so that they work after a reload too.
const design = () => document.getElementById("design");
const here = () => location.pathname + location.search;
const MOST = 200;
let typing = "";
let travelling = false;

const key = () => `steps ${location.pathname}`;
function steps() {
  try { return JSON.parse(sessionStorage.getItem(key())) ?? { undo: [], redo: [] }; } catch { return { undo: [], redo: [] }; }
}
function keep(known) {
  known.undo = known.undo.slice(-MOST);
  try { sessionStorage.setItem(key(), JSON.stringify(known)); } catch { /* a full or closed storage: undo ends here */ }
  show();
}

// Letters typed into one field are one step for Undo and for the Back button.
document.addEventListener("htmx:before:history:update", (event) => {
  if (!design()) return;
  const field = document.activeElement?.classList.contains("typed") ? document.activeElement.id : "";
  const next = event.detail.history.path;
  if (travelling || field === "turn" || (field && field === typing)) event.detail.history.type = "replace";
  else if (next !== here()) keep({ undo: [...steps().undo, here()], redo: [] });
  typing = field;
});

function travel(from, to) {
  const known = steps();
  while (known[from].at(-1) === here()) known[from].pop();
  const address = known[from].pop();
  if (!address) return false;
  const pressed = document.activeElement?.id;
  known[to].push(here());
  keep(known);
  typing = "";
  travelling = true;
  htmx.ajax("GET", address, { target: "#design", swap: "innerMorph" }).finally(() => { travelling = false; show(); stay(pressed); });
  return true;
}

// Who has pressed the last Undo or Redo goes on at the other one, not at the top of the page.
function stay(pressed) {
  if (!["undo", "redo"].includes(pressed)) return;
  const link = document.getElementById(pressed);
  (link?.hidden ? document.getElementById(pressed === "undo" ? "redo" : "undo") : link)?.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#undo,#redo,#afresh");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.id === "afresh") htmx.ajax("GET", link.href, { target: "#design", swap: "innerMorph" });
  else if (!travel(link.id, link.id === "undo" ? "redo" : "undo")) return;
  event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  if (!design() || !(event.ctrlKey || event.metaKey) || event.target.matches("input:not([type=radio],[type=checkbox]),textarea")) return;
  const redo = event.key === "y" || (event.shiftKey && event.key.toLowerCase() === "z");
  if (!redo && event.key !== "z") return;
  event.preventDefault();
  travel(redo ? "redo" : "undo", redo ? "undo" : "redo");
});

function show() {
  if (!design()) return;
  const known = steps();
  for (const name of ["undo", "redo"]) {
    const link = document.getElementById(name);
    if (!link) continue;
    link.hidden = known[name].length === 0 && (name === "redo" || !link.getAttribute("href"));
    if (known[name].length) link.href = known[name].at(-1);
  }
}
document.addEventListener("htmx:after:swap", show);
show();
