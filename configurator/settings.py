"""Settings, read from the environment once; a bad value stops the start with its name and what to write."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from configurator.errors import Invalid

DEMO_SECRET = "demo only " * 4


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

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


class BadSetting(Invalid):
    """A setting cannot be used; the sentence names it."""


def read_settings(environment: Mapping[str, str], *, root: Path) -> Settings:
    """Settings from environment variables (docs/settings.md lists them). `root`: where blanks/ and var/ are.

    Raises BadSetting naming the variable.
    """
    var = Path(environment.get("CONFIGURATOR_VAR") or root / "var").resolve()
    host, port = environment.get("HOST", "127.0.0.1"), _port(environment.get("PORT", "8000"))
    storage = environment.get("STORAGE_URL") or (var / "storage").as_uri()
    settings = Settings(
        database_url=_database(environment.get("DATABASE_URL") or f"sqlite:///{var / 'shop.db'}"),
        storage_url=storage,
        export_url=environment.get("EXPORT_URL") or (var / "packages").as_uri(),
        blanks=_blanks(Path(environment.get("BLANKS") or root / "blanks")),
        var=var,
        host=host,
        port=port,
        base_url=environment.get("BASE_URL", f"http://{host}:{port}").rstrip("/"),
        secret=environment.get("SECRET_KEY", ""),
        demo=_flag("DEMO", environment.get("DEMO", "")),
        smtp_url=environment.get("SMTP_URL") or None,
        mail_from=environment.get("MAIL_FROM", "shop@localhost"),
        job_threads=_count("JOB_THREADS", environment.get("JOB_THREADS", "2")),
    )
    return _with_secret(settings)


def _with_secret(settings: Settings) -> Settings:
    """A real secret, or the demo's own one, which exists only on a loopback address."""
    if settings.demo and not settings.on_loopback:
        raise BadSetting(
            f"DEMO is on, but HOST is {settings.host}: demo sign-ins are public. "
            "Set HOST=127.0.0.1, or unset DEMO and set SECRET_KEY."
        )
    if not settings.secret and settings.demo:
        return replace(settings, secret=DEMO_SECRET)
    if len(settings.secret) < 32 or (settings.secret == DEMO_SECRET and not settings.demo):
        raise BadSetting("SECRET_KEY is missing or short: set it to at least 32 random characters.")
    return settings


def _database(url: str) -> str:
    if url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://", "postgres://")):
        return url.replace("postgres://", "postgresql://", 1)
    raise BadSetting("DATABASE_URL must start with sqlite:/// or postgresql://.")


def _blanks(folder: Path) -> Path:
    if not (folder / "shop.toml").is_file():
        raise BadSetting(f"BLANKS: there is no shop.toml in {folder}.")
    return folder.resolve()


def _port(text: str) -> int:
    if text.isdigit() and 0 <= int(text) <= 65535:
        return int(text)
    raise BadSetting(f"PORT is “{text}”: write a number from 0 to 65535.")


def _count(name: str, text: str) -> int:
    if text.isdigit() and int(text) > 0:
        return int(text)
    raise BadSetting(f"{name} is “{text}”: write a whole number above 0.")


def _flag(name: str, text: str) -> bool:
    if text.lower() in ("", "0", "no", "false"):
        return False
    if text.lower() in ("1", "yes", "true"):
        return True
    raise BadSetting(f"{name} is “{text}”: write 1 or 0.")
