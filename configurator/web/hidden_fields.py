"""Hidden fields of a form, written without a template: a blank of hundreds of options has one for each, every step."""

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape


def hidden_fields(pairs: Iterable[tuple[str, str]]) -> Markup:
    """The fields in a row."""
    return Markup("".join(_field(name, value) for name, value in pairs))  # noqa: S704 - escaped below


@lru_cache(maxsize=10_000)
def _field(name: str, value: str) -> str:
    return f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
