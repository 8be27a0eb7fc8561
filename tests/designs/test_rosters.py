"""Lists of personalised pieces, as people type them and as spreadsheets paste them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.designs.form import clean
from configurator.designs.rosters import MOST_LINES, PIECES, Column, NotNumbers, Roster, numbered, read_roster

NAME, YEAR = Column("f.name", "Name", 14), Column("f.year", "Year", 4)
COLOUR = Column("colour", "Colour", values={"navy": "Navy", "sun": "Sun yellow"})
SIZE = Column("size", "Size", values={"s": "S", "m": "M", "xxl": "2XL"})
SHIRT = (NAME, YEAR, COLOUR, SIZE, PIECES)
RING = (NAME, PIECES)

LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=20)
WORDS = st.from_regex(r"[a-zA-ZäëïŁ🎉محمد<>&'\" ]{1,14}", fullmatch=True).map(str.strip).filter(bool)


def fields(roster: Roster) -> list[dict[str, str]]:
    assert not roster.fault
    assert all(not row.faults for row in roster.rows), [row.faults for row in roster.rows]
    return [dict(row.fields) for row in roster.rows]


def fault(text: str, columns: tuple[Column, ...] = SHIRT) -> str:
    roster = read_roster(text, columns)
    return roster.fault or " ".join(sentence for row in roster.rows for sentence in row.faults)


def says_something(line: str) -> bool:
    return bool(clean(line.removeprefix("\ufeff").replace("\t" if "\t" in line else ";", " ")).strip())


def test_texts_come_in_their_order_by_semicolon_or_tab() -> None:
    wanted = [{"f.name": "Zoë", "f.year": "2019"}, {"f.name": "Ida"}]
    assert fields(read_roster("Zoë; 2019\nIda", SHIRT)) == wanted
    assert fields(read_roster("Zoë\t2019\nIda", SHIRT)) == wanted


def test_after_the_texts_options_are_known_by_what_they_say_in_any_order() -> None:
    (row,) = fields(read_roster("Zoë;2019;2xl;NAVY", SHIRT))
    assert row == {"f.name": "Zoë", "f.year": "2019", "size": "xxl", "colour": "navy"}
    assert fields(read_roster("Zoë;2019;XXL", SHIRT))[0]["size"] == "xxl", "its key is understood too"


def test_who_writes_a_name_and_a_size_means_the_size_however_many_texts_the_design_has() -> None:
    wanted = [{"f.name": "Zoë", "size": "m"}, {"f.name": "Ida", "size": "s", "f.year": "2019"}]
    assert fields(read_roster("Zoë; M\nIda; S; 2019", SHIRT)) == wanted
    assert [row.pieces for row in read_roster("Zoë; 2×", SHIRT).rows] == [2]
    assert fields(read_roster("M; M", SHIRT)) == [{"f.name": "M", "size": "m"}], "somebody may be called M"
    assert fields(read_roster("name; year\nZoë; M", SHIRT)) == [{"f.name": "Zoë", "f.year": "M"}], (
        "columns that are named"
    )


def test_two_times_after_a_semicolon_is_two_of_it() -> None:
    assert [row.pieces for row in read_roster("Zoë;2×\nIda;3 x\nKofi", RING).rows] == [2, 3, None]


def test_two_times_before_the_name_is_two_of_it_too() -> None:
    roster = read_roster("2x; Kofi\n3×; Ida; M", SHIRT)
    assert fields(roster) == [{"f.name": "Kofi"}, {"f.name": "Ida", "size": "m"}]
    assert [row.pieces for row in roster.rows] == [2, 3]


def test_somebody_may_be_called_two_times() -> None:
    assert fields(read_roster("2x\n2x; 2x", SHIRT)) == [{"f.name": "2x"}, {"f.name": "2x"}]
    assert [row.pieces for row in read_roster("2x\n2x; 2x", SHIRT).rows] == [None, 2]


def test_a_first_line_that_names_columns_chooses_and_orders_them() -> None:
    roster = read_roster("SIZE;name;Pieces\nM;Zoë;2\n2XL;Ida", SHIRT)
    assert roster.named == (SIZE, NAME, PIECES)
    assert fields(roster) == [{"size": "m", "f.name": "Zoë"}, {"size": "xxl", "f.name": "Ida"}]
    assert [row.pieces for row in roster.rows] == [2, None]


def test_a_first_line_with_a_strange_name_is_told_instead_of_being_made() -> None:
    assert fault("Name;Größe\nZoë;M") == (
        "“Größe” in the first line is no column. There are: Name, Year, Colour, Size, Pieces."
    )
    assert fault("Name;Name\nZoë;M") == "“Name” stands twice in the first line."
    assert "Only the names of the columns" in fault("Name;Size")


def test_what_a_spreadsheet_leaves_behind_changes_nothing() -> None:
    plain = fields(read_roster("Zoë;2019\nIda;2020", SHIRT))
    assert fields(read_roster("\ufeffZoë\t2019\t\t\r\n\r\n\t\t\r\n  Ida \t2020\t\r\n", SHIRT)) == plain


def test_an_empty_cell_leaves_what_was_designed() -> None:
    assert fields(read_roster("Zoë;;M", SHIRT)) == [{"f.name": "Zoë", "size": "m"}]
    assert fields(read_roster(";2019", SHIRT)) == [{"f.year": "2019"}]


def test_the_same_name_twice_is_two_pieces() -> None:
    assert len(fields(read_roster("Zoë\nZoë", RING))) == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Bartholomew the Third", "“Bartholomew the Third” has 21 characters; Name takes 14 at most."),
        ("Zoë;2019;XLL", "“XLL” is nothing to choose from. There are: Colour (Navy, Sun yellow); Size (S, M, 2XL)."),
        ("Name;Size\nZoë;XLL", "“XLL” is no Size. There are: S, M, 2XL."),
        ("Name;Size\nZoë;M;7", "3 columns are in this line, but only 2 are named: Name, Size."),
        ("Name;Pieces\nZoë;many", "“many” is no number of pieces. Write it like 2."),
        ("Name;Pieces\nZoë;0", "“0” is no number of pieces. Write it like 2."),
        (" \n;;\n\t", "The list is empty. Write one piece a line."),
    ],
)
def test_each_mistake_has_a_sentence_of_its_own(text: str, sentence: str) -> None:
    assert fault(text) == sentence


def test_one_column_too_many_for_a_ring_with_nothing_but_a_name_is_told() -> None:
    assert fault("Smith; Jones", RING) == "“Jones” is one column too many. There are: Name."
    assert fields(read_roster("Smith; Jones\t", RING)) == [{"f.name": "Smith; Jones"}], "a tab parts before a semicolon"


def test_two_hundred_lines_are_read_and_one_more_is_told() -> None:
    assert len(fields(read_roster("Zoë\n" * MOST_LINES, RING))) == MOST_LINES
    assert fault("Zoë\n" * (MOST_LINES + 1), RING).startswith("201 pieces are in the list. At most 200")


def test_numbers_fill_a_list_and_follow_what_is_there() -> None:
    assert numbered("", NAME, ("1", "3", "No. #/3"), RING).splitlines() == ["No. 1/3", "No. 2/3", "No. 3/3"]
    assert numbered("Zoë\r\n", NAME, ("9", "10", "#"), RING).splitlines() == ["Zoë", "9", "10"]
    assert numbered("", NAME, ("008", "010", "#"), RING).splitlines() == ["008", "009", "010"]
    assert fields(read_roster(numbered("", YEAR, ("1", "2", "#"), SHIRT), SHIRT)) == [{"f.year": "1"}, {"f.year": "2"}]
    named = numbered("Size;Year\nM;7", YEAR, ("8", "8", "#"), SHIRT)
    assert fields(read_roster(named, SHIRT)) == [{"size": "m", "f.year": "7"}, {"f.year": "8"}]


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [("1", "201", "#"), ("2", "1", "#"), ("one", "2", "#"), ("-1", "2", "#"), ("1", "", "#"), ("1", "2", "No.")],
)
def test_numbers_that_make_no_list_are_refused_with_a_sentence(first: str, last: str, written: str) -> None:
    with pytest.raises(NotNumbers):
        numbered("", NAME, (first, last, written), RING)
    with pytest.raises(NotNumbers, match="does not name “Year”"):
        numbered("Name;Size\nZoë;M", YEAR, ("1", "2", "#"), SHIRT)


@given(st.lists(LINES, max_size=30).map("\n".join))
def test_whatever_is_typed_is_read_without_breaking_and_no_line_is_lost(text: str) -> None:
    roster = read_roster(text, SHIRT)
    assert bool(roster.fault) != bool(roster.rows)
    for row in roster.rows:
        assert all(value for value in row.fields.values()), "an empty cell is as designed"
        assert len(row.fields.get("f.name", "")) <= 14
    if roster.rows:
        assert len(roster.rows) + bool(roster.named) == len([line for line in text.split("\n") if says_something(line)])


@given(st.lists(st.tuples(WORDS, st.sampled_from(["S", "M", "2XL"])), min_size=1, max_size=40), st.sampled_from("\t;"))
def test_what_is_written_as_a_list_comes_back_as_it_was(pieces: list[tuple[str, str]], sign: str) -> None:
    text = "\n".join(sign.join(each) for each in [("Name", "Size"), *pieces])
    keys = {label: key for key, label in SIZE.values.items()}
    assert [(row["f.name"], row["size"]) for row in fields(read_roster(text, SHIRT))] == [
        (name, keys[size]) for name, size in pieces
    ]


@given(st.integers(0, 5000), st.integers(0, MOST_LINES - 1))
def test_an_edition_has_every_number_once(first: int, more: int) -> None:
    text = numbered("", NAME, (str(first), str(first + more), "No. #"), RING)
    assert [row["f.name"] for row in fields(read_roster(text, RING))] == [
        f"No. {number}" for number in range(first, first + more + 1)
    ]
