"""Templates with what they include written into them: an include makes a new context, and a click met a dozen."""

import re
from collections.abc import Callable

from jinja2 import Environment, FileSystemLoader

_INCLUDE = re.compile(r'\{% include "([^"]+)" %\}\n?')


class InliningLoader(FileSystemLoader):
    """Reads templates from a folder; `{% include "name" %}` is replaced by that template's text.

    A name that is worked out is included as ever. What an included template sets is seen after it, too.
    """

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """A template's text with all that it includes."""
        text, path, fresh = super().get_source(environment, template)

        def included(found: re.Match[str]) -> str:
            return self.get_source(environment, found[1])[0].removesuffix("\n")

        return _INCLUDE.sub(included, text), path, fresh
