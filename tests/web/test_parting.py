import re

import pytest

from configurator.web.parting import Leaf, cut_up, parts_held
from tests.web.browser import Browser

TYPING = {"HX_Request": "true", "HX_Request_Type": "partial"}
LONG = "M0 0" + "l1 1" * 40


def parted(html: str, held: frozenset[str]) -> str:
    return Leaf().parted(html, held).decode()


def named(html: str) -> frozenset[str]:
    return frozenset(re.findall(r'data-part="([^"]+)"', html))


def put_back(html: str, held: str) -> str:
    """What static/shop.js does, on text: contents found by their names in the page before."""
    paths = {name: d for d, name in re.findall(r' d="([^"]+)" data-part="([^"]+)"', held)}
    html = re.sub(r' data-left="([^"]+)"(?!>)', lambda m: f' d="{paths[m[1]]}" data-part="{m[1]}"', html)
    while left := re.search(r'data-left="([^"]+)">', html):
        name = left[1]
        start = held.index(f'data-part="{name}">') + len(f'data-part="{name}">')
        inside = held[start : _end(held, start)]
        html = html.replace(f'data-left="{name}">', f'data-part="{name}">{inside}')
    return html


def _end(html: str, start: int) -> int:
    kind = html[html.rindex("<", 0, start) + 1 :].split(" ", 1)[0]
    depth = 1
    for tag in re.finditer(rf"</?{kind}\b", html[start:]):
        depth += -1 if tag[0].startswith("</") else 1
        if not depth:
            return start + tag.start()
    raise AssertionError(kind)


def test_a_page_that_holds_nothing_gets_everything_with_names() -> None:
    html = parted(f'<svg><path d="{LONG}"/></svg><p data-part>Word <b>for</b> word</p>', frozenset())
    assert LONG in html
    assert "Word <b>for</b> word" in html
    assert len(named(html)) == 2


def test_what_a_page_holds_is_left_out_and_what_changed_is_not() -> None:
    before = parted(f'<path d="{LONG}"/><g data-part>one<g>two</g>three</g><i data-part>4</i>', frozenset())
    after = parted(f'<path d="{LONG}"/><g data-part>one<g>two</g>three</g><i data-part>5</i>', named(before))
    assert "M0" not in after
    assert "two" not in after
    assert ">5</i>" in after
    assert put_back(after, before).endswith('">5</i>')


def test_of_a_part_that_changed_what_did_not_change_inside_is_left_out() -> None:
    before = parted(f'<g data-part><path d="{LONG}"/><i data-part>4</i>five</g>', frozenset())
    after = parted(f'<g data-part><path d="{LONG}"/><i data-part>4</i>six</g>', named(before))
    assert after.count("data-left") == 2 and after.endswith("six</g>")
    assert put_back(after, before) == parted(f'<g data-part><path d="{LONG}"/><i data-part>4</i>six</g>', frozenset())


def test_what_a_customer_types_is_never_taken_for_a_part() -> None:
    typed = '<input value=" data-part&gt;"> &lt;p data-part&gt;'
    assert parted(typed, frozenset()) == typed


@pytest.mark.parametrize(
    ("key", "field", "most"),
    [
        ("mug", "f.name", 13_500),
        ("tee", "f.name", 13_500),
        ("muesli", "f.top", 15_000),
        ("book", "f.name", 14_500),
        ("keyring", "f.name", 15_000),
    ],
)
def test_a_letter_typed_sends_what_it_changed_and_nothing_else(
    browser: Browser, key: str, field: str, most: int
) -> None:
    """A quarter of the whole; most of it are the letters' own outlines."""
    held = browser.get(f"/blanks/{key}")
    template = re.search(r'name="template" value="([^"]+)" checked', held.html)
    assert template
    address = f"/blanks/{key}?template={template[1]}&{field}=Ida"
    page = browser.get(address, **TYPING)
    part = browser.get(address + "s", **TYPING, Parts=" ".join(named(page.html)))
    whole = browser.get(address + "s", **TYPING)
    assert len(part.html) < most < len(whole.html)
    same = re.sub(r"once=[\w-]+", "", put_back(part.html, page.html))
    assert same == re.sub(r"once=[\w-]+", "", whole.html)


def test_a_letter_of_a_text_of_one_s_own_sends_none_of_its_other_fields(browser: Browser) -> None:
    address = "/blanks/tee?kind-1=text&area-1=front&size-1=30&x-1=170&y-1=100&text-1=Ida"
    page = browser.get(address, **TYPING)
    part = browser.get(address + "s", **TYPING, Parts=" ".join(named(page.html)))
    assert 'name="text-1"' in part.html
    assert not re.findall(r'name="(?!text|kind)[a-z]+-1"', part.html)
    assert len(part.html) < 13_500


def test_what_is_cut_round_a_key_ring_is_drawn_once_and_used_in_both_pictures(browser: Browser) -> None:
    page = browser.get("/blanks/keyring?template=cat&f.name=Ida", **TYPING).html
    flat = page.split('class="panel flat"', 1)[1]
    used = re.search(r'<use class="guide-cut"[^>]* href="#([\w-]+)"', flat)
    assert used and page.count(f'id="{used[1]}"') == 1
    assert "guide-cut" not in page.replace(used[0], "")


def test_nobody_but_the_pages_own_script_gets_an_answer_with_gaps(browser: Browser) -> None:
    assert "data-left" not in browser.get("/blanks/mug").html
    assert "data-left" not in browser.get("/blanks/mug", **TYPING, Parts="nonsense").html
    assert not parts_held(browser.client.get("/blanks/mug").headers)  # type: ignore[arg-type] # headers are headers


def test_what_was_rendered_and_cut_up_before_reads_the_same_where_it_stands() -> None:
    kept = f'<ul data-part><li>One</li></ul><svg><path d="{LONG}"/></svg>'
    for held in (frozenset[str](), named(parted(kept, frozenset()))):
        leaf = Leaf()
        page = f"<main><p data-part>Before</p>{leaf.mark(cut_up(kept))}<p>After</p></main>"
        assert leaf.parted(page, held).decode() == parted(
            f"<main><p data-part>Before</p>{kept}<p>After</p></main>", held
        )


def test_a_text_with_parts_in_it_is_a_part_in_a_div_of_its_own() -> None:
    def run(second: str, held: frozenset[str]) -> str:
        return cut_up(f"<p data-part>One</p><p data-part>{second}</p>").apart().written(held).decode()

    before = run("Two", frozenset())
    again, changed = run("Two", named(before)), run("Three", named(before))
    assert "<p" not in again
    assert "One" not in changed
    assert put_back(again, before) == before
    assert put_back(changed, before) == run("Three", frozenset())
