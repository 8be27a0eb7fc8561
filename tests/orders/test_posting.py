"""Mails over a real connection: a server of the test's own speaks SMTP and says what it thinks of each recipient."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest

from configurator.errors import Unavailable
from configurator.orders.posting import MailRefused, PostUnreachable, SmtpPost, open_post


class Talk(socketserver.StreamRequestHandler):
    """One connection: greeted, asked, and at DATA read to the lonely dot."""

    server: "Server"

    def handle(self) -> None:
        self._say("220 mail.example")
        for line in self.rfile:
            word = line.decode().split()[0].upper().partition(":")[0]
            if word == "DATA":
                self._say("354 go on")
                self.server.got.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
            self._say(self.server.answers.get(word, "250 so be it"))
            if word == "QUIT":
                return

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    """answers: what is said to a command, else 250."""

    daemon_threads = True

    def __init__(self, answers: dict[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.answers, self.got = {"QUIT": "221 bye", **answers}, list[str]()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


@contextmanager
def mail_server(**answers: str) -> Iterator[Server]:
    with Server(answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def mail() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "shop@lot-one.example", "zoe@example.com", "Zoë, it is ready"
    message.set_content("Come and get it.")
    return message


def test_a_mail_reaches_the_server_whole() -> None:
    with mail_server() as server:
        open_post(server.url, Path("unused")).send(mail())
    (text,) = server.got
    assert "Come and get it." in text
    assert "To: zoe@example.com" in text


def test_a_server_that_asks_to_come_again_later_is_one_that_does_not_answer() -> None:
    with (
        mail_server(RCPT="451 greylisted, come back later") as server,
        pytest.raises(PostUnreachable, match="greylisted"),
    ):
        SmtpPost(server.url).send(mail())


@pytest.mark.parametrize("answers", [{"RCPT": "550 no such user"}, {"DATA": "554 no such mails"}])
def test_an_address_or_a_mail_that_is_refused_for_good_is_not_tried_all_day(answers: dict[str, str]) -> None:
    with mail_server(**answers) as server, pytest.raises(MailRefused, match=r"zoe@example\.com.*no such") as told:
        SmtpPost(server.url).send(mail())
    assert not isinstance(told.value, Unavailable)


def test_no_server_at_all_is_said_with_the_setting_to_look_at() -> None:
    with mail_server() as server:
        pass
    with pytest.raises(PostUnreachable, match="SMTP_URL"):
        SmtpPost(server.url).send(mail())
