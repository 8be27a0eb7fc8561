"""kill -9 in mid-checkout, mid-release and mid-export: nothing is lost or doubled, and every package is whole."""

import hashlib
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.database import Database
from configurator.export.delivery import Delivery
from configurator.export.package import write_package
from configurator.orders.rows import Order, Piece
from configurator.production.releasing import package_source
from configurator.production.rows import Batch, BatchPlace
from configurator.stock.stock_store import ledger_differences
from tests.builders import stocked
from tests.production.program import CATALOGUE, ORDERS
from tests.programs import program, reaches

POINTS = ("placing", "placed", "planning", "releasing", "released", "exporting", "exported")


def column(session: Session, what: sa.Select[tuple[object]]) -> list[object]:
    return list(session.execute(what).scalars())


@pytest.mark.slow
def test_killed_at_every_point_everything_is_made_once_and_every_package_is_whole(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    with database.write() as session:
        stocked(session, CATALOGUE.shop)
    folder = tmp_path / "packages"
    killed = []
    for point in POINTS:
        with program("tests.production.program", database_url, str(folder)) as process:
            if reaches(process, point):
                process.kill()
                killed.append(point)
    assert {"placing", "planning", "releasing", "exporting"} <= set(killed)
    with program("tests.production.program", database_url, str(folder)) as process:
        assert reaches(process, "done")
    with database.read() as session:
        assert len(column(session, sa.select(col(Order.id)))) == ORDERS
        assert column(session, sa.select(col(Piece.stage))) == ["released"] * 4 * ORDERS
        assert len(column(session, sa.select(col(BatchPlace.piece_id)))) == 4 * ORDERS
        assert ledger_differences(session) == ()
        batches = session.execute(sa.select(col(Batch.id), col(Batch.number), col(Batch.package_digest))).all()
    packages_are_whole(database, Delivery(folder.as_uri()), [(row[0], row[1], row[2]) for row in batches])
    assert sorted(path.name for path in folder.iterdir()) == sorted(row[1] for row in batches)


def packages_are_whole(database: Database, delivery: Delivery, batches: list[tuple[int, str, str]]) -> None:
    """Every file has the digest its manifest says, and writing the package again gives the same one."""
    for batch_id, number, digest in batches:
        for file in delivery.files(number):
            assert hashlib.sha256(delivery.read(number, file.name)).hexdigest() == file.sha256
        with database.read() as session:
            source = package_source(session, batch_id)
        again = write_package(source.batch, source.scenes, delivery, pictures=source.pictures)
        assert again.digest == digest
