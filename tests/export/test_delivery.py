import hashlib
import io
import json
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import obstore
import pytest

from configurator.export.delivery import (
    BadDestination,
    BadName,
    Delivery,
    DestinationUnreachable,
    NoSuchFile,
    NoSuchPackage,
)


@pytest.fixture(params=["file", "s3"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A folder (with a blank in its name) and a bucket: every test that asks runs on both."""
    return (tmp_path / "my packages").as_uri() if request.param == "file" else request.getfixturevalue("s3_url")


def package(**contents: bytes) -> dict[str, bytes]:
    """Files and a manifest that lists them."""
    files = {f"{name}.pdf": content for name, content in contents.items()}
    listed = [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
    ]
    return {**files, "manifest.json": json.dumps({"files": listed}).encode()}


def stored(url: str, folder: str) -> dict[str, bytes]:
    """What is there, read back through the delivery alone."""
    delivery = Delivery(url)
    return {file.name: delivery.read(folder, file.name) for file in delivery.files(folder)}


def test_what_is_delivered_is_listed_and_read_back(url: str) -> None:
    files = package(a=b"one", b=b"two" * 1000)
    Delivery(url).write("B-1", files)
    assert stored(url, "B-1") == files
    for file in Delivery(url).files("B-1"):
        assert (file.size, file.sha256) == (len(files[file.name]), hashlib.sha256(files[file.name]).hexdigest())


def test_a_package_can_be_delivered_again_and_replaced_whole(url: str) -> None:
    Delivery(url).write("B-1", package(a=b"one", old=b"gone after"))
    Delivery(url).write("B-1", package(a=b"one"))
    Delivery(url).write("B-1", package(a=b"one"))
    assert stored(url, "B-1") == package(a=b"one")
    with pytest.raises(NoSuchFile):
        Delivery(url).read("B-1", "old.pdf")


def test_packages_do_not_disturb_each_other(url: str) -> None:
    Delivery(url).write("B-1", package(a=b"one"))
    Delivery(url).write("B-12", package(a=b"twelve"))
    Delivery(url).write("B-1", package(b=b"other"))
    assert stored(url, "B-12") == package(a=b"twelve")


def test_a_package_that_is_not_there_is_said_so(url: str) -> None:
    Delivery(url).write("B-1", package(a=b"one"))
    with pytest.raises(NoSuchPackage):
        Delivery(url).files("B-2")
    with pytest.raises(NoSuchFile):
        Delivery(url).read("B-1", "b.pdf")


@pytest.mark.parametrize("name", ["../B-1", "..", ".hidden", "", "a/b", "a\\b", "x y", "B-1\n"])
def test_a_name_that_could_leave_its_folder_is_refused(url: str, name: str) -> None:
    with pytest.raises(BadName):
        Delivery(url).write(name, package(a=b"one"))
    with pytest.raises(BadName):
        Delivery(url).write("B-1", {**package(a=b"one"), name: b"x"})
    with pytest.raises(BadName):
        Delivery(url).files(name)


def test_the_zip_is_the_same_bytes_every_time_and_holds_every_file(url: str) -> None:
    files = package(a=b"one", b=b"two")
    Delivery(url).write("B-1", files)
    first = Delivery(url).zip("B-1")
    Delivery(url).write("B-1", files)
    assert Delivery(url).zip("B-1") == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {f"B-1/{n}": c for n, c in files.items()}


KILLED = """
import os, signal, sys
from tests.export.test_delivery import Delivery, package
url, after = sys.argv[1], int(sys.argv[2])
calls = 0
def dying(real):
    def call(*arguments, **named):
        global calls
        calls += 1
        if calls > after:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **named)
    return call
os.fsync, os.rename, os.rmdir, os.unlink = map(dying, (os.fsync, os.rename, os.rmdir, os.unlink))
Delivery(url).write("B-1", package(a=b"new", b=b"new too"))
print("survived")
"""


@pytest.mark.parametrize("before", [None, {"a": b"old", "c": b"old too"}], ids=["new", "replaced"])
def test_killed_at_any_moment_a_folder_holds_a_whole_package_or_none_and_the_repeat_completes_it(
    tmp_path: Path, before: dict[str, bytes] | None
) -> None:
    new, survived, kills = package(a=b"new", b=b"new too"), False, 0
    for after in range(20):
        folder = tmp_path / str(after)
        if before:
            Delivery(str(folder)).write("B-1", package(**before))
        command = [sys.executable, "-c", KILLED, folder.as_uri(), str(after)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        survived, kills = run.returncode == 0, kills + (run.returncode == -9)
        there = stored(folder.as_uri(), "B-1") if (folder / "B-1" / "manifest.json").exists() else None
        assert there in (None, new, package(**before) if before else None), run.stderr
        Delivery(folder.as_uri()).write("B-1", new)
        assert stored(folder.as_uri(), "B-1") == new
        assert [path.name for path in folder.iterdir()] == ["B-1"], "nothing half-written stays behind"
        if survived:
            break
    assert survived
    assert kills >= 5


def test_a_package_whose_files_were_damaged_is_made_whole_by_the_repeat(tmp_path: Path) -> None:
    Delivery(str(tmp_path)).write("B-1", package(a=b"one", b=b"two"))
    (tmp_path / "B-1" / "a.pdf").write_bytes(b"on")
    (tmp_path / "B-1" / "b.pdf").unlink()
    (tmp_path / "B-1" / "stranger.txt").write_text("not ours")
    Delivery(str(tmp_path)).write("B-1", package(a=b"one", b=b"two"))
    assert stored(str(tmp_path), "B-1") == package(a=b"one", b=b"two")
    assert {path.name for path in (tmp_path / "B-1").iterdir()} == {"a.pdf", "b.pdf", "manifest.json"}


def test_two_writers_at_once_leave_one_whole_package(tmp_path: Path) -> None:
    files = package(**{f"f{n}": bytes([n]) * 50_000 for n in range(12)})

    def deliver() -> None:
        for _ in range(5):
            try:
                Delivery(str(tmp_path)).write("B-1", files)
            except DestinationUnreachable:  # the other one swept our half away: the job is tried again
                continue

    writers = [threading.Thread(target=deliver) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    Delivery(str(tmp_path)).write("B-1", files)
    assert stored(str(tmp_path), "B-1") == files


def test_a_half_put_package_has_no_manifest_in_a_bucket(s3_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Delivery(s3_url).write("B-1", package(a=b"old"))
    real, puts = obstore.put, []

    def failing(store: object, path: str, content: bytes) -> object:
        puts.append(path)
        if len(puts) == 2:
            raise OSError("the network is gone")
        return real(store, path, content)  # type: ignore[arg-type] # passed through

    monkeypatch.setattr(obstore, "put", failing)
    with pytest.raises(DestinationUnreachable, match="the network is gone"):
        Delivery(s3_url).write("B-1", package(a=b"new", b=b"new too"))
    with pytest.raises(NoSuchPackage):
        Delivery(s3_url).files("B-1")
    monkeypatch.undo()


def test_a_destination_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "packages").write_text("a file in the way")
    with pytest.raises(DestinationUnreachable, match="Nothing was lost; try again"):
        Delivery((tmp_path / "packages").as_uri()).write("B-1", package(a=b"one"))


@pytest.mark.parametrize("url", ["", "ftp://example.com/x", "http://example.com"])
def test_a_url_that_names_no_destination_is_refused(url: str) -> None:
    with pytest.raises(BadDestination, match="EXPORT_URL"):
        Delivery(url)


def test_packages_can_be_read_by_other_users_of_the_machine(tmp_path: Path) -> None:
    Delivery(str(tmp_path)).write("B-1", package(a=b"one"))
    assert (tmp_path / "B-1").stat().st_mode & 0o055 == 0o055
