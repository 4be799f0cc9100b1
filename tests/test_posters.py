"""The picture of a site or an article: what it says, and when there is none."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from explainer.posters import Colors, Painter, PosterText, colors_of
from tests.conftest import SmallSite
from tests.making import ROOT

FONTS = ROOT / "static" / "fonts"
TEXT = PosterText(
    "A bridge reopens", "Town", site="The Annotated Report", notes="May 14, 2024 · 3 notes"
)


@pytest.fixture(scope="module")
def painter() -> Painter:
    names = {"serif": ("serif-roman", "serif-cyrillic"), "sans": ("sans", "sans-ext")}
    return Painter({
        face: [(FONTS / f"{name}.woff2").read_bytes() for name in files]
        for face, files in names.items()
    })  # fmt: skip


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
    long = PosterText(" ".join(["A long headline that goes on"] * 12), "Town", site="Post")
    picture = image_of(painter.draw(long))
    gap = picture.crop((0, 505, 1200, 515)).convert("L")
    assert min(gap.tobytes()) > 200
    assert lines_of(painter.draw(TEXT)) == 1


@pytest.mark.parametrize("title", ["nachrichten.example/zeitung", "w" * 80])
def test_a_word_that_is_too_wide_is_set_smaller_or_broken(painter: Painter, title: str) -> None:
    margin = image_of(painter.draw(PosterText(title))).crop((1135, 0, 1200, 630)).convert("L")
    assert min(margin.tobytes()) > 200


@pytest.mark.parametrize("title", ["등대의 불", "منارة تنطفئ", "A ☃ in May"])
def test_a_headline_whose_letters_the_fonts_lack_makes_no_poster(
    painter: Painter, title: str
) -> None:
    assert painter.draw(PosterText(title, site="Post")) is None


@pytest.mark.parametrize("title", ["Маяк погас", "Žluťoučký kůň úpěl", "Маяк и NATO"])
def test_every_shipped_font_draws_a_headline(painter: Painter, title: str) -> None:
    assert lines_of(painter.draw(PosterText(title, site="Post"))) == 1


def test_what_stands_beside_a_headline_is_left_out_where_the_fonts_lack_a_letter(
    painter: Painter,
) -> None:
    drawn = painter.draw(PosterText("Post", "바다", deck="منارة", site="등대", notes="☃"))
    assert drawn == painter.draw(PosterText("Post"))


def test_a_long_description_ends_in_dots_and_stays_clear_of_the_foot(painter: Painter) -> None:
    raw = painter.draw(PosterText("Post", deck="What is said " * 40, site="post.example"))
    gap = image_of(raw).crop((0, 510, 1200, 520)).convert("L")
    assert min(gap.tobytes()) > 200
    short = painter.draw(PosterText("Post", deck="What is said " * 30, site="post.example"))
    assert raw == short


def test_the_colors_are_the_themes() -> None:
    tokens = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8")
    assert colors_of(tokens) == Colors()
    assert colors_of("--paper: #000000; --ink: light-dark(#ffffff, #000)").paper == (0, 0, 0)


def test_every_page_names_the_sites_poster(small_site: SmallSite) -> None:
    small_site.build()
    assert "og:image" not in small_site.page("articles/mayor.html")
    assert not (small_site.output / "poster.png").exists()
    small_site.write({"explainer.yaml": "title: Small\nbase_url: https://small.example/\n"})
    small_site.build()
    for path in ("articles/mayor.html", "index.html", "glossary/index.html"):
        page = small_site.page(path)
        assert '<meta property="og:image" content="https://small.example/poster.png">' in page
        assert '<meta property="og:image:alt" content="Small">' in page
    first = (small_site.output / "poster.png").read_bytes()
    assert image_of(first).size == (1200, 630)
    assert not (small_site.output / "posters").exists()
    small_site.write({
        "explainer.yaml": "title: Small\ndescription: News\nbase_url: https://small.example/\n"
    })  # fmt: skip
    small_site.build()
    assert (small_site.output / "poster.png").read_bytes() != first
    small_site.write({
        "explainer.yaml": "base_url: https://small.example/\ntheme: {posters: none}\n"
    })  # fmt: skip
    small_site.build()
    assert "og:image" not in small_site.page("articles/mayor.html")
    assert not (small_site.output / "poster.png").exists()


def test_each_article_has_a_poster_where_that_is_asked_for(small_site: SmallSite) -> None:
    small_site.write({
        "explainer.yaml": "base_url: https://small.example/\ntheme: {posters: articles}\n",
        "content/articles/sea.md": "---\ntitle: 바다\n---\n\nThe sea.\n",
    })  # fmt: skip
    small_site.build()
    page = small_site.page("articles/mayor.html")
    address = "https://small.example/posters/mayor.png"
    assert f'<meta property="og:image" content="{address}">' in page
    assert f'"image":"{address}"' in page
    assert image_of((small_site.output / "posters/mayor.png").read_bytes()).size == (1200, 630)
    assert "https://small.example/poster.png" in small_site.page("articles/sea.html")


def test_a_title_that_the_fonts_lack_a_letter_of_gives_way_to_the_address(
    small_site: SmallSite, painter: Painter
) -> None:
    small_site.write({"explainer.yaml": "title: 등대\nbase_url: https://small.example/\n"})
    small_site.build()
    assert "og:image" in small_site.page("index.html")
    drawn = (small_site.output / "poster.png").read_bytes()
    assert drawn == painter.draw(PosterText("small.example"))
