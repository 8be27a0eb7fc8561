"""The running server's memory while people design for hours and send pictures, honest and hostile."""

import json
import os
import random
import re
import sys
from collections.abc import Iterator
from itertools import islice

import httpx
import psutil

from benchmarks.measuring import machine
from benchmarks.places import ROOT, folder
from configurator.blanks.catalogue import read_catalogue
from tests.browser.running import Server, serving
from tests.uploads.files import BAD, GOOD

STEPS, ROUNDS = 1_000, 16
LETTERS = (
    "abcdefghijklmnopqrstuvwxyzåéßABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "абвгдежзийклмнопрстуф",
)
FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}
FRESH = 40
"""Uploads by one visitor; then another one comes."""


def main() -> None:
    """A JSON line after the start, after every thousand steps, and after all uploads with steps upon their pictures."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with folder() as var, serving(var) as server:
        process = psutil.Process(server.process.pid)
        _tell("after start", process)
        words = random.Random(4)
        with httpx.Client(base_url=server.url, headers=FRAGMENT, timeout=60) as client:
            steps = _steps(words)
            for number in range(1, ROUNDS + 1):
                for key, fields in islice(steps, STEPS):
                    client.get(f"/blanks/{key}", params=fields).raise_for_status()
                _tell(f"after {number * STEPS} steps", process)
        sent = _uploads(server)
        _tell(f"after {len(sent)} pictures taken, {len(GOOD) + len(BAD)} files sent", process)
        with httpx.Client(base_url=server.url, headers=FRAGMENT, timeout=60) as client:
            for _ in range(STEPS):
                client.get(words.choice(sent), params={"pieces": str(words.randint(1, 60))}).raise_for_status()
        _tell(f"after {STEPS} steps on these pictures", process)


def _steps(words: random.Random) -> Iterator[tuple[str, dict[str, str]]]:
    """A template of a blank with a word in every field, never the same twice."""
    catalogue = read_catalogue(ROOT / "blanks")
    templates = [(key, each) for key, blank in catalogue.blanks.items() for each in blank.templates]
    while True:
        key, template = words.choice(templates)
        fields = {f"f.{each.key}": _word(words, each.most) for each in template.fields}
        yield key, {"template": template.key, **fields}


def _word(words: random.Random, most: int) -> str:
    letters = words.choices(LETTERS, (20, 1, 1))[0]
    return "".join(words.choices(letters, k=words.randint(1, most)))


def _uploads(server: Server) -> list[str]:
    """Every file of the tests, once; the addresses of those that were taken."""
    taken: list[str] = []
    files = list((GOOD | BAD).items())
    for start in range(0, len(files), FRESH):
        with httpx.Client(base_url=server.url, timeout=120) as client:
            page = client.get("/blanks/mug").text
            found = re.search(r'name="_csrf_token" [^>]*value="([^"]+)"', page)
            data = {"_csrf_token": found[1] if found else "", "back": "/blanks/mug?add=image%3Awrap%3A"}
            for name, content in files[start : start + FRESH]:
                answer = client.post("/uploads", data=data, files={"file": (name, content())}, headers=FRAGMENT)
                if answer.status_code == httpx.codes.CREATED:
                    taken.append(answer.headers["Location"])
    return taken


def _tell(when: str, process: psutil.Process) -> None:
    figures = {"name": f"memory {when}", "mb": process.memory_info().rss // 1_000_000, "machine": machine()}
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
