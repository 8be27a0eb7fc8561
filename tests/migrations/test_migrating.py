from sqlmodel import select

from configurator.database import Database
from configurator.migrations.migrating import check
from configurator.stock.rows import StockItem


def test_a_migrated_database_has_what_the_code_wants(database: Database) -> None:
    check(database)


def test_a_migrated_database_can_be_written_and_read(database: Database) -> None:
    with database.write() as session:
        session.add(StockItem(facility="plant", component="mug-white", on_hand=3))
    with database.read() as session:
        assert [item.on_hand for item in session.exec(select(StockItem))] == [3]
