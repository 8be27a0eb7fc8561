"""Batches: every piece in exactly one, or left with a reason; most urgent first; sheets and shop rule kept."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from configurator.blanks.blank import SheetSpec
from configurator.production.batching import Group, Waiting, batches
from configurator.production.nesting import Nest, Rectangle

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
SHEET = SheetSpec(size_mm=(420, 594), gap_mm=4, margin_mm=10, turn=True)
WRAP = Rectangle("wrap", 204, 84)
GROUP = Group("bremen", "mug-press", "mug-white", "mug", rush=False)
SHAPES = [(), (WRAP,), (WRAP, Rectangle("back", 100, 60)), (Rectangle("poster", 900, 60),)]


@st.composite
def waiting(draw: st.DrawFn) -> list[Waiting]:
    return [
        Waiting(
            piece=n,
            group=Group(
                draw(st.sampled_from(["bremen", "hamburg"])),
                "mug-press",
                draw(st.sampled_from(["mug-white", "mug-coral"])),
                "mug",
                draw(st.booleans()),
            ),
            due=NOW + timedelta(hours=draw(st.integers(0, 40))),
            sheet=draw(st.sampled_from([None, SHEET])),
            rectangles=draw(st.sampled_from(SHAPES)),
            obstacle=draw(st.sampled_from(["", "", "", "It is on hold."])),
        )
        for n in range(draw(st.integers(0, 60)))
    ]


@given(waiting(), st.integers(1, 20))
def test_every_piece_is_in_exactly_one_batch_or_left_with_a_reason(pieces: list[Waiting], most: int) -> None:
    answer = batches(pieces, most=most)
    placed = [piece for batch in answer.formed for piece in batch.pieces]
    assert sorted(placed + [piece for piece, _ in answer.left]) == [piece.piece for piece in pieces]
    assert all(reason.endswith(".") for _, reason in answer.left)


@given(waiting(), st.integers(1, 20))
def test_a_batch_keeps_its_capacity_its_group_and_its_sheets(pieces: list[Waiting], most: int) -> None:
    by_id = {piece.piece: piece for piece in pieces}
    for batch in batches(pieces, most=most).formed:
        own = [by_id[piece] for piece in batch.pieces]
        assert {piece.group for piece in own} == {batch.group}
        assert 1 <= len(own) <= batch.capacity
        assert len({piece.sheet for piece in own}) == 1
        if own[0].sheet:
            nest = Nest(own[0].sheet, max(1, batch.sheets))
            assert all(nest.add(piece.rectangles) is not None for piece in own)


@given(waiting(), st.integers(1, 20), st.randoms())
def test_the_same_pieces_in_any_order_give_the_same_batches(pieces: list[Waiting], most: int, random: object) -> None:
    shuffled = list(pieces)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert batches(shuffled, most=most) == batches(pieces, most=most)


def test_what_a_rule_allows_at_most_holds_even_if_a_sheet_takes_more() -> None:
    """Found by HYPOTHESIS_PROFILE=search: ten mugs fit on a sheet, and a rule of six got batches of ten."""
    wrap = (Rectangle("wrap", 205, 85),)
    pieces = [Waiting(n, GROUP, NOW, SHEET, wrap) for n in range(13)]
    assert [len(batch.pieces) for batch in batches(pieces, most=6).formed] == [10, 3]
    assert [len(batch.pieces) for batch in batches(pieces, most=6, no_more=True).formed] == [6, 6, 1]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60))
def test_the_most_urgent_pieces_are_in_the_first_batch(hours: list[int]) -> None:
    pieces = [Waiting(n, GROUP, NOW + timedelta(hours=h)) for n, h in enumerate(hours)]
    dues = [[hours[piece] for piece in batch.pieces] for batch in batches(pieces, most=7).formed]
    assert [due for batch in dues for due in batch] == sorted(hours)
    assert [len(batch) for batch in dues[:-1]] == [7] * (len(dues) - 1)


def test_a_batch_takes_whole_sheets() -> None:
    pieces = [Waiting(n, GROUP, NOW, SHEET, (WRAP,)) for n in range(30)]
    first, second = batches(pieces, most=24).formed[:2]
    assert (first.per_sheet, first.capacity, first.sheets, len(first.pieces)) == (10, 20, 2, 20)
    assert first.full
    assert not second.full


def test_a_sheet_larger_than_the_shop_rule_is_filled_all_the_same() -> None:
    tag = (Rectangle("tag", 30, 30),)
    formed = batches([Waiting(n, GROUP, NOW, SHEET, tag) for n in range(40)], most=24).formed
    assert len(formed) == 1
    assert formed[0].capacity == formed[0].per_sheet > 24


def test_a_piece_larger_than_its_sheet_is_told_with_the_sizes() -> None:
    poster = Waiting(1, GROUP, NOW, SHEET, (Rectangle("poster", 900, 60),))
    ((piece, reason),) = batches([poster], most=24).left
    assert piece == 1
    assert "“poster” is 900 × 60 mm" in reason
    assert "420 × 594 mm" in reason
