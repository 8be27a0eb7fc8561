// The counter terminal: its clock, whether the server answers, printing. Everything works without this too.
const clock = document.getElementById("clock");
const offline = document.getElementById("offline");
const printing = document.getElementById("print");

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
