"""Settings, read from the environment once; a bad value stops the start with its name and what to write."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from configurator.errors import Invalid

DEMO_SECRET = "demo only " * 4
FONT_FILES = (".ttc", ".otc", ".otf", ".ttf")
FONT_BEGINNINGS = (b"ttcf", b"OTTO", b"true", b"\x00\x01\x00\x00")


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process runs. Folders are absolute; urls as SQLAlchemy and obstore read them."""

    database_url: str
    storage_url: str
    export_url: str
    blanks: Path
    var: Path
    host: str
    port: int
    base_url: str
    secret: str
    demo: bool
    smtp_url: str | None
    mail_from: str
    job_threads: int
    upload_days: int
    cjk_font: Path | None = None
    tell_late: bool = False
    nesting_s: int = 20


class BadSetting(Invalid):
    """A setting cannot be used; the sentence names it."""


def read_settings(environment: Mapping[str, str], *, root: Path, own: Path | None = None) -> Settings:
    """Settings from environment variables (docs/settings.md lists them). `root`: where blanks/ is;
    `own`: where what the shop writes goes, else var/ beside it.

    An empty variable counts as unset. Raises BadSetting naming the variable.
    """
    given = _Given(environment)
    var = Path(given("CONFIGURATOR_VAR", str(own or root / "var"))).resolve()
    host, port = given("HOST", "127.0.0.1"), _port(given("PORT", "8000"))
    settings = Settings(
        database_url=_database(given("DATABASE_URL", f"sqlite:///{var / 'shop.db'}")),
        storage_url=_place("STORAGE_URL", given("STORAGE_URL", (var / "storage").as_uri())),
        export_url=_place("EXPORT_URL", given("EXPORT_URL", (var / "packages").as_uri())),
        blanks=_blanks(Path(given("BLANKS", str(root / "blanks")))),
        var=var,
        host=_host(host),
        port=port,
        base_url=_base(given("BASE_URL", f"http://{_in_url(host)}:{port}")),
        secret=given("SECRET_KEY", ""),
        demo=_flag("DEMO", given("DEMO", "0")),
        smtp_url=_smtp(given("SMTP_URL", "")),
        mail_from=_address(given("MAIL_FROM", "shop@localhost")),
        job_threads=_count("JOB_THREADS", given("JOB_THREADS", "2")),
        upload_days=_count("UPLOAD_DAYS", given("UPLOAD_DAYS", "30")),
        cjk_font=_font(given("CJK_FONT", "")),
        tell_late=_flag("TELL_LATE", given("TELL_LATE", "0")),
        nesting_s=_count("NESTING_SECONDS", given("NESTING_SECONDS", "20"), least=0),
    )
    return _with_secret(settings)


@dataclass(frozen=True)
class _Given:
    """The environment, where set but empty means unset."""

    environment: Mapping[str, str]

    def __call__(self, name: str, default: str) -> str:
        return (self.environment.get(name) or "").strip() or default


def _with_secret(settings: Settings) -> Settings:
    """A real secret, or the demo's own one, which exists only where nobody else can come."""
    if settings.demo:
        _only_here(settings)
        return replace(settings, secret=settings.secret or DEMO_SECRET)
    if len(settings.secret) < 32 or len(set(settings.secret)) < 10 or settings.secret == DEMO_SECRET:
        raise BadSetting(
            "SECRET_KEY is missing or easy to guess: set it to at least 32 random characters, for example those "
            "that `python3 -c 'import secrets; print(secrets.token_urlsafe(32))'` prints."
        )
    return settings


def _only_here(settings: Settings) -> None:
    for name, place in (("HOST", settings.host), ("BASE_URL", urlsplit(settings.base_url).hostname or "")):
        if not _is_loopback(place):
            raise BadSetting(
                f"DEMO is on, but {name} is {place}: the demo's sign-ins and its SECRET_KEY are public. "
                f"Unset {name}, or unset DEMO and set SECRET_KEY to at least 32 random characters."
            )


