"""The same mail with pictures of the pieces: HTML beside the plain text, the pictures inside it, nothing to fetch."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage

from markupsafe import Markup, escape

from configurator.orders.order_store import WholeOrder
from configurator.orders.rows import Piece

MOST_PICTURES = 6
WIDE = 440
"""Pixels of a picture, shown half as wide: sharp on a phone, some 15 KB."""
_LINK = re.compile(r"https?://[^\s<>\"']+")
_PAGE = (
    "margin:0;padding:12px;background:#f4f5f3;color:#14181a;font:16px/1.5 system-ui,-apple-system,Segoe UI,sans-serif"
)
_PANEL = "max-width:560px;margin:0 auto;background:#ffffff;border-radius:14px;padding:24px;overflow-wrap:anywhere"


@dataclass(frozen=True, slots=True)
class Pictured:
    """So many pieces of a line, as the mail is about them."""

    design_hash: str
    title: str
    summary: str
    quantity: int


def pictured(whole: WholeOrder, what: str, again: str) -> list[Pictured]:
    """The lines with as many pieces as the mail is about: of a part what lies there, of a parcel what left with it."""
    about = {"part": whole.lying, "sent": [piece for piece in whole.pieces if _left_at(piece, again)]}
    counted = Counter(piece.line_id for piece in about[what]) if what in about else None
    counts = ((line, counted[line.id or 0] if counted is not None else line.quantity) for line in whole.lines)
    return [Pictured(line.design_hash, line.title, line.summary, count) for line, count in counts if count]


def _left_at(piece: Piece, at: str) -> bool:
    return piece.stage == "handed_over" and piece.moved_at.isoformat() == at


def with_pictures(
    mail: EmailMessage, paragraphs: Sequence[str], lines: Sequence[Pictured], pictures: Mapping[str, bytes]
) -> None:
    """Add the HTML alternative to a plain mail: its paragraphs, then a picture of each design with what it is.

    pictures: design hash -> JPEG. The same mail is the same bytes each time, so its parts are divided by its own id.
    """
    shown = [line for line in lines if line.design_hash in pictures][:MOST_PICTURES]
    mail.add_alternative(_page(paragraphs, shown), subtype="html")
    (html,) = (part for part in mail.iter_parts() if part.get_content_subtype() == "html")
    for line in shown:
        html.add_related(
            pictures[line.design_hash],
            *("image", "jpeg"),
            cid=f"<{_name(line)}>",
            disposition="inline",
            filename=f"{line.design_hash[:8]}.jpg",
        )
    stem = re.sub(r"[^a-zA-Z0-9]", "", str(mail["Message-ID"]))[:40]
    mail.set_boundary(f"text-or-html-{stem}")
    if shown:
        html.set_boundary(f"html-and-pictures-{stem}")


def _page(paragraphs: Sequence[str], lines: Sequence[Pictured]) -> str:
    body = Markup("").join([*(_paragraph(text) for text in paragraphs[:2]), _pictures(lines)])
    body += Markup("").join(_paragraph(text) for text in paragraphs[2:])
    return str(
        Markup(
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width"></head><body style="{}">'
            '<div style="{}">{}</div></body></html>'
        ).format(_PAGE, _PANEL, body)
    )


def _paragraph(text: str) -> Markup:
    lines = Markup("<br>").join(Markup("").join(_linked(line)) for line in text.split("\n"))
    return Markup('<p style="margin:0 0 16px" dir="auto">{}</p>').format(lines)


def _linked(line: str) -> Iterator[Markup]:
    """Addresses as links; all else is text, whatever customers typed."""
    at = 0
    for found in _LINK.finditer(line):
        yield escape(line[at : found.start()])
        yield Markup('<a href="{0}" style="color:#2b34cf">{0}</a>').format(found[0])
        at = found.end()
    yield escape(line[at:])


def _pictures(lines: Sequence[Pictured]) -> Markup:
    """A table, since mail programs lay out little else; every picture says in words what it shows."""
    rows = Markup("").join(_row(line) for line in lines)
    return Markup('<table role="presentation" style="margin:0 0 16px">{}</table>').format(rows) if lines else Markup("")


_HALF = "display:inline-block;vertical-align:top;box-sizing:border-box;max-width:100%;padding:0 16px 12px 0"
"""Words beside their picture where there is room, on a phone below it."""


def _row(line: Pictured) -> Markup:
    return Markup(
        '<tr><td><div style="{0}"><img src="cid:{1}" width="{2}" alt="{3}" style="display:block;max-width:100%"></div>'
        '<div style="{0};width:{4}px" dir="auto"><b>{5} × {6}</b><br>{7}</div></td></tr>'
    ).format(
        *(_HALF, _name(line), WIDE // 2, f"{line.title}, {line.summary}"),
        *(WIDE // 2 + 48, line.quantity, line.title, line.summary),
    )


def _name(line: Pictured) -> str:
    return f"{line.design_hash[:24]}@pictures"
