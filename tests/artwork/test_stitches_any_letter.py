"""Letters of any size, as a customer may type it: what is too small is told by preflight and never breaks the page."""

from hypothesis import example, given
from hypothesis import strategies as st

from configurator.artwork.stitches import stitches
from tests.artwork.golden import shop
from tests.artwork.sewing import lettering
from tests.effort import examples

FACES = [font.key for font in shop()[0].shop.fonts]


@given(
    st.text("abcdeghijkmopqrtwyzäéøßłABDGMOQRSW&8039@", min_size=1, max_size=4),
    st.sampled_from(FACES),
    st.floats(0.3, 60),
)
@example("e", "archivo-bold", 0.9)
@example("@", "fraunces-italic", 0.90625)
@examples(60)
def test_a_letter_of_any_size_is_sewn_or_left_out(letters: str, font: str, size_mm: float) -> None:
    """A ring of two rungs covers nothing, and one may be a point; once they were errors."""
    plan = stitches(lettering(letters, font, size_mm))
    assert plan.stitches >= 0
    assert plan.stitches or size_mm < 3
