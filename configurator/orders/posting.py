"""Where mails go: to an SMTP server, or as files into a folder when none is set."""

import os
import re
import smtplib
import ssl
import threading
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from configurator.errors import Refusal, Unavailable

SECONDS = 20
FOR_EVER = 500
"""From here on an SMTP answer means: not later either (RFC 5321, 4.2.1)."""


class PostUnreachable(Unavailable):
    """No mail can be sent; the job tries again."""

    def __init__(self, place: str, setting: str, cause: Exception) -> None:
        super().__init__(f"Mails cannot be sent to {place}: {cause}. Check {setting} and what it names.")


class MailRefused(Refusal):
    """The mail server answers that it will never take this mail."""

    status = 422

    def __init__(self, mail: EmailMessage, cause: Exception) -> None:
        super().__init__(f"The mail server will not send this mail to {mail['To']}: {cause}. Ask for another address.")


class Post(Protocol):
    """Takes a mail on its way; raises PostUnreachable when it could not (the job tries again), MailRefused if never."""

    def send(self, mail: EmailMessage) -> None:
        """Send it."""


class SmtpPost:
    """Sends through `smtp://` (STARTTLS when the server offers it) or `smtps://user:password@host:port`."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)

    def send(self, mail: EmailMessage) -> None:
        """Send over a connection of its own."""
        try:
            self._send(mail)
        except (OSError, smtplib.SMTPException) as error:
            if _for_ever(error):
                raise MailRefused(mail, error) from error
            raise PostUnreachable(self._url.hostname or "", "SMTP_URL", error) from error

    def _send(self, mail: EmailMessage) -> None:
        with self._connection() as server:
            if self._url.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
            if self._url.username:
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
            server.send_message(mail)

    def _connection(self) -> smtplib.SMTP:
        host, port = self._url.hostname or "localhost", self._url.port
        if self._url.scheme == "smtps":
            return smtplib.SMTP_SSL(host, port or 465, timeout=SECONDS, context=ssl.create_default_context())
        server = smtplib.SMTP(host, port or 25, timeout=SECONDS)
        server.ehlo()
        return server


def _for_ever(error: Exception) -> bool:
    """Whether a server says so of this one mail: an answer of five hundred to its recipient or its content."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= FOR_EVER for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= FOR_EVER


class FolderPost:
    """Writes each mail to `<message id>.eml`: the same mail twice is the same file, and never half a file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, mail: EmailMessage) -> None:
        """Write beside, sync, then rename over."""
        try:
            self._write(mail)
        except OSError as error:
            raise PostUnreachable(str(self._folder), "CONFIGURATOR_VAR", error) from error

    def _write(self, mail: EmailMessage) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{_name(mail)}.eml"
        beside = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")
        with beside.open("wb") as file:
            file.write(mail.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _sync(self._folder)


def open_post(smtp_url: str | None, folder: Path) -> Post:
    """The post of the settings: SMTP when a url is set, else the folder."""
    return SmtpPost(smtp_url) if smtp_url else FolderPost(folder)


def _name(mail: EmailMessage) -> str:
    return re.sub(r"[^a-z0-9.-]", "_", str(mail["Message-ID"]).strip("<>").partition("@")[0].lower())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
