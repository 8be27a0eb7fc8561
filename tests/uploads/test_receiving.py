from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import select

from configurator.database import Database
from configurator.storage import Storage
from configurator.uploads.picture_store import pictures_called, pictures_of
from configurator.uploads.receiving import Sent, called, receive
from configurator.uploads.rows import Picture
from tests.artwork.workbench import book
from tests.builders import NOW
from tests.uploads.files import a_photo, svg

Take = Callable[..., Picture]


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage((tmp_path / "storage").as_uri())


@pytest.fixture
def take(database: Database, storage: Storage, tmp_path: Path) -> Take:
    def take(content: bytes, name: str = "Sunset.jpg", owner: str = "zoe") -> Picture:
        path = tmp_path / "sent"
        path.write_bytes(content)
        with path.open("rb") as file:
            return receive(Sent(file, name, owner), database, storage, book(), now=NOW)

    return take


def test_a_picture_is_kept_once_however_often_and_by_whomever_it_is_sent(take: Take, database: Database) -> None:
    first = take(a_photo())
    assert take(a_photo(), "again.jpg").asset == take(a_photo(), owner="max").asset == first.asset
    with database.read() as session:
        assert len(session.exec(select(Picture)).all()) == 1
        assert [name for _, name in pictures_of(session, "zoe")] == ["again"]
        assert [name for _, name in pictures_of(session, "max")] == ["Sunset"]


def test_what_is_kept_is_named_by_its_hash_and_comes_back_whole(take: Take, storage: Storage) -> None:
    photo, drawing = take(a_photo()), take(svg('<path d="M0 0h9v9z"/>'), "mark.svg")
    assert storage.get(photo.asset).startswith(b"\xff\xd8\xff")
    assert storage.get(photo.preview)[8:12] == b"WEBP"
    assert storage.get(drawing.asset).startswith(b"<svg")
    assert (drawing.kind, drawing.preview, drawing.small) == ("drawing", "", "")


def test_a_visitor_sees_only_pictures_of_their_own_the_newest_first(take: Take, database: Database) -> None:
    for number in range(3):
        take(a_photo(64 + number, 48), f"{number}.jpg")
    take(a_photo(32, 32), "other.jpg", owner="max")
    with database.read() as session:
        assert [name for _, name in pictures_of(session, "zoe")] == ["2", "1", "0"]
        assert pictures_of(session, "nobody") == []
        assert pictures_called(session, ["0" * 64]) == {}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("C:\\Photos\\Sunset.final.JPG", "Sunset.final"),
        ("../../etc/passwd", "passwd"),
        ("\u202egpj.exe\n", "gpj"),
        ("", "Picture"),
        ("<b>Zoë</b> 🎉.png", "b> 🎉"),
        ("x" * 400 + ".jpg", "x" * 60),
    ],
)
def test_a_picture_is_called_as_its_file_without_folders_endings_and_signs_nobody_sees(name: str, shown: str) -> None:
    assert called(name) == shown
