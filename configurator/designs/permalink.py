"""The customiser's address: choices, artwork and quantity as plain form fields, read tolerantly, written one way."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from configurator.artwork.elements import Element
from configurator.blanks.blank import Blank, Template
from configurator.blanks.shop import Shop
from configurator.designs.form import LONGEST_FIELD, Form, pairs_of, plain, shortened, whole
from configurator.designs.looking import look
from configurator.designs.offering import offer
from configurator.designs.reading_choices import AUTO, read_choices, said, written_choices
from configurator.designs.reading_elements import read_elements
from configurator.designs.writing_elements import ELEMENT_FIELDS, written_elements
from configurator.options.answer import Answer
from configurator.options.model import Choices

LONG_ADDRESS = 2000
"""Characters of a query from which on some mail programs and browsers break an address."""
_OWN_NAMES = re.compile(
    r"(pieces|template|add|remove|layer|auto|view|turn|line|el|own|kept|from|behind|(f|auto)\..*"
    rf"|({'|'.join(ELEMENT_FIELDS)})-\d+)"
)


@dataclass(frozen=True)
class Asked:
    """What an address or form asks for. faults: field name -> what is wrong and what was taken instead.

    picked: the number of the element that a button has just moved or added, 0 for none.
    """

    choices: Choices
    elements: tuple[Element, ...] = ()
    quantity: int = 1
    template: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict, compare=False)
    picked: int = field(default=0, compare=False)


def reserved(name: str) -> bool:
    """Whether a field name has its own meaning, so that no option may be called so."""
    return _OWN_NAMES.fullmatch(name) is not None


def read(query: Sequence[tuple[str, str]], blank: Blank, shop: Shop) -> Asked:
    """What these fields ask for. Never raises: a faulty field is told and its nearest usable value taken.

    Names that mean nothing here are passed over.
    """
    form = Form(query)
    template = _template(form, blank)
    elements, picked = read_elements(form, offer(blank, shop), look(blank, query))
    return Asked(
        choices=read_choices(form, blank.model),
        elements=elements,
        quantity=_quantity(form, blank),
        template=template.key if template else None,
        fields=_fields(form, template),
        faults=form.faults,
        picked=picked,
    )


def write(asked: Asked) -> str:
    """The canonical query string: the same wish is always the same address."""
    return urlencode(tuple(_written(asked)), quote_via=quote, safe="")


def auto_fields(answer: Answer) -> tuple[tuple[str, str], ...]:
    """Hidden fields for a form that shows a whole configuration: what of it the customer did not choose.

    Without them every option of a submitted form would count as the customer's own choice. As few fields as may be,
    each with many words: a blank of hundreds of options would have one for each.
    """
    words = [said(key, chosen) for key, chosen in answer.configuration.items() if key not in answer.choices]
    return tuple((AUTO, line) for line in _lines(words))


def _lines(words: Sequence[str]) -> Iterator[str]:
    """The words with spaces between, in lines that a form's field holds."""
    text = " ".join(words)
    while len(text) > LONGEST_FIELD:
        at = text.rfind(" ", 0, LONGEST_FIELD + 1)
        at = at if at > 0 else text.find(" ")
        if at < 0:
            break
        yield text[:at]
        text = text[at + 1 :]
    if text:
        yield text


def _written(asked: Asked) -> Iterator[tuple[str, str]]:
    yield from written_choices(asked.choices)
    if asked.template is not None:
        yield "template", asked.template
        yield from ((f"f.{name}", value) for name, value in pairs_of(asked.fields))
    yield from written_elements(asked.elements)
    if asked.quantity != 1:
        yield "pieces", str(asked.quantity)


def _quantity(form: Form, blank: Blank) -> int:
    text = form.last("pieces")
    if not text:
        return blank.least
    number = whole(text)
    if number is None:
        form.fault("pieces", f"“{shortened(text, 40)}” is not a number of pieces. {blank.least} was taken.")
        return blank.least
    kept = min(max(int(number), blank.least), blank.most)
    if kept != number:
        form.fault("pieces", f"{blank.least} to {blank.most} pieces can be ordered. {plain(kept)} was taken.")
    return kept


def _template(form: Form, blank: Blank) -> Template | None:
    key = form.last("template")
    template = next((template for template in blank.templates if template.key == key), None)
    if key and template is None:
        form.fault("template", "This design is no longer offered. Choose another, or start empty.")
    return template


def _fields(form: Form, template: Template | None) -> Mapping[str, str]:
    if template is None:
        return {}
    return {known.key: form.text(f"f.{known.key}", known.most) for known in template.fields if f"f.{known.key}" in form}
