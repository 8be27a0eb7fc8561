"""A TOML file being read: its content with the line of everything, and the faults found in it so far."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from configurator.blanks.faults import Fault, readable
from configurator.blanks.lines import Path, line_index, line_of


@dataclass(slots=True)
class Sheet:
    """What is known about one file while it is read. lines: None until the first mistake asks where it is."""

    file: str
    text: str = ""
    content: dict[str, Any] = field(default_factory=dict)
    lines: dict[Path, int] | None = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: Path, sentence: str) -> None:
        """Notes a mistake at a path of this file."""
        if self.lines is None:
            self.lines = line_index(self.text)
        self.faults.append(Fault(self.file, line_of(self.lines, path), readable(sentence)))

    def fault_at(self, line: int, sentence: str) -> None:
        """Notes a mistake at a line of this file."""
        self.faults.append(Fault(self.file, line, readable(sentence)))


def read_sheet(file: FilePath, *, name: str) -> Sheet:
    """Reads a TOML file. What cannot be read at all becomes a fault of an empty sheet."""
    sheet = Sheet(name)
    try:
        sheet.text = file.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except FileNotFoundError:
        sheet.fault_at(1, "This file is missing.")
    except OSError as error:
        sheet.fault_at(1, f"This file cannot be read: {error.strerror}.")
    except UnicodeDecodeError as error:
        sheet.fault_at(error.object.count(b"\n", 0, error.start) + 1, "This file is not UTF-8. Save it as UTF-8.")
    else:
        _parse(sheet)
    return sheet


def sheet_of(text: str, *, name: str) -> Sheet:
    """The sheet of a TOML text that is already in memory."""
    sheet = Sheet(name, text)
    _parse(sheet)
    return sheet


def _parse(sheet: Sheet) -> None:
    try:
        sheet.content = tomllib.loads(sheet.text)
    except tomllib.TOMLDecodeError as error:
        sheet.fault_at(*_place_and_sentence(str(error), sheet.text))
    except ValueError:  # Python's own limit, by its default 4,300 digits
        line = sheet.text.count("\n", 0, _longest_number(sheet.text)) + 1
        sheet.fault_at(line, "This is no valid TOML: a number has thousands of digits.")
    except RecursionError:
        sheet.fault_at(1, "This is no valid TOML: lists or tables are nested too deeply.")
    else:
        sheet.lines = None
        if not sheet.content:
            sheet.fault_at(1, "This file is empty.")


def _longest_number(text: str) -> int:
    """Where it begins."""
    return max(re.finditer(r"[\d_]+", text), key=lambda found: len(found[0])).start()


def _place_and_sentence(message: str, text: str) -> tuple[int, str]:
    what, _, place = message.partition(" (at ")
    number = re.search(r"line (\d+)", place)
    line = int(number.group(1)) if number else text.count("\n") + 1
    if "overwrite" in what or "twice" in what or "more than once" in what:
        hint = (
            " A table of which there are several stands in double brackets, as in [[rule]]." if "value" in what else ""
        )
        return line, f"This key stands here a second time; each may stand only once. ({what}){hint}"
    hint = ' A text stands in quotes, as in when = "rim = gold".' if what == "Invalid value" else ""
    return line, f"This is no valid TOML: {what}.{hint}"
