"""Numbers, codes and tokens that people read aloud, scan or must not guess."""

import re
from collections.abc import Callable

Draw = Callable[[int], int]
"""A random whole number from 0 up to, not including, its argument: `secrets.randbelow`, or a seeded one in tests."""

ALPHABET = "23456789ACDEFGHJKMNPQRTVWXY"
"""Without 0 O, 1 I L, 5 S (S left out), 8 B (B left out), 2 Z (Z left out), U V (U left out)."""

_MISREAD = str.maketrans({"B": "8", "S": "5", "Z": "2", "U": "V"})
_NUMBER = re.compile(rf"[{ALPHABET}]{{6}}")
_PIECE = re.compile(rf"([{ALPHABET}]{{6}})(\d{{2,}})")
_CONSIGNMENT = re.compile(rf"C([{ALPHABET}]{{6}})")
_PICKUP = re.compile(r"([A-Z]{2})(\d{4})")


def order_number(draw: Draw) -> str:
    """`7K4-PM2`: one of 387 million, said in two breaths."""
    signs = _signs(draw, ALPHABET, 6)
    return f"{signs[:3]}-{signs[3:]}"


def pickup_code(draw: Draw) -> str:
    """`QX 4471`: what a customer says at the counter."""
    return f"{_signs(draw, 'ACDEFHJKMNPQRTVWXY', 2)} {draw(10_000):04d}"


def consignment_number(draw: Draw) -> str:
    """`C-7K4-PM2`: an order number after a C, seven signs, as no other code has."""
    return f"C-{order_number(draw)}"


def token(draw: Draw) -> str:
    """The unguessable part of an order page's address: 27 signs of 27, over 128 bits."""
    return _signs(draw, ALPHABET, 27).lower()


def piece_code(number: str, piece: int) -> str:
    """`7K4-PM2-01`: order number and the piece's own number, at least two digits."""
    return f"{number}-{piece:02d}"


def read_order_number(text: str) -> str | None:
    """The order number somebody typed, whatever the case, the spaces and the usual misreadings."""
    signs = _bare(text).translate(_MISREAD)
    return f"{signs[:3]}-{signs[3:]}" if _NUMBER.fullmatch(signs) else None


def read_piece_code(text: str) -> str | None:
    """The piece code somebody typed or scanned; None if it is none."""
    bare = _bare(text)
    match = _PIECE.fullmatch(bare[:6].translate(_MISREAD) + bare[6:])
    return piece_code(f"{match[1][:3]}-{match[1][3:]}", int(match[2])) if match else None


def read_consignment_number(text: str) -> str | None:
    """The number of a consignment that somebody typed or scanned; None if it is none."""
    bare = _bare(text)
    match = _CONSIGNMENT.fullmatch(bare[:1] + bare[1:].translate(_MISREAD))
    return f"C-{match[1][:3]}-{match[1][3:]}" if match else None


def read_pickup_code(text: str) -> str | None:
    """The pickup code somebody typed; None if it is none."""
    match = _PICKUP.fullmatch(_bare(text))
    return f"{match[1]} {match[2]}" if match else None


def _signs(draw: Draw, alphabet: str, count: int) -> str:
    return "".join(alphabet[draw(len(alphabet))] for _ in range(count))


def _bare(text: str) -> str:
    return re.sub(r"[\s\-\u2010-\u2015_.]", "", text).upper()
