import pytest

from configurator.export.legible import legible


@pytest.mark.parametrize(
    "text",
    [
        "Zoë", "Łukasz Nguyễn", "محمد", "प्रिया", "ทดสอบ", "Ελένη Дмитрий", "יעל כהן",
        "<b>x</b>", "#import $x$ *y* `z` \\ @a",
        "=cmd|' /C calc'!A0", "“quoted” – 12 × 4 mm, € 3.50", "می‌خواهم",
    ],
)  # fmt: skip
def test_what_our_faces_can_draw_stays_as_it_was_typed(text: str) -> None:
    assert legible(text) == text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Zoë 🎉", "Zoë [party popper]"),
        ("生日", "[U+751F U+65E5]"),
        ("გიორგი", "[U+10D2 U+10D8 U+10DD U+10E0 U+10D2 U+10D8]"),
        ("👩‍👩‍👧", "[woman]"),
        ("two\nlines\tand  blanks ", "two lines and blanks"),
        ("e\u0301", "é"),
        ("gnp\u202eexe", "gnp[right-to-left override]exe"),
        ("a\x07b", "a[U+0007]b"),
        ("", ""),
    ],
)
def test_what_no_face_can_draw_is_named_instead_of_dropped(text: str, printed: str) -> None:
    assert legible(text) == printed
