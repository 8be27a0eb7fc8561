import re
from pathlib import Path

import pytest

from configurator.settings import DEMO_SECRET, BadSetting, Settings, read_settings

SECRET = "Wm3Xk0vJ9q-AbCdEfGhIjKlMnOpQrStU"
DOCS = Path(__file__).parents[2] / "docs" / "settings.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "blanks").mkdir()
    (tmp_path / "blanks" / "shop.toml").write_text("")
    return tmp_path


def read(root: Path, **environment: str) -> Settings:
    return read_settings({"SECRET_KEY": SECRET} | environment, root=root)


def test_with_only_a_secret_everything_lies_in_var_and_only_this_machine_is_served(root: Path) -> None:
    settings = read(root)
    assert settings.database_url == f"sqlite:///{root}/var/shop.db"
    assert settings.storage_url == f"file://{root}/var/storage"
    assert settings.export_url == f"file://{root}/var/packages"
    assert (settings.host, settings.port, settings.base_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert (settings.demo, settings.smtp_url, settings.job_threads) == (False, None, 2)


def test_every_setting_can_be_set(root: Path, tmp_path: Path) -> None:
    settings = read(
        root,
        DATABASE_URL="postgres://shop:secret@db.example.com/shop",
        STORAGE_URL="s3://blobs/shop",
        EXPORT_URL="file:///mnt/packages",
        CONFIGURATOR_VAR=str(tmp_path / "elsewhere"),
        HOST="0.0.0.0",  # noqa: S104 that it is taken is the point
        PORT="80",
        BASE_URL="https://shop.example.com/",
        SMTP_URL="smtps://shop:secret@mail.example.com:465",
        MAIL_FROM="Lot One <orders@shop.example.com>",
        JOB_THREADS="8",
        UPLOAD_DAYS="7",
    )
    assert settings.database_url == "postgresql://shop:secret@db.example.com/shop"
    assert (settings.storage_url, settings.export_url) == ("s3://blobs/shop", "file:///mnt/packages")
    assert (settings.var, settings.port, settings.base_url) == (tmp_path / "elsewhere", 80, "https://shop.example.com")
    assert (settings.mail_from, settings.job_threads) == ("Lot One <orders@shop.example.com>", 8)
    assert settings.upload_days == 7
    assert settings.host == "0.0.0.0"  # noqa: S104 see above


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 64),
        ("SECRET_KEY", DEMO_SECRET),
        ("DATABASE_URL", "mysql://db/shop"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "sqlite:////var/lib/"),
        ("DATABASE_URL", "postgresql://db.example.com"),
        ("DATABASE_URL", "postgresql://db.example.com:port/shop"),
        ("STORAGE_URL", "/var/blobs"),
        ("STORAGE_URL", "file://blobs"),
        ("STORAGE_URL", "s3:///blobs"),
        ("EXPORT_URL", "ftp://example.com/packages"),
        ("BLANKS", "/nowhere"),
        ("HOST", "http://127.0.0.1"),
        ("HOST", "127.0.0.1 "  "127.0.0.2"),
        ("HOST", "::::"),
        ("PORT", "http"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "²"),
        ("BASE_URL", "shop.example.com"),
        ("BASE_URL", "ftp://shop.example.com"),
        ("BASE_URL", "https://shop.example.com/?a=b"),
        ("BASE_URL", "https://[::1"),
        ("BASE_URL", "https://my shop.example.com"),
        ("BASE_URL", "https://shop.example.com:99999"),
        ("DEMO", "maybe"),
        ("SMTP_URL", "mail.example.com"),
        ("SMTP_URL", "smtp://mail.example.com:port"),
        ("MAIL_FROM", "the shop"),
        ("MAIL_FROM", "a@example.com\r\nBcc: b@example.com"),
        ("JOB_THREADS", "0"),
        ("UPLOAD_DAYS", "never"),
        ("JOB_THREADS", "two"),
        ("JOB_THREADS", "65"),
    ],
)  # fmt: skip
def test_a_bad_value_stops_the_start_with_its_name(root: Path, name: str, value: str) -> None:
    with pytest.raises(BadSetting) as refusal:
        read(root, **{name: value})
    assert refusal.value.sentence.startswith(name)


def test_a_refusal_shows_no_password(root: Path) -> None:
    for name in ("DATABASE_URL", "SMTP_URL"):
        with pytest.raises(BadSetting) as refusal:
            read(root, **{name: "mysql://shop:hunter2@example.com/shop"})
        assert "hunter2" not in refusal.value.sentence


def test_a_file_that_only_ends_like_a_font_is_refused_before_a_letter_needs_it(root: Path) -> None:
    (root / "notes.ttf").write_text("no font")
    with pytest.raises(BadSetting, match=r"^CJK_FONT"):
        read(root, CJK_FONT=str(root / "notes.ttf"))


def test_without_a_secret_and_without_the_demo_nothing_starts(root: Path) -> None:
    with pytest.raises(BadSetting, match=r"^SECRET_KEY is missing"):
        read_settings({}, root=root)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.0.0.99"])
def test_the_demo_has_its_own_secret_on_this_machine(root: Path, host: str) -> None:
    settings = read_settings({"DEMO": "1", "HOST": host}, root=root)
    assert (settings.demo, settings.secret) == (True, DEMO_SECRET)


def test_an_address_of_ipv6_is_bracketed_in_the_base_url(root: Path) -> None:
    assert read(root, HOST="::1").base_url == "http://[::1]:8000"


@pytest.mark.parametrize(
    "reachable",
    [
        {"HOST": "0.0.0.0"},  # noqa: S104 that it is refused is the point
        {"HOST": "192.0.2.7"},
        {"HOST": "shop.example.com"},
        {"BASE_URL": "https://shop.example.com"},
    ],
)
def test_the_demo_refuses_to_be_reached_from_elsewhere_and_names_what_is_missing(
    root: Path, reachable: dict[str, str]
) -> None:
    with pytest.raises(BadSetting, match=r"unset DEMO and set SECRET_KEY"):
        read_settings({"DEMO": "1"} | reachable, root=root)
    with pytest.raises(BadSetting, match=r"unset DEMO and set SECRET_KEY"):
        read(root, DEMO="1", **reachable)


class Noted(dict[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type] whatever dict takes
        self.asked: set[str] = set()

    def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override] as it is called
        self.asked.add(key)
        return super().get(key, default)


def documented() -> dict[str, str]:
    """Variable -> what the docs say it is when unset."""
    return dict(re.findall(r"^\| `([A-Z_]+)` \| (?:`([^`]+)`)? *\|", DOCS.read_text(), re.MULTILINE))


def test_the_docs_list_every_variable_that_is_read_and_no_other(root: Path) -> None:
    environment = Noted({"SECRET_KEY": SECRET})
    read_settings(environment, root=root)
    assert set(documented()) == environment.asked


def test_the_docs_say_what_is_taken_when_a_variable_is_unset(root: Path) -> None:
    for name, default in documented().items():
        if default:
            value = default.format(root=root, var=root / "var")
            assert read(root, **{name: value}) == read(root), name
