"""The catalogue as pages see it: the same one as long as nothing in the workshop changes."""

from datetime import timedelta

from configurator.production.premises import Premises
from configurator.production.rows import ShopRecord
from tests.production.workshop import Workshop

LATER = timedelta(minutes=1)


def test_what_is_remembered_by_the_catalogue_stays_while_nothing_changes(workshop: Workshop) -> None:
    premises, now = Premises(workshop.catalogue, workshop.database), workshop.clock.now()
    first = premises.catalogue(now)
    assert premises.catalogue(now + LATER) is first
    with workshop.database.write() as session:
        record = ShopRecord(key="batch", revision=1, content={"pieces": 7}, changed_by="Deniz", changed_at=now)
        session.add(record)
    changed = premises.catalogue(now + 2 * LATER)
    assert changed.shop.batch_pieces == 7
    assert changed.engine("mug") is first.engine("mug")
