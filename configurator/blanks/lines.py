"""Where everything stands in a TOML file: tomllib says what, this says on which line."""

import re
from bisect import bisect_right

Path = tuple[str | int, ...]
"""The way to a value: ("option", "inside", "one_of", 1, "price")."""

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")|' + r"'''.*?'{3,5}(?!')|" + r'"(?:[^"\\\n]|\\.)*"|' + r"'[^'\n]*'", re.DOTALL
)
_SCALAR = re.compile(r"[^,\]}\n#]+")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)")


def line_index(text: str) -> dict[Path, int]:
    """The line of every key, table and list item of a TOML text that tomllib has accepted."""
    return _Scanner(text).scan()


def line_of(index: dict[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest table around it that has one."""
    while path and path not in index:
        path = path[:-1]
    return index.get(path, 1)


class _Scanner:
    """Walks a valid TOML text once. No value is read, only skipped: tomllib has read them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}

    def scan(self) -> dict[Path, int]:
        table: Path = ()
        self.skip_space()
        while self.at < len(self.text):
            table = self.header() if self.text[self.at] == "[" else self.pair(table)
            self.skip_space()
        return self.lines

    def header(self) -> Path:
        listed = self.text.startswith("[[", self.at)
        start, self.at = self.at, self.at + (2 if listed else 1)
        path = self.resolved(self.dotted_key(), listed=listed)
        self.skip_space()
        self.at += 2 if listed else 1
        for end in range(1, len(path) + 1):
            self.mark(path[:end], start)
        return path

    def resolved(self, keys: list[str], *, listed: bool) -> Path:
        """A header's path with the number of the current item put in after every list of tables."""
        path: Path = ()
        for place, key in enumerate(keys):
            path = (*path, key)
            if listed and place == len(keys) - 1:
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                path = (*path, self.counts[path])
        return path

    def pair(self, table: Path) -> Path:
        """One `key = value` line; returns the table it stands in, which stays the current one."""
        start = self.at
        path = (*table, *self.dotted_key())
        for end in range(len(table) + 1, len(path) + 1):
            self.mark(path[:end], start)
        self.skip_space()
        self.at += 1
        self.skip_space()
        self.value(path)
        return table

    def value(self, path: Path) -> None:
        opening = self.text[self.at]
        if opening == "[":
            self.items(path)
        elif opening == "{":
            self.inline_table(path)
        else:
            match = _STRING.match(self.text, self.at) or _SCALAR.match(self.text, self.at)
            self.at = match.end() if match else self.at + 1

    def items(self, path: Path) -> None:
        self.at += 1
        number = 0
        while self.next_is_not("]"):
            self.mark((*path, number), self.at)
            self.value((*path, number))
            number += 1

    def inline_table(self, path: Path) -> None:
        self.at += 1
        while self.next_is_not("}"):
            self.pair(path)

    def next_is_not(self, closing: str) -> bool:
        """Skips spaces and a comma; steps over the closing sign when it is there."""
        self.skip_space()
        if self.text.startswith(",", self.at):
            self.at += 1
            self.skip_space()
        if self.at >= len(self.text) or self.text[self.at] == closing:
            self.at += 1
            return False
        return True

    def dotted_key(self) -> list[str]:
        keys = [self.key()]
        while True:
            self.skip_space()
            if not self.text.startswith(".", self.at):
                return keys
            self.at += 1
            keys.append(self.key())

    def key(self) -> str:
        self.skip_space()
        match = _BARE_KEY.match(self.text, self.at) or _STRING.match(self.text, self.at)
        if match is None:
            self.at += 1
            return ""
        self.at = match.end()
        return _unquoted(match.group())

    def skip_space(self) -> None:
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def mark(self, path: Path, start: int) -> None:
        self.lines.setdefault(path, bisect_right(self.starts, start))


def _unquoted(key: str) -> str:
    if key.startswith("'"):
        return key[1:-1]
    return _ESCAPE.sub(_unescaped, key[1:-1]) if key.startswith('"') else key


def _unescaped(match: re.Match[str]) -> str:
    code = match.group(1)
    if code[0] in "uU" and len(code) > 1:
        return chr(int(code[1:], 16))
    return {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}.get(code, code)
