"""The demo week: every number on the workshop's board agrees with the database, and nothing is in two places."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from litestar.testing import TestClient

from configurator.app import asgi
from configurator.clock import FixedClock
from configurator.database import Database
from configurator.demo.people import NAMES
from configurator.demo.staff import MAKER
from configurator.opening import open_wiring
from configurator.settings import read_settings
from configurator.stock.stock_store import ledger_differences
from configurator.web.resources import ROOT
from tests.browser.running import configurator
from tests.browser.walking import FACILITIES
from tests.flows.line import filled, number, rows
from tests.web.browser import Browser, Page

BERLIN = ZoneInfo("Europe/Berlin")


@contextmanager
def signed_in(environment: dict[str, str]) -> Iterator[tuple[Browser, datetime]]:
    """Deniz in the workshop of that shop, at a moment that stands still, so that page and database can be compared."""
    clock = FixedClock(datetime.now(UTC))
    settings = read_settings(environment, root=ROOT)
    with open_wiring(settings, clock=clock) as wiring, TestClient(asgi(wiring)) as client:
        browser = Browser(client)
        page = browser.get("/workshop/sign-in")
        sending = filled(page, page.forms[0], email=MAKER[0], password=MAKER[2])
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        client.post(sending.path, content=sending.content, headers=headers)
        yield browser, clock.at


@pytest.mark.slow
def test_every_number_on_the_board_of_the_demo_agrees_with_the_database(database_url: str, tmp_path: Path) -> None:
    environment = {"DEMO": "1", "CONFIGURATOR_VAR": str(tmp_path), "DATABASE_URL": database_url, "HOST": "127.0.0.1"}
    made = configurator("demo", "--orders", "25", environment=environment)
    assert made.returncode == 0, made.stderr
    placed = int(re.search(r"(\d+) orders were placed", made.stdout)[1])  # type: ignore[index]  # no match is a failure too
    database = Database(database_url)
    assert number(database, "select count(*) from customer_order") == placed
    with signed_in(environment) as (browser, now):
        for facility in FACILITIES:
            board_agrees(browser.get(f"/workshop?at={facility}"), database, facility, now)
    everything_is_in_one_place(database)
    people_are_from_everywhere(database)
    again = configurator("demo", "--orders", "1", environment=environment)
    assert again.returncode == 1
    assert "There are orders in this database already" in again.stderr.replace("\n", " ")
    database.close()


def board_agrees(page: Page, database: Database, facility: str, now: datetime) -> None:
    """Headline, second line, batch by batch, and what is in no batch."""
    assert page.status == 200
    text = page.text.replace("\u00a0", " ")
    stages = dict(rows(database, "select stage, count(*) from piece where facility = :at group by stage", at=facility))
    left_out = rows(
        database,
        "select p.code from unplanned u join piece p on p.id = u.piece_id where p.facility = :at",
        at=facility,
    )
    making = sum(stages.get(stage, 0) for stage in ("released", "picked", "made", "checked"))
    assert first(r"(\d+) pieces? to make", text) == stages.get("waiting", 0) + making
    assert first(r"(\d+) pieces? in open batches", text) == stages.get("waiting", 0) - len(left_out)
    assert first(r"(\d+) being made", text) == making
    assert first(r"(\d+) stored", text) == stages.get("stored", 0)
    late = sum(due < now for due in due_times(database, facility))
    assert (first(r"(\d+) pieces? (?:is|are) past", text) or 0) == late
    open_batches_agree(page, database, facility)
    assert codes_left_out(page) == sorted(code for (code,) in left_out)


def codes_left_out(page: Page) -> list[str]:
    """Of the pieces in no batch; a row tells one, or the first and the last of an order's neighbours."""
    found = []
    rows_shown = page.html.partition("In no batch yet")[2].partition("</section>")[0]
    for row in rows_shown.split("<li>")[1:]:
        codes = re.findall(r'<span class="code">([^<]+)</span>', row)
        order, _, number = codes[0].rpartition("-")
        last = int(codes[-1].rpartition("-")[2])
        found += [f"{order}-{each:02}" for each in range(int(number), last + 1)]
    return sorted(found)


def open_batches_agree(page: Page, database: Database, facility: str) -> None:
    """Every open batch is a card with its pieces, its places and the time at which it closes."""
    cards = [card.partition("</article>")[0] for card in page.html.split('<article class="panel ob">')[1:]]
    shown = {}
    for card in cards:
        numbers = re.search(r"<b>(\d+)</b> of (\d+)</span><span>closes <b>([\d:]+)</b>", card)
        assert numbers
        squares = card.count('<rect x="') - card.count('stroke-dasharray="3 3"')
        assert squares == int(numbers[1])
        shown[re.search(r"B-\d+", card)[0]] = (int(numbers[1]), int(numbers[2]), numbers[3])  # type: ignore[index]  # no match is a failure too
    found = rows(
        database,
        "select b.number, count(*), b.capacity, b.closes_at from batch b join batch_place p on p.batch_id = b.id "
        "where b.status = 'open' and b.facility = :at group by b.id, b.number, b.capacity, b.closes_at",
        at=facility,
    )
    assert shown == {name: (count, places, local(closes)) for name, count, places, closes in found}


def due_times(database: Database, facility: str) -> list[datetime]:
    """When the pieces that are not finished are due."""
    unfinished = "('waiting', 'released', 'picked', 'made', 'checked')"
    found = rows(database, f"select due_at from piece where facility = :at and stage in {unfinished}", at=facility)  # noqa: S608 a constant
    return [moment(due) for (due,) in found]


def everything_is_in_one_place(database: Database) -> None:
    """Promise 7: a piece is in one batch or listed with the reason; the ledger explains the stock."""
    assert rows(database, "select piece_id from batch_place group by piece_id having count(*) > 1") == []
    both = "select b.piece_id from batch_place b join unplanned u on u.piece_id = b.piece_id"
    assert rows(database, both) == []
    nowhere = (
        "select p.code from piece p where p.stage <> 'cancelled' "
        "and not exists (select 1 from batch_place b where b.piece_id = p.id) "
        "and not exists (select 1 from unplanned u where u.piece_id = p.id)"
    )
    assert rows(database, nowhere) == []
    astray = (
        "select p.code from piece p join batch_place b on b.piece_id = p.id join batch on batch.id = b.batch_id "
        "where (p.stage = 'waiting') <> (batch.status = 'open')"
    )
    assert rows(database, astray) == []
    with database.read() as session:
        assert ledger_differences(session) == ()


def people_are_from_everywhere(database: Database) -> None:
    """Names in several scripts came through orders as they were written."""
    names = {name for (name,) in rows(database, "select name from customer_order")}
    assert names <= set(NAMES)
    assert any(not name.isascii() for name in names)


def first(pattern: str, text: str) -> int | None:
    found = re.search(pattern, text)
    return int(found[1]) if found else None


def moment(value: datetime | str) -> datetime:
    """A time as either database gives it to plain SQL."""
    given = datetime.fromisoformat(value) if isinstance(value, str) else value
    return given if given.tzinfo else given.replace(tzinfo=UTC)


def local(value: datetime | str) -> str:
    return f"{moment(value).astimezone(BERLIN):%H:%M}"
