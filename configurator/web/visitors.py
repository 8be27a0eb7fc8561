"""The visitor's cart cookie: the browser keeps a token, the database only its hash."""

import hashlib
import secrets
from dataclasses import dataclass

from litestar import Response
from litestar.datastructures import Cookie

from configurator.orders.cart_store import pieces_in_cart
from configurator.web.rendering import AnyRequest
from configurator.web.wiring import Wiring

COOKIE = "cart"
DAYS = 60
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Shopper:
    """What the head and the prices need to know of a visitor: pieces in the cart, of this blank too."""

    in_cart: int
    of_blank: int


def cart_token(request: AnyRequest) -> str | None:
    """The token the browser has, if it can be one of ours."""
    token = request.cookies.get(COOKIE, "")
    return token if 20 <= len(token) <= LONGEST else None


def cart_hash(request: AnyRequest) -> str:
    """The hash that the visitor's cart is kept under; of nothing when there is no cart."""
    return hashed(cart_token(request) or "")


def hashed(token: str) -> str:
    """SHA-256 of a token: what the database knows of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """A token nobody can guess: 256 bits."""
    return secrets.token_urlsafe(32)


def remember(response: Response[str], token: str, wiring: Wiring) -> None:
    """Give the browser its token."""
    response.set_cookie(
        Cookie(
            COOKIE,
            value=token,
            max_age=DAYS * 86_400,
            httponly=True,
            samesite="lax",
            secure=wiring.settings.base_url.startswith("https:"),
        )
    )


def shopper(request: AnyRequest, wiring: Wiring, *, blank: str | None = None, but_line: int = 0) -> Shopper:
    """What the visitor has in the cart; asks the database only if there is a cart cookie."""
    token = cart_token(request)
    if token is None:
        return Shopper(0, 0)
    with wiring.database.read() as session:
        of_blank = pieces_in_cart(session, hashed(token), blank, but_line=but_line) if blank else 0
        return Shopper(pieces_in_cart(session, hashed(token)), of_blank)
