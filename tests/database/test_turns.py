"""Writers are served in order of arrival: how long one waits is bounded by how many were there before it."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlmodel import select

from configurator.database import Database, DatabaseInUse, FairLock, alone_with
from configurator.stock.rows import StockItem
from tests.jobs.working import until

WRITERS, WRITES = 12, 40


def longest_wait(database: Database) -> int:
    """How many writes of others came between a writer's asking and its turn, at the most."""
    served: list[int] = []
    waits: list[int] = []
    together = threading.Barrier(WRITERS)

    def write(writer: int) -> None:
        together.wait()
        for n in range(WRITES):
            asked = len(served)
            with database.write() as session:
                waits.append(len(served) - asked)
                served.append(writer)
                session.add(StockItem(facility="plant", component=f"{writer} {n}"))

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(served) == WRITERS * WRITES
    return max(waits)


def test_a_writer_waits_for_those_before_it_and_never_for_those_after(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    # Each other writer once; and once more those that slipped in between the asking and the queueing.
    assert longest_wait(database) <= 2 * WRITERS
    database.close()


def test_the_lock_serves_in_order_of_arrival() -> None:
    lock, order = FairLock(), []

    def wait(number: int) -> None:
        with lock:
            order.append(number)

    threads = [threading.Thread(target=wait, args=(number,)) for number in range(8)]
    with lock:
        for number, thread in enumerate(threads):
            thread.start()
            until(lambda waiting=number + 1: len(lock._waiting) == waiting)
    for thread in threads:
        thread.join()
    assert order == list(range(8))


class Interrupted(threading.Event):
    """A wait that Ctrl-C ends."""

    def wait(self, timeout: float | None = None) -> bool:
        raise KeyboardInterrupt


def test_somebody_interrupted_while_waiting_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    lock = FairLock()
    with lock:
        monkeypatch.setattr(threading, "Event", Interrupted)
        with pytest.raises(KeyboardInterrupt), lock:
            pass
        monkeypatch.undo()
    with lock:
        pass


WRITER = """
import sys
import sqlalchemy as sa
from configurator.database import Database
from configurator.stock.rows import StockItem
database = Database(sys.argv[1])
for _ in range(25):
    with database.write() as session:
        session.execute(sa.update(StockItem).values(on_hand=StockItem.on_hand + 1))
"""


def test_several_processes_write_without_a_lock_error_and_lose_nothing(database: Database, database_url: str) -> None:
    with database.write() as session:
        session.add(StockItem(facility="plant", component="mug", on_hand=0))
    processes = [subprocess.Popen([sys.executable, "-c", WRITER, database_url]) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    with database.read() as session:
        assert session.exec(select(StockItem.on_hand)).one() == 75


SERVER = """
import sys
from configurator.database import Database, alone_with
with alone_with(Database(sys.argv[1])):
    print("serving", flush=True)
    sys.stdin.read()
"""


def test_a_second_server_on_the_same_file_is_refused_by_name_until_the_first_is_gone(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    command = [sys.executable, "-c", SERVER, sqlite_url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "serving\n"
        with pytest.raises(DatabaseInUse) as refusal, alone_with(database):
            pass
        assert f"Another server (process {server.pid}) runs on" in refusal.value.sentence
        server.kill()
    with alone_with(database):
        pass
    database.close()


def test_any_number_of_servers_share_a_postgresql_database(postgres_url: str) -> None:
    database = Database(postgres_url)
    with alone_with(database), alone_with(database):
        pass
    database.close()


def test_a_program_that_is_not_a_server_may_use_the_file_beside_one(sqlite_url: str, tmp_path: Path) -> None:
    server, program = Database(sqlite_url), Database(sqlite_url)
    with alone_with(server), program.write() as session:
        session.add(StockItem(facility="plant", component="mug"))
    server.close()
    program.close()
