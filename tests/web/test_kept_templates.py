import shutil
from pathlib import Path

from jinja2 import DictLoader, Environment

from configurator.web.kept_templates import KeptTemplates


def shown(cache: Path, recipe: str, text: str = "{{ 7|price }}", price: str = "{} €") -> str:
    jinja = Environment(  # noqa: S701  # no page of the shop's
        loader=DictLoader({"page.html": text}), bytecode_cache=KeptTemplates(cache, recipe)
    )
    jinja.filters["price"] = price.format
    return jinja.get_template("page.html").render()


def test_a_page_is_compiled_once_a_machine_and_again_when_its_template_or_the_recipe_changes(tmp_path: Path) -> None:
    assert shown(tmp_path, "euro") == "7 €"
    assert len([*tmp_path.glob("*/*")]) == 1
    assert shown(tmp_path, "euro", text="{{ 8|price }}") == "8 €"
    assert shown(tmp_path, "pound", price="£{}", text="{{ 8|price }}") == "£8"


def test_a_page_is_shown_where_no_compiled_template_can_be_kept(tmp_path: Path) -> None:
    kept = KeptTemplates(tmp_path, "any")
    shutil.rmtree(tmp_path)
    jinja = Environment(loader=DictLoader({"page.html": "there"}), bytecode_cache=kept)  # noqa: S701  # as above
    assert jinja.get_template("page.html").render() == "there"
