"""Numbers that only rise; their rows are also what takes turns: who holds one is alone until its transaction ends."""

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.database import insert_into
from configurator.production.rows import Counter


def lock(session: Session, name: str) -> int:
    """Wait for one's turn at a counter; its value. The counter is made if it is new."""
    session.execute(insert_into(session, Counter).values(name=name, value=0).on_conflict_do_nothing())
    statement = sa.select(col(Counter.value)).where(col(Counter.name) == name).with_for_update()
    return int(session.execute(statement).scalar_one())


def draw_numbers(session: Session, name: str, count: int) -> range:
    """The next `count` numbers of a counter, given out once and for all if the transaction is committed."""
    value = lock(session, name)
    session.execute(
        sa.update(Counter)
        .where(col(Counter.name) == name)
        .values(value=value + count)
        .execution_options(synchronize_session=False)
    )
    return range(value + 1, value + count + 1)
