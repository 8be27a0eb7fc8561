"""Templates call functions directly: the page is the same as when Jinja looks for other ways to call."""

from typing import Any

from jinja2 import Environment, pass_context, pass_environment
from jinja2.runtime import Context

from configurator.web.rendering import Direct

PAGE = """
{%- macro loud(word) %}<b>{{ word|upper }}</b>{{ caller() if caller }}{% endmacro %}
{%- for word in words %}{% set place = loop.index %}{{ named(word, end='.') }}
{{ kept(word) }}{{ loud(word) }}{% endfor %}
{%- call loud(shop) %}{{ plain(shop) }}{% endcall %}{{ whose() }}{{ words.index('b') }}{{ dict(a=1)['a'] }}
"""


class Plain(Environment):
    """Jinja as it comes."""


class Quick(Environment):
    """Jinja as pages are rendered."""

    context_class = Direct


@pass_context
def kept(context: Context, word: str) -> str:
    return f"{context['shop']} keeps {word}"


@pass_environment
def whose(environment: Environment) -> str:
    return "own" if environment.autoescape else "none"


def plain(word: str) -> str:
    return f"<{word}>"


def named(word: str, *, end: str) -> str:
    return word + end


def rendered(kind: type[Environment], **known: Any) -> str:
    jinja = kind(autoescape=True)
    jinja.globals.update(kept=kept, whose=whose, plain=plain, named=named)
    return jinja.from_string(PAGE).render(**known)


def test_functions_macros_and_methods_say_what_they_say_when_jinja_calls_them() -> None:
    known = {"words": ["a", "b"], "shop": "Lot & One"}
    assert rendered(Quick, **known) == rendered(Plain, **known)
    assert "Lot &amp; One keeps b" in rendered(Quick, **known)
