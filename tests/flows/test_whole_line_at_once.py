"""Two clicks, two scans, two makers, two clerks on the real server, at the same moment: one effect each."""

import contextlib
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from configurator.database import Database
from configurator.demo.staff import CLERK, SECOND_CLERK
from tests.browser.running import Server, serving
from tests.flows.line import Person, Sending, clerk, filled, maker, number, rows, to_be_paid, until, working
from tests.web.browser import Page

STORE = "store-bremen"


@contextlib.contextmanager
def shop(url: str, var: Path) -> Iterator[Server]:
    with serving(var, "--demo", "--orders", "0", DATABASE_URL=url) as server, working(url, server.environment):
        yield server


@pytest.mark.slow
def test_of_two_of_everything_at_once_one_counts(database: Database, database_url: str, tmp_path: Path) -> None:
    with shop(database_url, tmp_path) as server, contextlib.ExitStack() as leaving:
        code, order = two_clicks_are_one_order(server, database)
        deniz = [leaving.enter_context(maker(server)) for _ in range(2)]
        batch, facility = two_releases_write_one_package(deniz, database)
        two_scans_of_a_piece_move_it_once(deniz, database, batch, facility)
        clerks = [leaving.enter_context(clerk(server, pin)) for _, pin in (CLERK, SECOND_CLERK)]
        two_clerks_hand_over_once(clerks, database, code, order)


def at_once(people: list[Person], sendings: list[Sending]) -> list[Page]:
    """Everybody presses at the same moment; what each of them sees."""
    seen: dict[int, Page] = {}
    gate = threading.Barrier(len(people))

    def press(place: int) -> None:
        gate.wait()
        seen[place] = people[place].again(sendings[place])

    threads = [threading.Thread(target=press, args=(place,)) for place in range(len(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [seen[place] for place in range(len(people))]


def two_clicks_are_one_order(server: Server, database: Database) -> tuple[str, str]:
    """Press "Pay" three times at once: one order, and everybody sees the same one."""
    with Person(server) as shopper:
        sending = to_be_paid(shopper, "mug", way=f"pickup:{STORE}")
        seen = at_once([shopper] * 3, [sending] * 3)
    assert {page.status for page in seen} == {200}
    assert len({page.path.partition("?")[0] for page in seen}) == 1
    assert number(database, "select count(*) from customer_order") == 1
    assert number(database, "select count(*) from piece") == 1
    code, order = rows(database, "select pickup_code, number from customer_order")[0]
    return code, order


def two_releases_write_one_package(deniz: list[Person], database: Database) -> tuple[str, str]:
    """Two makers release the same batch: one does, one is told, one package is written."""
    until(lambda: number(database, "select count(*) from batch_place") == 1)
    batch, facility = rows(database, "select number, facility from batch")[0]
    page = deniz[0].get(f"/workshop/batches/{batch}")
    other = deniz[1].get(f"/workshop/batches/{batch}")
    path = f"/workshop/batches/{batch}/release"
    seen = at_once(deniz, [filled(page, page.form(path)), filled(other, other.form(path))])
    assert {each.status for each in seen} <= {200, 409}
    assert 200 in {each.status for each in seen}
    until(lambda: number(database, "select count(*) from batch where package is not null") == 1)
    assert number(database, "select count(*) from batch") == 1
    return batch, facility


def two_scans_of_a_piece_move_it_once(deniz: list[Person], database: Database, batch: str, facility: str) -> None:
    """At every station two makers scan the same piece: one books it, the other is told that it was booked."""
    piece = rows(database, "select code from piece")[0][0]
    for station, stage in (("picking", "picked"), ("production", "made"), ("check", "checked"), ("storage", "stored")):
        pages = [person.get(f"/workshop/stations/{station}?at={facility}") for person in deniz]
        forms = [filled(page, page.form("/workshop/scans"), code=piece, verdict="pass") for page in pages]
        seen = at_once(deniz, forms)
        assert sorted(len(re.findall(r'class="fb ok"', page.html)) for page in seen) == [0, 1]
        again = deniz[0].again(forms[0])
        assert ('class="fb ok"' in again.html) == ('class="fb ok"' in seen[0].html)
        assert rows(database, "select stage from piece") == [(stage,)]
    assert number(database, "select count(*) from quality_check") == 1


def two_clerks_hand_over_once(clerks: list[Person], database: Database, code: str, order: str) -> None:
    """Two clerks take the money for, and hand over, the same order: it is paid once and leaves once."""
    deeds = (
        ("select count(*) from payment", "/counter/payments", "Paid in cash"),
        ("select count(*) from hand_over", "/counter/handovers", "Hand over"),
    )
    for count, path, text in deeds:
        pages = [person.get("/counter") for person in clerks]
        pages = [
            person.again(filled(page, page.form("/counter/scans"), code=code))
            for person, page in zip(clerks, pages, strict=True)
        ]
        seen = at_once(clerks, [filled(page, page.form(path), text) for page in pages])
        assert {page.status for page in seen} <= {200, 409}
        assert number(database, count) == 1
    paid = "select o.total, p.amount from customer_order o join payment p on p.order_id = o.id"
    total, taken = rows(database, paid)[0]
    assert total == taken
    assert rows(database, "select stage from piece") == [("handed_over",)]
    assert rows(database, "select number, status from customer_order") == [(order, "finished")]
