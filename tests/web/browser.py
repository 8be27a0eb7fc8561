"""A browser without JavaScript: keeps cookies, reads pages, fills in forms, presses buttons."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

from httpx import Response
from litestar.testing import TestClient

VOID = {"input", "img", "br", "meta", "link", "hr"}


@dataclass
class Button:
    """A button of a form."""

    text: str = ""
    name: str = ""
    value: str = ""
    action: str | None = None
    method: str | None = None
    disabled: bool = False


@dataclass
class Form:
    """A form as a browser would send it."""

    id: str
    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    options: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[Button] = field(default_factory=list)


class Page(HTMLParser):
    """A page that has come: its text, forms, links."""

    def __init__(self, response: Response) -> None:
        super().__init__(convert_charrefs=True)
        self.response = response
        self.status = response.status_code
        self.html = response.text
        self.path = response.url.raw_path.decode()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self._button: Button | None = None
        self._select: tuple[str, list[tuple[str, bool]]] | None = None
        self._area: tuple[str, str] | None = None
        self._link: str | None = None
        self._silent = 0
        self.feed(self.html)

    @property
    def text(self) -> str:
        """Everything a reader can read."""
        return " ".join(" ".join(self.words).split())

    def form(self, id_: str) -> Form:
        """The form of that id, or whose action ends so."""
        return next(form for form in self.forms if id_ in (form.id, form.action) or form.action.endswith(id_))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.tags.append((tag, given))
        if tag == "form":
            self.forms.append(Form(given.get("id", ""), given.get("action", ""), given.get("method", "get")))
        elif tag == "a":
            self._link = given.get("href", "")
        elif tag in ("script", "style"):
            self._silent += 1
        elif self.forms:
            self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        form = self.forms[-1]
        if "form" in given:
            named = [each for each in self.forms if each.id == given["form"]]
            if not named:
                return
            form = named[0]
        if tag == "button":
            self._button = Button(
                "",
                given.get("name", ""),
                given.get("value", ""),
                given.get("formaction"),
                given.get("formmethod"),
                "disabled" in given,
            )
            form.buttons.append(self._button)
        elif tag == "select":
            self._select = (given["name"], [])
        elif tag == "option" and self._select:
            self._select[1].append((given["value"], "selected" in given))
        elif tag == "textarea":
            self._area = (given["name"], "")
        elif tag == "input" and given.get("name"):
            self._input(form, given)

    def _input(self, form: Form, given: dict[str, str]) -> None:
        if given.get("type") in ("radio", "checkbox"):
            form.options.setdefault(given["name"], []).append(given.get("value", "on"))
            if "checked" not in given:
                return
        form.fields.append((given["name"], given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "button":
            self._button = None
        elif tag == "a":
            self._link = None
        elif tag in ("script", "style"):
            self._silent -= 1
        elif tag == "select" and self._select and self.forms:
            name, options = self._select
            chosen = next((value for value, selected in options if selected), options[0][0])
            self.forms[-1].fields.append((name, chosen))
            self._select = None
        elif tag == "textarea" and self._area and self.forms:
            self.forms[-1].fields.append((self._area[0], self._area[1].removeprefix("\n")))
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area = (self._area[0], self._area[1] + data)
        if self._silent:
            return
        self.words.append(data)
        if self._button is not None:
            self._button.text = " ".join((self._button.text + " " + data).split())
        if self._link is not None and data.strip():
            self.links.append((data.strip(), self._link))


class Browser:
    """One visitor."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, address: str, **headers: str) -> Page:
        """Go to an address."""
        return Page(self.client.get(address, headers={k.replace("_", "-"): v for k, v in headers.items()}))

    def follow(self, page: Page, text: str) -> Page:
        """Follow the link with that text."""
        return self.get(next(href for words, href in page.links if words == text))

    def press(self, page: Page, form_id: str, text: str, **changes: str | list[str]) -> Page:
        """Fill in fields and press the button that begins with `text`; `__` in a name stands for `-`, `_0_` for `.`."""
        form = page.form(form_id)
        button = next(b for b in form.buttons if b.text.startswith(text) and not b.disabled)
        return self.send(page, form, button, changes)

    def send(self, page: Page, form: Form, button: Button, changes: dict[str, str | list[str]]) -> Page:
        """Send a form by a button."""
        pairs = list(_changed(form.fields, {_name(k): v for k, v in changes.items()}))
        if button.name:
            pairs.append((button.name, button.value))
        action = urljoin(page.path, button.action or form.action)
        if (button.method or form.method).lower() == "get":
            return self.get(f"{urlsplit(action).path}?{urlencode(pairs)}")
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return Page(self.client.post(action, content=urlencode(pairs), headers=headers))


def _name(name: str) -> str:
    return name.replace("_0_", ".").replace("__", "-")


def _changed(fields: list[tuple[str, str]], changes: dict[str, str | list[str]]) -> Iterator[tuple[str, str]]:
    yield from (pair for pair in fields if pair[0] not in changes)
    for name, value in changes.items():
        yield from ((name, each) for each in (value if isinstance(value, list) else [value]))
