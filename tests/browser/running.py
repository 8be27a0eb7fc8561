"""The real server in a process of its own, and the real Chromium in front of it."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def chromium() -> str | None:
    """The Chromium in CHROME or on PATH; None when there is none."""
    named = os.environ.get("CHROME")
    if named:
        return named
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@dataclass
class Server:
    """A running `configurator serve`."""

    url: str
    var: Path
    environment: Mapping[str, str]
    process: subprocess.Popen[str]

    def kill(self) -> None:
        """kill -9, as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=20)


def configurator(*words: str, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """One command of the command line, run to its end."""
    return subprocess.run(
        [sys.executable, "-c", "from configurator.cli import main; main()", *words],
        env={**os.environ, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@contextlib.contextmanager
def serving(var: Path, *words: str, port: int | None = None, **settings: str) -> Iterator[Server]:
    """`configurator serve` on a free port with its files under `var`; ends when the block does."""
    port = port or free_port()
    environment = {"DEMO": "1", "CONFIGURATOR_VAR": str(var), "PORT": str(port), "HOST": "127.0.0.1", **settings}
    log = var / "server.log"
    var.mkdir(parents=True, exist_ok=True)
    with log.open("a") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", "from configurator.cli import main; main()", "serve", *words],
            env={**os.environ, **environment},
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )
        server = Server(f"http://127.0.0.1:{port}", var, environment, process)
        try:
            _wait(server, log)
            yield server
        finally:
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(timeout=20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait(timeout=20)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait(server: Server, log: Path) -> None:
    for _ in range(3_000):
        if server.process.poll() is not None:
            raise RuntimeError(f"the server ended at once:\n{log.read_text()}")
        with contextlib.suppress(OSError), urllib.request.urlopen(server.url + "/", timeout=5):  # noqa: S310 our own address
            return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not answer:\n{log.read_text()}")