def _is_ip(host: str) -> bool:
    try:
        return bool(ipaddress.ip_address(host))
    except ValueError:
        return False


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _database(url: str) -> str:
    if url.startswith("sqlite:///") and not url.endswith(("/", ":memory:")):
        return url
    if url.startswith(("postgresql://", "postgresql+psycopg://", "postgres://")) and _is_url(url, name=True):
        return url.replace("postgres://", "postgresql://", 1)
    raise BadSetting(
        "DATABASE_URL cannot be used: write sqlite:////absolute/path/shop.db or postgresql://user:password@host/name."
    )


def _place(name: str, url: str) -> str:
    parts = urlsplit(url)
    if (parts.scheme == "file" and parts.path.startswith("/") and not parts.netloc) or (
        parts.scheme == "s3" and parts.netloc
    ):
        return url
    raise BadSetting(f"{name} is “{url}”: write file:///absolute/folder or s3://bucket/prefix.")


def _blanks(folder: Path) -> Path:
    if not (folder / "shop.toml").is_file():
        raise BadSetting(f"BLANKS: there is no shop.toml in {folder}. Name the folder that has it.")
    return folder.resolve()


def _font(text: str) -> Path | None:
    if text and not (Path(text).suffix.lower() in FONT_FILES and _begins_as_font(Path(text))):
        raise BadSetting(
            f"CJK_FONT: there is no font {text}. Name a file that ends in {', '.join(FONT_FILES)}, or leave it unset."
        )
    return Path(text).resolve() if text else None


def _begins_as_font(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) in FONT_BEGINNINGS


def _host(text: str) -> str:
    if any(sign in text for sign in "/@[] \t") or (":" in text and not _is_ip(text)):
        raise BadSetting(f"HOST is “{text}”: write the address to listen on, as 127.0.0.1, ::1 or 0.0.0.0.")
    return text


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _base(url: str) -> str:
    if not _is_url(url.removesuffix(":0")) or not _is_site(urlsplit(url)):
        raise BadSetting(f"BASE_URL is “{url}”: write what customers type, as https://shop.example.com.")
    return url.rstrip("/")


def _is_site(parts: SplitResult) -> bool:
    """http or https, a host without spaces, nothing behind the path."""
    host = parts.hostname or ""
    beside = parts.query or parts.fragment or parts.username
    return parts.scheme in ("http", "https") and bool(host) and not re.search(r"\s", host) and not beside


def _smtp(url: str) -> str | None:
    if url and not (url.startswith(("smtp://", "smtps://")) and _is_url(url)):
        raise BadSetting("SMTP_URL cannot be used: write smtps://user:password@host:port, or leave it unset.")
    return url or None


def _is_url(url: str, *, name: bool = False) -> bool:
    """Whether it can be taken apart, and names something on its server where that is needed."""
    try:
        parts = urlsplit(url)
        return (parts.port is None or parts.port > 0) and bool(parts.path.strip("/") if name else parts.hostname)
    except ValueError:
        return False


def _address(text: str) -> str:
    mailbox = parseaddr(text)[1]
    if "@" not in mailbox.strip("@") or any(sign in text for sign in "\r\n"):
        raise BadSetting(f"MAIL_FROM is “{text}”: write a mail address, as orders@shop.example.com.")
    return text


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) <= 65535:
        return int(text)
    raise BadSetting(f"PORT is “{text}”: write a number from 0 to 65535.")


def _count(name: str, text: str, *, least: int = 1) -> int:
    if text.isascii() and text.isdigit() and least <= int(text) <= 64:
        return int(text)
    raise BadSetting(f"{name} is “{text}”: write a whole number from {least} to 64.")


def _flag(name: str, text: str) -> bool:
    if text.lower() in ("0", "no", "false"):
        return False
    if text.lower() in ("1", "yes", "true"):
        return True
    raise BadSetting(f"{name} is “{text}”: write 1 or 0.")
