// The Gantt chart: an open batch is dragged, or moved by arrow keys, to another time or machine of its work centre.
// Nothing moves by that: the page that opens says what the move costs. Everything works without this too.
const chart = document.querySelector(".gantt-svg[data-opens]");
const STEP = 15 * 60;

if (chart) {
  const [opens, closes] = ["opens", "closes"].map((name) => Number(chart.dataset[name]));
  const local = new Intl.DateTimeFormat("sv-SE", { timeZone: chart.dataset.zone, dateStyle: "short", timeStyle: "short" });
  const lanes = [...chart.querySelectorAll(".lane")];
  const perSecond = () => lanes[0].getBoundingClientRect().width / (closes - opens);

  // What a move has come to: seconds later, machine, and where the bar is drawn meanwhile.
  const moves = new WeakMap();
  const moved = (bar) => moves.get(bar) ?? { seconds: 0, lane: laneOf(bar.dataset.centre, Number(bar.dataset.machine)) };
  const laneOf = (centre, machine) => lanes.find((lane) => lane.dataset.centre === centre && Number(lane.dataset.machine) === machine);

  const put = (bar, move) => {
    moves.set(bar, move);
    const home = laneOf(bar.dataset.centre, Number(bar.dataset.machine));
    const down = Number(move.lane.getAttribute("y")) - Number(home.getAttribute("y"));
    bar.setAttribute("transform", `translate(${move.seconds * perSecond()} ${down})`);
    bar.classList.toggle("moved", move.seconds !== 0 || move.lane !== home);
  };

  const ask = (bar) => {
    const move = moved(bar);
    const at = new Date((Number(bar.dataset.starts) + move.seconds) * 1000);
    const query = new URLSearchParams({ machine: move.lane.dataset.machine, at: local.format(at).replace(" ", "T") });
    location.href = `/workshop/batches/${bar.dataset.number}/move?${query}`;
  };

  const drag = (bar, start) => {
    const over = (lane, y) => { const { top, bottom } = lane.getBoundingClientRect(); return y >= top && y < bottom; };
    const follow = (event) => {
      const lane = lanes.find((each) => each.dataset.centre === bar.dataset.centre && over(each, event.clientY));
      const seconds = (event.clientX - start.clientX) / perSecond();
      put(bar, { seconds: Math.round(seconds / 300) * 300, lane: lane ?? moved(bar).lane });
    };
    const drop = () => {
      bar.removeEventListener("pointermove", follow);
      if (bar.classList.contains("moved")) ask(bar);
    };
    bar.setPointerCapture(start.pointerId);
    bar.addEventListener("pointermove", follow);
    bar.addEventListener("pointerup", drop, { once: true });
    bar.addEventListener("pointercancel", () => { put(bar, { seconds: 0, lane: laneOf(bar.dataset.centre, Number(bar.dataset.machine)) }); }, { once: true });
  };

  const KEYS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  for (const bar of chart.querySelectorAll(".movable")) {
    bar.addEventListener("pointerdown", (event) => { if (event.button === 0) drag(bar, event); });
    bar.addEventListener("dragstart", (event) => event.preventDefault());
    bar.addEventListener("click", (event) => { if (bar.classList.contains("moved")) event.preventDefault(); });
    bar.addEventListener("keydown", (event) => {
      const move = moved(bar);
      if (event.key === "Enter" && bar.classList.contains("moved")) { event.preventDefault(); ask(bar); }
      if (event.key === "Escape") put(bar, { seconds: 0, lane: laneOf(bar.dataset.centre, Number(bar.dataset.machine)) });
      if (!(event.key in KEYS)) return;
      event.preventDefault();
      const [seconds, machines] = KEYS[event.key];
      const lane = laneOf(bar.dataset.centre, Number(move.lane.dataset.machine) + machines) ?? move.lane;
      put(bar, { seconds: move.seconds + seconds, lane });
    });
  }
}
