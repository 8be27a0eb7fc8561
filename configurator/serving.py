"""Run the web server, or the workers, as long-lived processes."""

import ctypes
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace

import uvicorn

from configurator.app import asgi
from configurator.collecting import between_answers, collect_less, loading
from configurator.designs.rehearsing import rehearse_embroidery
from configurator.errors import Conflict
from configurator.opening import open_wiring
from configurator.settings import Settings
from configurator.web.rendering import rehearse_templates
from configurator.web.wiring import Wiring

Say = Callable[[str], None]
BACKLOG = 2048
REHEARSED_AFTER_S = 1.0
M_ARENA_MAX = -8
"""malloc.h's number of it."""


def serve_for_ever(settings: Settings, *, say: Say) -> None:
    """Migrate, then serve until told to stop. On SQLite the jobs run in this process. Raises CannotListen."""
    _share_memory()
    with ExitStack() as stack:
        listener = stack.enter_context(_listening(settings))
        with loading():
            wiring = stack.enter_context(open_wiring(_with_port(settings, listener), alone=True))
            server = uvicorn.Server(_configuration(wiring))
        collect_less()
        say(addresses(wiring))
        _rehearse_soon(wiring)
        stack.enter_context(_jobs_beside(wiring))
        server.run(sockets=[listener])


class CannotListen(Conflict):
    """Somebody else listens there, or this machine has no such address."""

    def __init__(self, settings: Settings, cause: OSError | UnicodeError) -> None:
        why = getattr(cause, "strerror", None) or cause
        super().__init__(
            f"Nothing can listen on {settings.host}, port {settings.port}: {why}. "
            "Stop what listens there, or set HOST and PORT to others."
        )


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """The address is taken before anything else is done, so that a start in vain changes nothing."""
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=BACKLOG)
    except (OSError, UnicodeError) as error:
        raise CannotListen(settings, error) from error
    with listener:
        yield listener


def _with_port(settings: Settings, listener: socket.socket) -> Settings:
    """With the port that was given when 0 was asked for."""
    port = listener.getsockname()[1]
    base = settings.base_url.removesuffix(":0")
    return replace(settings, port=port, base_url=settings.base_url if settings.port else f"{base}:{port}")


def work_for_ever(settings: Settings, *, say: Say) -> None:
    """Run durable jobs until told to stop."""
    _share_memory()
    with ExitStack() as stack:
        with loading():
            wiring = stack.enter_context(open_wiring(settings, alone=settings.database_url.startswith("sqlite")))
        collect_less()
        say("Working. Stop with Ctrl-C; what is running is finished first.")
        wiring.jobs.start()
        try:
            _until_told_to_stop()
        finally:
            wiring.jobs.stop()


def _share_memory() -> None:
    """glibc gives each thread memory to keep, but Python's threads take turns. Other C libraries have no such knob."""
    with suppress(AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)


def addresses(wiring: Wiring) -> str:
    """Where everything is, and in the demo who may sign in."""
    base = wiring.settings.base_url
    lines = [f"Shop      {base}/", f"Counter   {base}/counter", f"Workshop  {base}/workshop"]
    if wiring.settings.demo:
        from configurator.demo.staff import SIGN_INS  # noqa: PLC0415 - a real shop never loads the demo's sign-ins

        lines += ["", *SIGN_INS]
    if not wiring.database.is_sqlite:
        lines += ["", "Jobs wait for `configurator worker`: start at least one."]
    if wiring.fonts.lacking:
        lines += ["", *wiring.fonts.lacking]
    return "\n".join(lines)


def _rehearse_soon(wiring: Wiring) -> None:
    """Not at once: Python's threads take turns, and somebody waits for the first page."""
    rehearsal = threading.Timer(REHEARSED_AFTER_S, _rehearsed, [wiring])
    rehearsal.daemon = True
    rehearsal.start()


def _rehearsed(wiring: Wiring) -> None:
    """What takes long the first time: not that of the first customer who chooses, types an emoji or has a name sewn."""
    with loading():
        for key in wiring.catalogue.blanks:
            wiring.catalogue.engine(key).rehearse()
        _ = wiring.fonts.emoji
        rehearse_embroidery(wiring.catalogue, wiring.fonts)
    rehearse_templates(wiring)  # nothing of it stays, so nothing of it is frozen


@contextmanager
def _jobs_beside(wiring: Wiring) -> Iterator[None]:
    """Embedded jobs live in the server process; on PostgreSQL workers of their own run them."""
    if not wiring.database.is_sqlite:
        yield
        return
    wiring.jobs.start()
    try:
        yield
    finally:
        wiring.jobs.stop()


def _configuration(wiring: Wiring) -> uvicorn.Config:
    return uvicorn.Config(
        between_answers(asgi(wiring)),
        host=wiring.settings.host,
        port=wiring.settings.port,
        loop="uvloop",
        http="httptools",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=2,
        timeout_keep_alive=75,
        ws="none",
        server_header=False,
    )


def _until_told_to_stop() -> None:
    told = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: told.set())
    told.wait()
