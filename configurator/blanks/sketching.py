"""A first blank.toml for a model from elsewhere: its options and rules, and the rest to be filled in by the maker."""

import hashlib
import json
from collections.abc import Iterator, Mapping

from configurator.blanks.shop import Shop
from configurator.options.compiling import compiled
from configurator.options.model import Chosen, Configuration, Model, Number, OneOf, Option, Rule

_DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400">
  <rect x="60" y="60" width="280" height="280" rx="24" fill="#d9d4c7"/>
  <g data-area="front"></g>
</svg>
"""


def sketch(key: str, name: str, model: Model, shop: Shop) -> Mapping[str, str]:
    """The files of a blank's folder, by name. Raises NothingPossible if the rules leave no product.

    Options take their defaults where these go together. Amounts, prices and operations are placeholders.
    """
    shown = compiled(model).answer({option.key: option.domain.default for option in model.options}).configuration
    parts = [_head(key, name, shop), *_options(model, shown), *map(_rule, model.rules), _artwork(shop), _making(shop)]
    return {"blank.toml": "\n".join(parts), f"{key}.svg": _DRAWING}


def _head(key: str, name: str, shop: Shop) -> str:
    category, tax = next(iter(shop.categories), "gifts"), next(iter(shop.taxes), "standard")
    return f"""# Options and rules were imported. Everything else is a placeholder: see docs/blanks.md.
name     = {_text(name)}
tagline  = "Made to order."
category = {_text(category)}
stage    = "board"
pieces   = {{ least = 1, most = 100 }}
tax      = {_text(tax)}
weight_g = 100
size_mm  = [100, 100]
barcode  = "{_barcode(key)}"                # for use in the shop only; a product that is sold elsewhere needs its own
drawing  = "{key}.svg"
body     = [60, 60, 280, 280]
"""


def _barcode(key: str) -> str:
    """An EAN-13 of the range for use inside a shop (GS1 General Specifications, 2.1.11: 20 to 29)."""
    digits = f"20{int(hashlib.sha256(key.encode()).hexdigest(), 16) % 10**10:010d}"
    check = -sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10
    return f"{digits}{check}"


def _options(model: Model, shown: Configuration) -> Iterator[str]:
    for option in model.options:
        head = f"[option.{option.key}]\naspect = {_text(option.aspect)}\nlabel  = {_text(option.label)}\n"
        yield head + _domain(option, shown[option.key])


def _domain(option: Option, default: Chosen) -> str:
    domain = option.domain
    if isinstance(domain, Number):
        limits = f"least = {domain.least}, most = {domain.most}, step = {domain.step}"
        return f"number = {{ {limits}, unit = {_text(domain.unit)}, default = {default} }}\n"
    assert isinstance(domain, OneOf)  # noqa: S101 - nothing else is imported
    values = "".join(
        f"  {{ key = {_text(v.key)}, label = {_text(v.label)}{_facts(v.facts)} }},\n" for v in domain.values
    )
    return f"default = {_text(str(default))}\none_of = [\n{values}]\n"


def _facts(facts: Mapping[str, int]) -> str:
    return f", facts = {{ {', '.join(f'{key} = {number}' for key, number in facts.items())} }}" if facts else ""


def _rule(rule: Rule) -> str:
    lines = ["[[rule]]", f"because = {_text(rule.because)}"]
    if rule.when is not None:
        lines.append(f"when    = {_text(rule.when)}")
    if rule.require is not None:
        lines.append(f"require = {_text(rule.require)}")
    if rule.columns:
        lines.append(f"columns = {_list(rule.columns)}")
        rows = "".join(f"  [{', '.join(map(_cell, row))}],\n" for row in rule.allow)
        lines.append(f"allow   = [\n{rows}]")
    return "\n".join([*lines, ""])


def _cell(cell: str | tuple[str, ...]) -> str:
    return _text(cell) if isinstance(cell, str) else _list(cell)


def _list(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _artwork(shop: Shop) -> str:
    method = next(iter(shop.methods.values()), None)
    font = next((font.label for font in shop.fonts if font.offered), "")
    ink = method.inks[0].key if method and method.inks else ""
    return f"""[area.front]
label   = "Front"
size_mm = [60, 60]
safe_mm = 3
method  = {_text(method.key if method else "")}
surface = {{ kind = "flat", box = [116, 116, 168, 168] }}

[[template]]
label    = "A name"
area     = "front"
fields   = {{ name = {{ label = "Name", most = 14, example = "Ida" }} }}
elements = [
  {{ text = "{{name}}", font = {_text(font)}, size_mm = 14, fit_mm = 50, at_mm = [30, 34], ink = {_text(ink)} }},
]
"""


def _making(shop: Shop) -> str:
    centres = [centre for facility in shop.facilities for centre in facility.centres]
    return f"""[price]
base = "10.00"

[[operation]]
name    = "Make"
at      = {_text(centres[0] if centres else "bench")}
family  = "making"
run_min = 5
"""


def _text(text: str) -> str:
    """A TOML basic string (TOML 1.0: JSON's escapes, and DEL escaped too)."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
