"""Thirty days of the demo company through the real program: were its promises kept? `python -m benchmarks.simulation`.

Hour by hour, on SQLite, with the clock of the simulation: people order (mugs to books, parcels and pick-ups, some wait
at the counter), batches close and are released, the floor scans, two in a hundred pieces are made again, machines break
down, goods are ordered anew and come in, some of them late. Every order keeps the date that its customer was shown,
four in ten of those of several lines (--as-ready) a date a line, since they leave as they are ready; afterwards each
date is compared with what came. Of orders of more pieces that leave together: how long the first waited for the rest.

A harder month: --times 5 (everybody wants five times as many), --breakdowns 0.1 (one in ten hours), --shelf 40 (of
everything so few are there, and so few are ordered anew). --chart PICTURE --from FILES draws what earlier runs printed.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import sqlalchemy as sa
from sqlmodel import Session, col

from benchmarks.measuring import machine
from benchmarks.places import folder, wired
from benchmarks.promises_kept import lateness
from configurator.clock import FixedClock
from configurator.demo.living import AS_READY
from configurator.demo.week import Demo, live_week
from configurator.orders.leaving import TOGETHER
from configurator.orders.planning_wanted import want_plans
from configurator.orders.rows import Order, OrderEvent, Piece
from configurator.production.awaiting import arrived
from configurator.production.rows_floor import QualityCheck
from configurator.production.standing_still import Stop, stop
from configurator.stock.expecting import Expected, comes_on, expect
from configurator.stock.receiving import Goods, count
from configurator.stock.rows import ExpectedGoods
from configurator.stock.stock_store import item_figures
from configurator.web.studio import Studio

DAYS = 30
ENDS = datetime(2026, 6, 30, 22, 0, tzinfo=UTC)
BREAKS_IN_AN_HOUR = 0.02
LONGEST_BREAK_H = 6
A_DAY_H = 24
GOODS_COME = 5
LOW, FILLED_TO = 40, 400
"""Pieces of a component at which it is ordered anew, and how many; with --shelf as many as that."""

UNDER_WAY = timedelta(days=2)
GOODS_LATE = 0.1
"""Share of the deliveries that come a day later than expected; the stock page is told when they should have come."""

WAITING = 0.05
"""Share of the customers who wait at the counter: rush orders."""

AWAITED = (
    sa.select(sa.func.count())
    .select_from(OrderEvent)
    .where(col(OrderEvent.sentence).contains("the rest is expected by"))
)
REJECTS = sa.select(sa.func.count()).select_from(QualityCheck).where(~col(QualityCheck.passed))


def main() -> int:
    """Print one JSON object; with --chart write the lateness as a picture."""
    asked = _arguments()
    if asked.drawn:
        return _drawn(asked.drawn, asked.chart)
    started = time.process_time()
    clock = FixedClock(ENDS)
    month = Month(asked.breakdowns, asked.shelf)
    with folder() as var, wired(f"sqlite:///{var / 'simulated.db'}", var, clock=clock) as wiring:
        demo = Demo(
            wiring, Studio(wiring), clock, Random(asked.seed), days=asked.days, lately=0.0, waiting=WAITING,
            hourly=month.an_hour, times=asked.times, as_ready=asked.as_ready,
        )  # fmt: skip
        placed = live_week(demo, asked.orders, done=lambda _: None)
        with wiring.database.read() as session:
            shop, today = wiring.catalogue.shop, clock.now().date()
            days = lateness(session, shop, today)
            parts = lateness(session, shop, today, parts=True)
            remade = session.execute(REJECTS).scalar_one()
            awaited = session.execute(AWAITED).scalar_one()
            pieces = session.execute(sa.select(sa.func.count()).select_from(Piece)).scalar_one()
            spread = _spread(session)
    kept = sum(count for late, count in days.items() if late <= 0)
    figures = {
        "name": f"{asked.days} days of the demo company",
        "orders": placed,
        "promises_due": sum(days.values()),
        "kept": kept,
        "kept_share": round(kept / max(1, sum(days.values())), 4),
        "days_late": {str(late): days[late] for late in sorted(days)},
        "of_parts": {"due": sum(parts.values()), "kept": sum(count for late, count in parts.items() if late <= 0)},
        "pieces": pieces,
        "breakdowns": month.breakdowns,
        "pieces_made_again": remade,
        "orders_out_of_deliveries": awaited,
        "hours_from_first_to_last_piece": spread,
        "asked": {name: getattr(asked, name) for name in ("times", "breakdowns", "shelf", "as_ready")},
        "seed": asked.seed,
        "cpu_s": round(time.process_time() - started, 1),
        "machine": machine(),
    }
    sys.stdout.write(json.dumps(figures) + "\n")
    if asked.chart:
        asked.chart.write_text(_chart(days), "utf-8")
    return 0


def _drawn(files: Sequence[Path], chart: Path | None) -> int:
    """The chart of all runs that these files hold, one JSON object a line; without a chart to write, their sum."""
    runs = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines() if line.startswith("{")]
    days = Counter[int]()
    for run in runs:
        days.update({int(late): count for late, count in run["days_late"].items()})
    if chart:
        chart.write_text(_chart(days), "utf-8")
    kept = sum(count for late, count in days.items() if late <= 0)
    summed = {
        "runs": len(runs),
        "promises_due": sum(days.values()),
        "kept": kept,
        "days_late": dict(sorted(days.items())),
    }
    sys.stdout.write(json.dumps(summed) + "\n")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.simulation", description=__doc__)
    parser.add_argument("--orders", type=int, default=600, help="how many people order in all days (default 600)")
    parser.add_argument("--days", type=int, default=DAYS, help="how many days are lived through (default 30)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int, default=1, help="everybody wants so many times as many (default 1)")
    parser.add_argument("--breakdowns", type=float, default=BREAKS_IN_AN_HOUR, help="chance of one in any hour")
    parser.add_argument("--as-ready", type=float, default=AS_READY, help="share of orders of several lines that do")
    parser.add_argument("--shelf", type=int, help="so many of every component are there, and come when it runs low")
    parser.add_argument("--chart", type=Path, help="write the lateness as SVG to this file")
    parser.add_argument("--from", dest="drawn", type=Path, nargs="+", help="draw what these runs printed, run nothing")
    return parser.parse_args()


@dataclass
class Month:
    """What hours bring besides orders. breaks: chance of a breakdown in one; shelf: how few of everything are there."""

    breaks: float
    shelf: int | None
    breakdowns: int = 0
    _counted: bool = False

    def an_hour(self, demo: Demo) -> None:
        """A machine may break down; in the morning goods come in."""
        if self.shelf is not None and not self._counted:
            self._clear_out(demo, self.shelf)
        if demo.random.random() < self.breaks:
            self._break_down(demo)
        if demo.clock.now().hour == GOODS_COME:
            _goods_come(demo)
            _order_goods(demo, self.shelf)

    def _clear_out(self, demo: Demo, shelf: int) -> None:
        """Leave so few of what the shop starts with."""
        with demo.wiring.database.write() as session:
            for item in item_figures(session):
                if item.free > shelf and demo.wiring.catalogue.shop.components[item.component].unit == "piece":
                    left = item.on_hand - item.free + shelf
                    count(session, Goods(item.facility, item.component, left), now=demo.clock.now())
        self._counted = True

    def _break_down(self, demo: Demo) -> None:
        now, shop = demo.clock.now(), demo.wiring.catalogue.shop
        facility = demo.random.choice(shop.facilities)
        centre = demo.random.choice(sorted(facility.centres))
        hours = demo.random.randint(1, LONGEST_BREAK_H)
        broken = Stop(facility.key, centre, 1, now, now + timedelta(hours=hours), "broken down", "Deniz")
        with demo.wiring.database.write() as session:
            stop(session, broken, shop=shop, jobs=demo.wiring.jobs, now=now)
        self.breakdowns += 1


def _order_goods(demo: Demo, shelf: int | None) -> None:
    now, components = demo.clock.now(), demo.wiring.catalogue.shop.components
    with demo.wiring.database.write() as session:
        coming = {(row.facility, row.component) for row in session.execute(sa.select(ExpectedGoods)).scalars()}
        for item in item_figures(session):
            few = shelf is not None and components[item.component].unit == "piece"
            wanted = shelf if few and shelf else FILLED_TO
            if item.free < min(LOW, wanted // 2) and (item.facility, item.component) not in coming:
                goods = Goods(item.facility, item.component, wanted, "ordered anew")
                expect(session, Expected(goods, (now + UNDER_WAY).date(), "Deniz"), now=now)


def _goods_come(demo: Demo) -> None:
    """The deliveries of today, but for some that come tomorrow."""
    now, wiring = demo.clock.now(), demo.wiring
    with wiring.database.write() as session:
        due = sa.select(col(ExpectedGoods.id)).where(col(ExpectedGoods.expected_on) <= now.date())
        for number in session.execute(due.order_by(col(ExpectedGoods.id))).scalars().all():
            if number and demo.random.random() < GOODS_LATE:
                comes_on(session, number, (now + timedelta(days=1)).date())
            elif number:
                _, places = arrived(session, number, who="Deniz", now=now)
                want_plans(session, wiring.jobs, places)


def _spread(session: Session) -> dict[str, float]:
    """Of the orders of several pieces that leave together, all passed: hours from the first check to the last."""
    at = col(QualityCheck.at)
    checks: dict[int, list[datetime]] = {}
    rows = session.execute(
        sa.select(col(Piece.order_id), at)
        .join(QualityCheck, col(QualityCheck.piece_id) == col(Piece.id))
        .join(Order, col(Order.id) == col(Piece.order_id))
        .where(col(QualityCheck.passed), col(Order.ready_at).is_not(None), col(Order.leaves) == TOGETHER)
    )
    for order, checked in rows:
        checks.setdefault(order, []).append(checked)
    hours = sorted((max(own) - min(own)).total_seconds() / 3600 for own in checks.values() if len(own) > 1)
    if not hours:
        return {"orders": 0}
    above = sum(each > A_DAY_H for each in hours)
    return {
        "orders": len(hours),
        "mean": round(sum(hours) / len(hours), 2),
        "p90": round(hours[len(hours) * 9 // 10], 1),
        "over_a_day": above,
    }


def _chart(days: Counter[int]) -> str:
    """The orders by days early or late, as a picture for the README."""
    least, most = min([*days, -3]), max([*days, 3])
    width, height, left, foot = 640, 260, 48, 44
    step = (width - left - 16) / (most - least + 1)
    tallest = max(days.values(), default=1)
    bars = []
    for late in range(least, most + 1):
        x, count = left + (late - least) * step, days.get(late, 0)
        tall = (height - foot - 40) * count / tallest
        colour = "#0B6640" if late <= 0 else "#AE2018"
        top = height - foot - tall
        bars.append(f'<rect x="{x + 3:.1f}" y="{top:.1f}" width="{step - 6:.1f}" height="{tall:.1f}" fill="{colour}"/>')
        name = "on the day" if late == 0 else f"{late:+d}".replace("-", "\u2212")
        bars.append(f'<text x="{x + step / 2:.1f}" y="{height - foot + 18}" text-anchor="middle">{name}</text>')
        if count:
            bars.append(f'<text x="{x + step / 2:.1f}" y="{top - 6:.1f}" text-anchor="middle">{count}</text>')
    axis = f'<path d="M{left} {height - foot}H{width - 16}" stroke="#7F8783"/>'
    said = f"Orders by days before or after the promised day: {json.dumps({k: days[k] for k in sorted(days)})}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label=\'{said}\' '
        f'font-family="system-ui,sans-serif" font-size="12.5" fill="#454D50">'
        f'<rect width="{width}" height="{height}" fill="#fff"/>'
        f'<text x="{left}" y="20" font-weight="650">Orders by days before (\u2212) or after (+) the promised day</text>'
        f"{''.join(bars)}{axis}</svg>\n"
    )


if __name__ == "__main__":
    sys.exit(main())
