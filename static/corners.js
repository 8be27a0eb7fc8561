// Corners of a print area are moved on the drawing; the number fields follow, and the server draws what lies there.
let held = null;

const point = (event, svg) => new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
const field = (name) => document.getElementById("corners").elements[`${name}${held.dataset.corner}`];

document.addEventListener("pointerdown", (event) => {
  held = event.target.closest?.("[data-corner]");
  if (held) held.setPointerCapture(event.pointerId);
});
document.addEventListener("pointermove", (event) => {
  if (!held) return;
  const { x, y } = point(event, held.ownerSVGElement);
  for (const [name, value] of [["x", x], ["y", y]]) {
    field(name).value = Math.round(value * 10) / 10;
    held.setAttribute(`c${name}`, value);
    held.nextElementSibling.setAttribute(name, value);
  }
});
document.addEventListener("pointerup", () => {
  if (!held) return;
  const moved = field("x");
  held = null;
  moved.dispatchEvent(new Event("change", { bubbles: true }));
});
