"""An article's own pictures: found beside it, or refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from explainer.errors import ArticleError
from explainer.read import find_images
from explainer.read.images import Illustrated
from explainer.render import html_of
from tests.making import parse_markdown_article, png, write_files


def illustrated(root: Path, source: str) -> Illustrated:
    write_files(root, {"content/articles/pic.png": png(), "content/other/pic.jpg": png()})
    document = replace(
        parse_markdown_article(f"Text.\n\n{source}\n"), path="content/articles/story.md"
    )
    return find_images(document, root / "content", root)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("![x](pic.png)", "media/articles/pic.png"),
        ("![x](./pic.png)", "media/articles/pic.png"),
        ("![x](../other/pic.jpg)", "media/other/pic.jpg"),
    ],
)
def test_a_picture_gets_its_place_in_the_site(source: str, name: str, tmp_path: Path) -> None:
    found = illustrated(tmp_path, source)
    assert list(found.files) == [name]
    assert f'src="{name}"' in html_of(list(found.document.tokens))


def test_a_picture_with_an_odd_name_has_an_address_that_opens(tmp_path: Path) -> None:
    write_files(tmp_path, {"content/articles/a #1?.png": png()})
    found = illustrated(tmp_path, "![x](<a #1?.png>)")
    assert list(found.files) == ["media/articles/a #1?.png"]
    assert 'src="media/articles/a%20%231%3F.png"' in html_of(list(found.document.tokens))


@pytest.mark.parametrize(
    "source",
    ["![x](gone.png)", "![x](PIC.png)", "![x](../../../etc/passwd)", "![x](/etc/passwd)",
     "![x](pic.svg)", "![x](../../secret.png)", "![x](.)", "![x](pic.png%00)",
     "![x](" + "a" * 300 + ".png)"],
)  # fmt: skip
def test_what_is_no_picture_of_the_site_is_refused(source: str, tmp_path: Path) -> None:
    write_files(tmp_path, {"secret.png": b"x", "content/articles/pic.svg": "<svg/>"})
    with pytest.raises(ArticleError) as caught:
        illustrated(tmp_path, source)
    assert str(caught.value).startswith("content/articles/story.md:6: ")


@pytest.mark.parametrize("address", ["https://x.example/a.png", "//x.example/a.png"])
def test_a_picture_on_another_host_is_not_loaded(address: str, tmp_path: Path) -> None:
    found = illustrated(tmp_path, f"![a map]({address})")
    assert "<img" not in html_of(list(found.document.tokens))
    assert "a map" in html_of(list(found.document.tokens))
    assert [one.code for one in found.document.diagnostics] == ["W004"]


def test_a_picture_without_words_for_it_is_told(tmp_path: Path) -> None:
    found = illustrated(tmp_path, "![](pic.png)")
    assert [(one.code, one.position.line) for one in found.document.diagnostics] == [("W003", 6)]


def test_an_article_without_pictures_stays_as_it_is(tmp_path: Path) -> None:
    document = parse_markdown_article("Text!\n")
    assert find_images(document, tmp_path, tmp_path).document is document


def test_a_picture_says_its_size_so_that_the_page_keeps_its_place(tmp_path: Path) -> None:
    write_files(tmp_path, {"content/articles/wide.png": png(640, 360)})
    found = illustrated(tmp_path, "![x](wide.png)")
    assert 'width="640" height="360"' in html_of(list(found.document.tokens))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "damaged"),
        (b"<svg width='9' height='9'/>"[:5], "damaged"),
        (png()[:20], "damaged"),
        (png(0, 9), "damaged"),
        (png(100_000, 100_000), "100000 × 100000 pixels"),
    ],
)
def test_a_picture_that_no_phone_could_show_is_refused(
    data: bytes, message: str, tmp_path: Path
) -> None:
    write_files(tmp_path, {"content/articles/bad.png": data})
    with pytest.raises(ArticleError, match=message):
        illustrated(tmp_path, "![x](bad.png)")
