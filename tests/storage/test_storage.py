import hashlib
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from configurator.storage import BadStorage, DamagedBlob, NoSuchBlob, Storage, StorageUnreachable


@pytest.fixture(params=["file", "s3"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A folder (with a blank in its name) and a bucket: every test that asks runs on both."""
    return (tmp_path / "my blobs").as_uri() if request.param == "file" else request.getfixturevalue("s3_url")


@pytest.mark.parametrize("content", [b"", b"a mug", bytes(range(256)) * 5000])
def test_what_is_stored_comes_back_under_its_hash(url: str, content: bytes) -> None:
    digest = Storage(url).put(content)
    assert digest == hashlib.sha256(content).hexdigest()
    assert Storage(url).get(digest) == content


def test_storing_twice_is_storing_once(url: str) -> None:
    storage = Storage(url)
    assert storage.put(b"a mug") == storage.put(b"a mug")


@pytest.mark.parametrize("digest", ["0" * 64, "../../etc/passwd", "", "A" * 64])
def test_what_was_never_stored_is_not_found(url: str, digest: str) -> None:
    with pytest.raises(NoSuchBlob):
        Storage(url).get(digest)


def blob(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest[2:4] / digest


def test_a_damaged_blob_is_never_handed_out(tmp_path: Path) -> None:
    storage = Storage(tmp_path.as_uri())
    digest = storage.put(b"a mug")
    blob(tmp_path, digest).write_bytes(b"a jug")
    with pytest.raises(DamagedBlob):
        storage.get(digest)


def test_a_blob_that_a_power_cut_left_short_is_written_again(tmp_path: Path) -> None:
    storage = Storage(tmp_path.as_uri())
    digest = storage.put(b"a mug")
    blob(tmp_path, digest).write_bytes(b"a m")
    assert storage.put(b"a mug") == digest
    assert storage.get(digest) == b"a mug"


def test_a_blob_appears_whole_or_not_at_all_when_its_writer_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom configurator.storage import Storage\nstorage = Storage(sys.argv[1])\n"
        "for n in range(10**6):\n    print(storage.put(bytes([n % 251]) * 400_000 + str(n).encode()), flush=True)\n"
    )
    for lines in (1, 2, 3, 5, 8):
        command = [sys.executable, "-c", program, tmp_path.as_uri()]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            stored = [process.stdout.readline().strip() for _ in range(lines)]
            process.kill()
        storage = Storage(tmp_path.as_uri())
        assert all(storage.get(digest) for digest in stored)
    names = [path.name for path in tmp_path.rglob("*") if path.is_file() and len(path.name) == 64]
    assert all(
        hashlib.sha256(path.read_bytes()).hexdigest() in names for path in tmp_path.rglob("*") if path.name in names
    )


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    storage = Storage((tmp_path / "blobs").as_uri())
    (tmp_path / "blobs").rmdir()
    (tmp_path / "blobs").write_text("a file in the way")
    with pytest.raises(StorageUnreachable, match="Nothing was lost; try again"):
        storage.put(b"a mug")


def test_a_storage_that_does_not_answer_is_said_in_one_line(s3_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{nobody.getsockname()[1]}")
        with pytest.raises(StorageUnreachable) as told:
            Storage(s3_url).put(b"a mug")
    assert "\n" not in str(told.value)
    assert str(told.value).endswith("Nothing was lost; try again.")


@pytest.mark.parametrize("url", ["", "ftp://example.com/x", "storage"])
def test_a_url_that_names_no_storage_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(BadStorage, match=r"Write file:///folder or s3://bucket\."):
        Storage(url)


def test_what_is_deleted_is_gone_and_deleting_it_twice_is_no_fault(url: str) -> None:
    storage = Storage(url)
    digest = storage.put(b"a mug")
    storage.delete(digest)
    storage.delete(digest)
    with pytest.raises(NoSuchBlob):
        storage.get(digest)
