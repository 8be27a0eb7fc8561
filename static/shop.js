// What the pages need beyond htmx: small, and every page works without it.
document.documentElement.classList.add("js");

// After 300 ms without an answer the price dims and says "working it out"; the old picture stays.
let waiting = 0;
document.addEventListener("htmx:before:request", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => document.body.classList.add("working"), 300);
});
for (const name of ["htmx:after:request", "htmx:finally:request", "htmx:error"]) {
  document.addEventListener(name, () => {
    clearTimeout(waiting);
    document.body.classList.remove("working");
  });
}
