"""Build the app: routes, pages, errors and limits around the parts that opening.py has put together."""

import asyncio
import warnings
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from litestar import Litestar
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import LitestarDeprecationWarning
from litestar.types import ASGIApp

from configurator.api.routes import api_routes
from configurator.production.promise import Promise
from configurator.production.wishes import Wish
from configurator.web.customising import Workbench
from configurator.web.forms import read_form
from configurator.web.packing import packing
from configurator.web.refusing import Refusals
from configurator.web.rendering import Pages
from configurator.web.routes import ROUTES
from configurator.web.samples import Samples
from configurator.web.security import secured
from configurator.web.shown_pages import Shown
from configurator.web.studio import Studio
from configurator.web.wiring import Wiring

THREADS = 20
SHARED = ("^/(api|static|pictures|proofs)/", r"^/blanks/[^/]+/(proof\.pdf|picture\.webp)$")
"""Never posted to, and kept by caches on the way: no answer there may bring one visitor's cookie to another."""


class PageThreads(ThreadPoolExecutor):
    """Threads for page functions. asyncio cannot carry a StopIteration out of a thread: the request would never end."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As always, with a StopIteration turned into an error that is answered."""

        def done() -> Any:
            try:
                return fn(*args, **kwargs)
            except StopIteration as error:
                raise RuntimeError("a page function ran past the end of something") from error

        return super().submit(done)


def litestar_app(wiring: Wiring) -> Litestar:
    """The Litestar application around a wiring."""
    pages, studio = Pages(wiring), Studio(wiring)

    @asynccontextmanager
    async def running(_: Litestar) -> AsyncIterator[None]:
        # asyncio's own default is cpu + 4 threads: too few for handlers that wait for the write lock.
        asyncio.get_running_loop().set_default_executor(PageThreads(THREADS, "page"))
        yield

    with warnings.catch_warnings():
        # Litestar 3 will want every dependency marked in every page function; the pin in pyproject keeps it away.
        warnings.simplefilter("ignore", LitestarDeprecationWarning)
        return _application(wiring, pages, studio, running)


def _application(
    wiring: Wiring, pages: Pages, studio: Studio, running: Callable[[Litestar], AbstractAsyncContextManager[None]]
) -> Litestar:
    return Litestar(
        route_handlers=[
            *ROUTES,
            *api_routes(lambda: wiring.catalogue, wiring.fonts, _promised(wiring)),
        ],
        dependencies={
            "wiring": _always(wiring),
            "pages": _always(pages),
            "studio": _always(studio),
            "bench": _always(Workbench(wiring=wiring, studio=studio, pages=pages)),
            "samples": _always(Samples(wiring, studio)),
            "shown": _always(Shown()),
            "form": Provide(read_form),
        },
        exception_handlers=Refusals(pages).handlers(),
        csrf_config=CSRFConfig(
            secret=wiring.settings.secret,
            cookie_httponly=True,
            cookie_secure=wiring.settings.base_url.startswith("https:"),
            exclude=list(SHARED),
        ),
        compression_config=packing(exclude=["^/static/"]),
        lifespan=[running],
        openapi_config=None,
        logging_config=None,  # Litestar's own tells every INFO of every library
        request_max_body_size=1_000_000,
        state=State({"wiring": wiring}),
    )


def asgi(wiring: Wiring) -> ASGIApp:
    """What the server runs."""
    return secured(litestar_app(wiring))


def _promised(wiring: Wiring) -> Callable[[Wish], Promise | None]:
    """What is promised for a wish now; None for what is sold out and not expected, or cannot be made."""

    def promise(wish: Wish) -> Promise | None:
        now = wiring.clock.now()
        return wiring.promises.promise(wish, now) if wiring.promises.has(wish, now) else None

    return promise


def _always(thing: Any) -> Provide:
    give: Callable[[], Any] = lambda: thing  # noqa: E731 - Litestar reads the callable's signature
    return Provide(give, use_cache=True, sync_to_thread=False)
