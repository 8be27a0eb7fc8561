"""A locked element stays as it is: its fields cannot be changed, and the server keeps back what would change it."""

from urllib.parse import quote

import pytest

from configurator.web.locking import held
from tests.web.browser import Browser, Page

LOCKED = "kind-1=text&text-1=Ida&x-1=100&y-1=30&size-1=12&lock-1=yes&kind-2=text&text-2=Noor&x-2=60&y-2=60"
REFUSAL = "This is locked"


def values(page: Page) -> dict[str, str]:
    return dict(page.form("design").fields)


def test_the_fields_of_what_is_locked_are_disabled_and_it_is_sent_as_it_stands(browser: Browser) -> None:
    page = browser.get(f"/blanks/mug?{LOCKED}")
    panel = page.html.split('id="el-1"')[1].split('id="el-2"')[0]
    assert '<fieldset class="edit" disabled>' in panel
    assert "Locked: it stays as it is." in panel
    assert 'name="remove"' not in panel
    assert (values(page)["x-1"], values(page)["text-1"], values(page)["lock-1"]) == ("100", "Ida", "yes")
    shown = browser.press(page, "design", "Show", text__2="Nora")
    assert (values(shown)["x-1"], values(shown)["text-2"]) == ("100", "Nora")
    assert REFUSAL not in shown.text
    assert "lock-1" not in values(browser.press(page, "design", "Unlock"))


@pytest.mark.parametrize(
    "change", ["x-1=50", "text-1=Eva", "size-1=20&el=1", "remove=1", "layer=up:1", "turn-1=15", "area-1=handle"]
)
def test_a_button_that_would_change_what_is_locked_is_refused_with_a_sentence(browser: Browser, change: str) -> None:
    before = browser.get(f"/blanks/mug?{LOCKED}")
    page = browser.get(f"/blanks/mug?{LOCKED}&take={quote(change, safe='')}")
    assert REFUSAL in page.text
    assert values(page) == values(before)


def test_a_field_that_a_script_enabled_again_is_kept_back(browser: Browser) -> None:
    page = browser.get(f"/blanks/mug?{LOCKED}&x-1=50&size-1=40")
    assert REFUSAL in page.text
    assert (values(page)["x-1"], values(page)["size-1"]) == ("100", "12")


def test_unlocking_and_changing_in_one_go_is_what_the_fix_of_a_finding_does(browser: Browser) -> None:
    page = browser.get("/blanks/mug?kind-1=text&text-1=Ida&x-1=1&y-1=30&size-1=12&lock-1=yes")
    mended = browser.press(page, "design", "Unlock and move")
    assert "lock-1" not in values(mended)
    assert values(mended)["x-1"] != "1"
    assert REFUSAL not in mended.text


def test_what_is_not_locked_is_changed_in_the_same_press() -> None:
    pairs = (("lock-1", "yes"), ("x-1", "3"), ("take", "x-1=9&x-2=4"))
    assert held(pairs) == ((("lock-1", "yes"), ("x-1", "3"), ("take", "x-2=4")), frozenset({1}))


def test_without_a_lock_nothing_is_looked_at() -> None:
    pairs = (("x-1", "3"), ("x-1", "4"), ("lock-1", ""), ("take", "x-1=9"))
    assert held(pairs) == (pairs, frozenset())
