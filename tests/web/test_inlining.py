"""What a template includes is written into it when it is read: the page is the same, and made with less work."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from configurator.web.inlining import InliningLoader
from configurator.web.resources import resource

TEXTS = {
    "page.html": '<i>\n{% for word in words %}{% include "_word.html" %}{% endfor %}\n{% include "_end.html" %}</i>\n',
    "_word.html": '{% set loud = word|upper %}\n<b>{{ loud }}</b>{% include "_end.html" %}\n',
    "_end.html": "{# the end #}\n{% if words %}<hr>\n{% endif %}\n",
}


def test_the_page_is_the_same_with_what_it_includes_written_into_it(tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text)
    pages = [
        Environment(loader=kind(tmp_path), trim_blocks=True, lstrip_blocks=True, autoescape=True)
        .get_template("page.html")
        .render(words=["a", "<b"])
        for kind in (FileSystemLoader, InliningLoader)
    ]
    assert pages[0] == pages[1]
    assert "<b>&lt;B</b>" in pages[1]


def test_nothing_is_left_to_be_included_but_names_that_are_worked_out() -> None:
    loader = InliningLoader(resource("templates"))
    jinja = Environment(loader=loader, autoescape=True)
    for name in jinja.list_templates():
        assert '{% include "' not in loader.get_source(jinja, name)[0], name
