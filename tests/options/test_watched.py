"""What is made from a configuration is kept by what of it was read, so that other choices do not make it anew."""

from configurator.options.model import Configuration
from configurator.options.watched import ByWhatIsRead, Watched


def test_what_was_read_is_noted_and_going_through_all_is_reading_all() -> None:
    watched = Watched({"rim": "gold", "size": "m"})
    assert watched.get("rim") == "gold" and watched.read == {"rim"}
    assert dict(watched) == {"rim": "gold", "size": "m"} and watched.read == {"rim", "size"}


def test_a_choice_that_was_not_read_makes_nothing_anew() -> None:
    made, memory = list[object](), ByWhatIsRead[str](10)

    def drawn(chosen: Configuration) -> str:
        made.append(chosen["rim"])
        return f"a {chosen['rim']} rim"

    for size in ("s", "m", "l"):
        assert memory.get("mug", "front", {"rim": "gold", "size": size}, drawn) == "a gold rim"
    assert memory.get("mug", "front", {"rim": "plain", "size": "s"}, drawn) == "a plain rim"
    assert memory.get("mug", "back", {"rim": "gold", "size": "s"}, drawn) == "a gold rim"
    assert len(made) == 3


def test_what_is_read_only_with_some_choices_counts_all_the_same() -> None:
    """The lid's colour matters only where there is a lid; a picture without one must not stand for one with it."""

    def drawn(chosen: Configuration) -> str:
        return f"{chosen['lid']} lid" if chosen["has"] == "lid" else "no lid"

    memory = ByWhatIsRead[str](100)
    for has in ("none", "lid", "none", "lid"):
        for lid in ("red", "blue", "red"):
            expected = f"{lid} lid" if has == "lid" else "no lid"
            assert memory.get("tin", "", {"has": has, "lid": lid}, drawn) == expected


def test_what_depends_on_something_kept_is_kept_by_what_that_was_made_from() -> None:
    scenes, pictures = ByWhatIsRead[str](10), ByWhatIsRead[str](10)

    def scene(chosen: Configuration) -> str:
        return scenes.get("mug", "", chosen, lambda each: f"ink on {each['glaze']}")

    def picture(chosen: Configuration) -> str:
        return pictures.get("mug", "", chosen, lambda each: f"{each['rim']}, {scene(each)}")

    assert picture({"rim": "gold", "glaze": "matt"}) == "gold, ink on matt"
    assert picture({"rim": "gold", "glaze": "gloss"}) == "gold, ink on gloss"
    assert picture({"rim": "plain", "glaze": "gloss"}) == "plain, ink on gloss"
    assert picture({"rim": "plain", "glaze": "matt"}) == "plain, ink on matt"
