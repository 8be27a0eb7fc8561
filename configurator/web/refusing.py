"""Every refusal becomes a page (or a fragment) with a sentence; nothing shows a stack trace."""

import logging
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from litestar import Response
from litestar.exceptions import HTTPException, NotFoundException, PermissionDeniedException
from litestar.response import Redirect

from configurator.errors import Refusal, Unavailable
from configurator.web.guards import SignInFirst
from configurator.web.rendering import AnyRequest, Pages

log = logging.getLogger("configurator")

SENTENCES = {
    403: "This page was open too long, or in two tabs. Go back, load it again and send it once more.",
    404: "There is nothing at this address. It may have been mistyped or cut off in a mail.",
    405: "This address cannot be used that way. Go back and use the buttons of the page.",
    413: "That is too large to be sent here. A picture may have 50 MB: save it smaller, for example as JPEG.",
    422: "Something in the form could not be read. Go back, check the marked fields and send it again.",
}


@dataclass(frozen=True)
class Refusals:
    """Exception handlers that answer in this shop's own pages, and to other programs in JSON."""

    pages: Pages

    def refused(self, request: AnyRequest, error: Refusal) -> Response[Any]:
        """An anticipated refusal: its own sentence and status."""
        if isinstance(error, Unavailable):
            log.error("%s %s: %s", request.method, request.url.path, error)
        return self._answer(request, error.status, error.sentence)

    def sign_in(self, request: AnyRequest, error: SignInFirst) -> Response[Any]:
        """Nobody is signed in, or somebody with another role: to the form, and from there back to this page."""
        home = "/counter" if error.role == "clerk" else "/workshop"
        whole = request.method == "GET" and request.headers.get("HX-Request") != "true"
        wanted = urlencode({"next": request.url.path + (f"?{request.url.query}" if request.url.query else "")})
        address = f"{home}/sign-in?{wanted}" if whole else f"{home}/sign-in"
        if request.headers.get("HX-Request") == "true":
            return Response("", headers={"HX-Redirect": address}, status_code=401)
        return Redirect(address, status_code=303)

    def http(self, request: AnyRequest, error: HTTPException) -> Response[Any]:
        """What Litestar itself refuses; validation errors are 422, not 400."""
        status = 422 if error.status_code == 400 else error.status_code
        answer = self._answer(request, status, SENTENCES.get(status, SENTENCES[422]))
        if isinstance(error, PermissionDeniedException):
            answer.delete_cookie("csrftoken")
        return answer

    def broken(self, request: AnyRequest, error: Exception) -> Response[Any]:
        """Our own mistake: logged with its trace, told plainly."""
        log.error("%s %s failed", request.method, request.url.path, exc_info=error)
        return self._answer(request, 500, "Something broke on our side. Nothing was lost: go back and try once more.")

    def handlers(self) -> dict[Any, Any]:
        """For Litestar's `exception_handlers`."""
        return {
            SignInFirst: self.sign_in,
            Refusal: self.refused,
            NotFoundException: self.http,
            HTTPException: self.http,
            Exception: self.broken,
        }

    def _answer(self, request: AnyRequest, status: int, sentence: str) -> Response[Any]:
        if request.url.path.startswith("/api/"):
            return Response({"refused": sentence}, status_code=status)
        values = {"sentence": sentence, "status": status, "title": "That did not work"}
        answer = self.pages.page(request, "refusal.html", values, fragment="_refusal.html", status=status)
        # htmx puts it over the page: what is on it, and what was typed, stays.
        answer.headers.update({"HX-Retarget": "#refused", "HX-Reswap": "innerHTML"})
        return answer
