import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import InternalError, OperationalError, StatementError
from sqlmodel import Session, col, select

from configurator.database import Database, DatabaseBusy, DatabaseUnreachable, DiskFull
from configurator.production.rows import Unplanned
from configurator.staff.rows import Attempt
from configurator.stock.rows import StockItem

MORNING = datetime(2026, 11, 23, 9, 30, 0, 123456, tzinfo=UTC)


def stocked(session: Session, component: str, on_hand: int = 1) -> None:
    session.add(StockItem(facility="plant", component=component, on_hand=on_hand))
    session.flush()


def components(database: Database) -> set[str]:
    with database.read() as session:
        return set(session.exec(select(StockItem.component)))


def test_what_a_transaction_wrote_is_there_afterwards_and_not_before(database: Database) -> None:
    with database.write() as session:
        stocked(session, "mug-white")
        assert components(database) == set()
    assert components(database) == {"mug-white"}


def test_nothing_of_a_transaction_that_raises_is_kept(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as session:
        stocked(session, "mug-white")
        raise ZeroDivisionError
    assert components(database) == set()


def test_a_transaction_after_one_that_raised_works(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as session:
        raise ZeroDivisionError
    with database.write() as session:
        stocked(session, "mug-white")
    assert components(database) == {"mug-white"}


def test_a_reading_cannot_write(database: Database) -> None:
    with pytest.raises((OperationalError, InternalError)), database.read() as session:
        stocked(session, "mug-white")


def test_a_write_inside_a_write_is_refused_rather_than_waiting_for_itself(database: Database) -> None:
    with (
        pytest.raises(RuntimeError, match="pass its session on"),
        database.write() as session,
        database.write(),
    ):
        stocked(session, "mug-white")


def test_the_database_itself_refuses_to_oversell(database: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError), database.write() as session:
        session.add(StockItem(facility="plant", component="mug", on_hand=1, reserved=2))
        session.flush()


def test_the_database_itself_refuses_a_reference_to_nothing(database: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError), database.write() as session:
        session.add(Unplanned(piece_id=77, reason="no machine", at=MORNING))


@pytest.mark.parametrize("written", [MORNING, MORNING.astimezone(timezone(timedelta(hours=5, minutes=30)))])
def test_times_come_back_as_the_same_moment_in_utc(database: Database, written: datetime) -> None:
    with database.write() as session:
        session.add(Attempt(what="a", window_start=written))
    with database.read() as session:
        read = session.exec(select(Attempt.window_start)).one()
    assert (read, read.tzinfo) == (MORNING, UTC)


def test_times_are_compared_as_moments(database: Database) -> None:
    with database.write() as session:
        for minutes in range(-2, 3):
            session.add(Attempt(what=f"{minutes}", window_start=MORNING + timedelta(minutes=minutes)))
    late = MORNING.astimezone(timezone(-timedelta(hours=8)))
    with database.read() as session:
        after = session.exec(select(Attempt.what).where(col(Attempt.window_start) > late).order_by(Attempt.what))
        assert list(after) == ["1", "2"]


def test_a_time_without_zone_is_never_stored(database: Database) -> None:
    with pytest.raises(StatementError, match="without time zone"), database.write() as session:
        session.add(Attempt(what="a", window_start=MORNING.replace(tzinfo=None)))


def test_many_threads_write_without_a_lock_error_and_lose_nothing(database: Database) -> None:
    with database.write() as session:
        stocked(session, "mug", 0)
    faults: list[BaseException] = []

    def count() -> None:
        try:
            for _ in range(20):
                with database.write() as session:
                    session.execute(sa.update(StockItem).values(on_hand=StockItem.on_hand + 1))
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=count) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with database.read() as session:
        assert session.exec(select(StockItem.on_hand)).one() == 320


def test_a_full_disk_is_said_so_and_undoes_the_transaction(sqlite_url: str) -> None:
    database = Database(sqlite_url)

    @sa.event.listens_for(database.engine, "connect")
    def small(connection: object, _: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined] a sqlite3 one
        connection.execute(f"PRAGMA max_page_count={pages + 2}")  # type: ignore[attr-defined] a sqlite3 one

    with database.write() as session:
        stocked(session, "before")
    with pytest.raises(DiskFull, match="make room on it and try again"), database.write() as session:
        stocked(session, "x" * 100_000)
    assert components(database) == {"before"}
    database.close()


def test_a_file_that_another_program_holds_is_said_so(sqlite_url: str) -> None:
    database, other = Database(sqlite_url), Database(sqlite_url)

    @sa.event.listens_for(database.engine, "connect")
    def impatient(connection: object, _: object) -> None:
        connection.execute("PRAGMA busy_timeout=50")  # type: ignore[attr-defined] a sqlite3 one

    with other.write() as held:
        stocked(held, "theirs")
        with pytest.raises(DatabaseBusy), database.write() as session:
            stocked(session, "ours")
    database.close()
    other.close()


def test_a_server_that_does_not_answer_is_said_so_without_its_password() -> None:
    database = Database("postgresql://shop:secret@127.0.0.1:1/shop")
    with pytest.raises(DatabaseUnreachable) as refusal, database.read() as session:
        session.exec(select(StockItem)).all()
    assert "127.0.0.1:1" in str(refusal.value)
    assert "secret" not in str(refusal.value)
    assert "127.0.0.1" not in refusal.value.sentence
    database.close()


def test_a_database_file_in_a_folder_that_is_not_there_yet_is_made(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new' / 'folder' / 'shop.db'}")
    with database.write() as session:
        session.execute(sa.text("create table t (x)"))
    assert (tmp_path / "new" / "folder" / "shop.db").is_file()
    database.close()


def test_sqlite_is_set_to_lose_nothing(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
    for engine_session in (database.read, database.write):
        with engine_session() as session:
            found = {name: session.execute(sa.text(f"PRAGMA {name}")).scalar() for name in wanted}
        assert found == wanted
    database.close()
