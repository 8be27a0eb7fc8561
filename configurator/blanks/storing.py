"""A blank as text, kept with every order: what was sold can be read again after the folder has changed."""

import json

from configurator.blanks.blank import Blank
from configurator.blanks.reading_blank import read_blank
from configurator.blanks.sheet import sheet_of
from configurator.blanks.shop import Shop
from configurator.errors import NotFound

FORMAT = 1


class UnreadableBlank(NotFound):
    """A kept text is no blank of this program."""


def blank_files(blank: Blank) -> str:
    """Everything in the blank's folder that shapes a piece, as canonical JSON. The same blank, the same text."""
    content = {"format": FORMAT, "key": blank.key, "files": dict(blank.source)}
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def blank_from_files(text: str, shop: Shop) -> Blank:
    """The blank a kept text holds, with its version as it was sold. Raises UnreadableBlank.

    It was checked when it was sold: what today's shop no longer has (an ink, a component) is no fault of it.
    """
    try:
        content = json.loads(text)
        key, files = content["key"], {str(name): str(file) for name, file in content["files"].items()}
        if content["format"] != FORMAT:
            raise UnreadableBlank(f"A blank kept in format {content['format']} cannot be read here; expected {FORMAT}.")
        sheet = sheet_of(files["blank.toml"], name=f"{key}/blank.toml")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableBlank("This kept text is no blank; it may have been cut short.") from error
    return read_blank(key, sheet, files, shop)
