"""Which articles there are, and what each page is called."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import ArticleError, ExplainerError
from explainer.read import list_articles, read_article, slug_of
from tests.making import write_files


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("kim-putin-summit.md", "kim-putin-summit"),
        ("Kim Putin.txt", "kim-putin"),
        ("Ça va?.md", "ca-va"),
        ("it's #1 & 100%.md", "it-s-1-100"),
        ("a.b.md", "a-b"),
        ("..  x .markdown", "x"),
        ("2023_09_12.md", "2023-09-12"),
    ],
)
def test_a_page_is_called_like_its_file(name: str, slug: str) -> None:
    assert slug_of(Path(name)) == slug


@pytest.mark.parametrize(
    "name",
    ["CON.md", "nul.txt", "LPT1.md", "com9.md", "aux.md", "index.md", "404.md", "한국.md", "☃.md",
     "!!!.md", "Київ.md", "x" * 240 + ".md", "김 summit.md"],
)  # fmt: skip
def test_what_makes_no_good_name_gets_a_digest(name: str) -> None:
    slug = slug_of(Path(name))
    assert slug == slug_of(Path(name))
    assert slug[-11] == "-"
    assert slug != slug_of(Path(f"1{name}"))


@given(st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1, max_size=200))
def test_a_slug_is_safe_for_every_file_system_and_url(stem: str) -> None:
    slug = slug_of(Path("/articles", f"{stem}.md"))
    assert slug.replace("-", "a").isalnum()
    assert slug.isascii()
    assert slug == slug.lower()
    assert len(slug) <= 120
    assert slug not in ("con", "nul", "index")


def test_composed_and_decomposed_names_are_one() -> None:
    assert slug_of(Path("Café.md")) == slug_of(Path(unicodedata.normalize("NFD", "Café.md")))


@pytest.mark.parametrize(
    ("first", "second"),
    [("Summit.md", "summit.md"), ("a/story.md", "b/story.md"), ("story.md", "story.txt"),
     ("café.md", unicodedata.normalize("NFD", "café.md")), ("a-b.md", "a b.md")],
)  # fmt: skip
def test_two_articles_with_one_page_are_refused(first: str, second: str, tmp_path: Path) -> None:
    write_files(tmp_path, {first: "x", second: "x"})
    with pytest.raises(ArticleError) as caught:
        list_articles(tmp_path, tmp_path)
    told = str(caught.value)
    assert first in told
    assert second in told


def test_every_collision_is_told(tmp_path: Path) -> None:
    write_files(tmp_path, {f"{folder}/{n}.md": "x" for folder in "ab" for n in "123"})
    with pytest.raises(ExplainerError) as caught:
        list_articles(tmp_path, tmp_path)
    assert len(list(caught.value)) == 3


def test_a_plain_text_brings_its_sidecar(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.txt": "One\r\ntwo", "a.yaml": "title: x\r\n"})
    source = read_article(tmp_path / "a.txt", tmp_path)
    assert (source.format, source.text) == ("text", "One\ntwo")
    assert (source.sidecar_path, source.sidecar) == ("a.yaml", "title: x\n")


@pytest.mark.parametrize(
    ("name", "says"),
    [("gone.md", "no such file"), ("folder", "not a file"), ("a.docx", "ends in .md")],
)
def test_what_is_no_article_is_refused(name: str, says: str, tmp_path: Path) -> None:
    write_files(tmp_path, {"folder/x.md": "", "a.docx": ""})
    with pytest.raises(ArticleError) as caught:
        read_article(tmp_path / name, tmp_path)
    assert str(caught.value).startswith(f"{name}: ")
    assert says in caught.value.message


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(ArticleError, match="not a file"):
        read_article(tmp_path / "pipe.md", tmp_path)
