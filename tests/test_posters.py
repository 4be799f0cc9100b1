"""The picture of an article: what it says, that it is the same everywhere, when there is none."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from explainer.posters import Colors, Painter, PosterText, colors_of
from tests.conftest import SmallSite
from tests.making import ROOT

FONTS = ROOT / "static" / "fonts"
TEXT = PosterText("A bridge reopens", "Town", "The Annotated Report", "May 14, 2024 · 3 notes")


@pytest.fixture(scope="module")
def painter() -> Painter:
    names = {"serif": "serif-roman.woff2", "sans": "sans.woff2"}
    return Painter({face: (FONTS / name).read_bytes() for face, name in names.items()})


def image_of(raw: bytes | None) -> Image.Image:
    assert raw
    return Image.open(io.BytesIO(raw)).convert("RGB")


def lines_of(raw: bytes | None) -> int:
    """How many lines the headline has: stretches of rows with ink, tall enough for letters."""
    image = image_of(raw).crop((72, 140, 1128, 515)).convert("L")
    wide, high = image.size
    pixels = image.tobytes()
    dark = [min(pixels[y * wide : (y + 1) * wide]) < 90 for y in range(high)]
    rows = "".join("x" if one else " " for one in dark).split()
    return sum(len(row) > 15 for row in rows)


def test_a_poster_has_the_size_that_is_shown_and_few_bytes(painter: Painter) -> None:
    raw = painter.draw(TEXT)
    assert image_of(raw).size == (1200, 630)
    assert raw
    assert len(raw) < 40_000


def test_the_same_words_are_the_same_bytes(painter: Painter) -> None:
    other = Painter(dict(painter.fonts))
    assert painter.draw(TEXT) == other.draw(TEXT)


def test_a_long_headline_is_smaller_and_stays_clear_of_what_stands_below(painter: Painter) -> None:
    long = PosterText(" ".join(["A long headline that goes on"] * 12), "Town", "Post", "")
    picture = image_of(painter.draw(long))
    gap = picture.crop((0, 505, 1200, 515)).convert("L")
    assert min(gap.tobytes()) > 200
    assert lines_of(painter.draw(TEXT)) == 1


@pytest.mark.parametrize("title", ["등대의 불", "منارة تنطفئ", "A ☃ in May"])
def test_letters_that_the_fonts_lack_make_no_poster(painter: Painter, title: str) -> None:
    assert painter.draw(PosterText(title, "", "Post", "")) is None


def test_the_colors_are_the_themes() -> None:
    tokens = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8")
    assert colors_of(tokens) == Colors()
    assert colors_of("--paper: #000000; --ink: light-dark(#ffffff, #000)").paper == (0, 0, 0)


def test_an_article_names_its_poster_where_the_site_has_an_address(small_site: SmallSite) -> None:
    small_site.build()
    assert "og:image" not in small_site.page("articles/mayor.html")
    assert not (small_site.output / "posters").exists()
    small_site.write({"explainer.yaml": "title: Small\nbase_url: https://small.example/\n"})
    small_site.build()
    page = small_site.page("articles/mayor.html")
    address = "https://small.example/posters/mayor.png"
    assert f'<meta property="og:image" content="{address}">' in page
    assert f'"image":"{address}"' in page
    assert image_of((small_site.output / "posters/mayor.png").read_bytes()).size == (1200, 630)
    small_site.write({
        "explainer.yaml": "base_url: https://small.example/\ntheme: {posters: false}\n"
    })  # fmt: skip
    small_site.build()
    assert not (small_site.output / "posters").exists()
