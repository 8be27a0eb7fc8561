"""kill -9 of the real server in mid-checkout, mid-release, mid-export: restarted, nothing is lost or doubled."""

import contextlib
import hashlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from configurator.database import Database
from configurator.export.delivery import Delivery
from configurator.stock.stock_store import ledger_differences
from tests.browser.running import Server, configurator, free_port, serving
from tests.flows.line import Person, Sending, filled, maker, number, rows, to_be_paid, until, working

SHOPPERS = 9
KILLS = 3
BLANKS = ("mug", "keyring", "board")
MOMENTS = (0.004, -1.0, 0.02, 0.06)
"""Seconds between a press on "Release" and the kill: before it, in it, and while the package is written."""


class Shop:
    """A shop that is killed and started again, at the same address and on the same files."""

    def __init__(self, url: str, var: Path) -> None:
        self.url, self.var, self.port = url, var, free_port()

    @contextlib.contextmanager
    def open(self) -> Iterator[Server]:
        """Runs until the block ends; what is still running then is killed."""
        with serving(self.var, "--demo", "--orders", "0", port=self.port, DATABASE_URL=self.url) as server:
            with working(self.url, server.environment):
                yield server
            server.kill()


@pytest.mark.slow
def test_a_shop_killed_again_and_again_loses_nothing_and_doubles_nothing(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    shop = Shop(database_url, tmp_path)
    with shop.open() as server:
        carts = [ready_to_pay(server, BLANKS[count % len(BLANKS)]) for count in range(SHOPPERS)]
    checkouts_are_killed(shop, database, carts)
    assert number(database, "select count(*) from customer_order") == SHOPPERS
    assert number(database, "select count(*) from piece") == SHOPPERS

    caught = releases_are_killed(shop, database)
    assert caught, "no kill came between a release and its package"
    settled(shop, database)
    every_package_is_whole(shop, database)


def ready_to_pay(server: Server, blank: str) -> tuple[dict[str, str], Sending]:
    """A visitor who has filled in everything: cookies and the click that is still to be made."""
    with Person(server) as person:
        sending = to_be_paid(person, blank)
        return dict(person.client.cookies), sending


def checkouts_are_killed(shop: Shop, database: Database, carts: list[tuple[dict[str, str], Sending]]) -> None:
    """Everybody pays at once and the server dies among them; they press again until somebody answers."""
    for kill in range(KILLS + 1):
        with shop.open() as server:
            payers = [threading.Thread(target=pay, args=(server, *cart)) for cart in carts]
            before = number(database, "select count(*) from customer_order")
            for payer in payers:
                payer.start()
            if kill < KILLS:
                wanted = min(before + 1 + kill, SHOPPERS)
                until(
                    lambda least=wanted: number(database, "select count(*) from customer_order") >= least, pause=0.002
                )
                server.kill()
            for payer in payers:
                payer.join()


def pay(server: Server, cookies: dict[str, str], sending: Sending) -> None:
    """Press "Pay"; nobody may answer any more."""
    with contextlib.suppress(httpx.TransportError), httpx.Client(base_url=server.url, cookies=cookies) as client:
        client.post(
            sending.path, content=sending.content, headers={"Content-Type": "application/x-www-form-urlencoded"}
        )


def releases_are_killed(shop: Shop, database: Database) -> int:
    """Release batch after batch, and kill while it happens; how often a kill came before the package was written."""
    caught = 0
    for kill in range(20):
        with shop.open() as server:
            until(lambda: number(database, "select count(*) from piece where stage = 'waiting'") == planned(database))
            opened = rows(database, "select number from batch where status = 'open' order by id")
            if not opened:
                return caught
            kill_while_releasing(server, database, opened[0][0], MOMENTS[kill % len(MOMENTS)])
        caught += number(database, "select count(*) from batch where status <> 'open' and package is null")
    raise AssertionError("there were more batches than kills")


def kill_while_releasing(server: Server, database: Database, batch: str, moment: float) -> None:
    """Press the button on the batch's page; kill so many seconds after, or, below zero, once it is released."""
    with maker(server) as deniz:
        page = deniz.get(f"/workshop/batches/{batch}")
        sending = filled(page, page.form(f"/workshop/batches/{batch}/release"))
        pressing = threading.Thread(target=press, args=(deniz, sending))
        pressing.start()
        if moment < 0:
            until(lambda: is_released(database, batch), pause=0.001)
        else:
            time.sleep(moment)
        server.kill()
        pressing.join()


def press(person: Person, sending: Sending) -> None:
    """Press a button; nobody may answer any more."""
    with contextlib.suppress(httpx.TransportError):
        person.again(sending)


def is_released(database: Database, batch: str) -> bool:
    return rows(database, "select status from batch where number = :batch", batch=batch) != [("open",)]


def planned(database: Database) -> int:
    """Waiting pieces that are in a batch."""
    return number(
        database, "select count(*) from piece p join batch_place b on b.piece_id = p.id where p.stage = 'waiting'"
    )


def settled(shop: Shop, database: Database) -> None:
    """Started once more, the shop finishes what was begun."""
    with shop.open():
        until(lambda: number(database, "select count(*) from batch where package is null") == 0)
    assert rows(database, "select distinct stage from piece") == [("released",)]
    assert number(database, "select count(*) from batch_place") == SHOPPERS
    with database.read() as session:
        assert ledger_differences(session) == ()


def every_package_is_whole(shop: Shop, database: Database) -> None:
    """Each file is what the manifest says, nothing half-written lies about, and exporting again gives the same."""
    delivery = Delivery((shop.var / "packages").as_uri())
    batches = rows(database, "select number, package, package_digest from batch")
    folders = {path.name for path in (shop.var / "packages").iterdir() if not path.name.startswith(".")}
    assert folders == {package for _, package, _ in batches}
    environment = {"DEMO": "1", "CONFIGURATOR_VAR": str(shop.var), "DATABASE_URL": shop.url, "HOST": "127.0.0.1"}
    for batch, package, digest in batches:
        written = {file.name: delivery.read(package, file.name) for file in delivery.files(package)}
        told = {file.name: file.sha256 for file in delivery.files(package) if file.sha256}
        assert told == {name: hashlib.sha256(written[name]).hexdigest() for name in told}
        again = configurator("export", batch, environment=environment)
        assert again.returncode == 0, again.stderr
        assert {name for name, data in written.items() if delivery.read(package, name) != data} == set()
        assert digest in again.stdout.replace("\n", "")
