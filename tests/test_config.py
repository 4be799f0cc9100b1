"""explainer.yaml: what may stand in it, and what is said where something else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from explainer.config import SiteConfig, find_site, load_config, parse_config
from explainer.errors import ConfigError, ExplainerError


def problems_of(text: str) -> list[str]:
    with pytest.raises(ExplainerError) as caught:
        parse_config(text, Path())
    return [str(problem) for problem in caught.value]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n"])
def test_an_empty_file_means_defaults(text: str) -> None:
    assert parse_config(text, Path()) == SiteConfig(Path())


def test_a_missing_file_means_defaults(tmp_path: Path) -> None:
    assert load_config(tmp_path) == SiteConfig(tmp_path)


def test_settings_are_read() -> None:
    config = parse_config(
        "title: The Report\nbase_url: https://example.org/news\nlanguage: pt-BR\n"
        "publish: all\nmentions: page\ntheme: {footer: By hand}\n",
        Path(),
    )
    assert config.title == "The Report"
    assert config.language == "pt-BR"
    assert (config.publish, config.mentions) == ("all", "page")
    assert (config.footer, config.minify) == ("By hand", True)


@pytest.mark.parametrize(("text", "minify"), [("true", True), ("false", False)])
def test_style_and_script_can_be_left_as_they_are(text: str, minify: bool) -> None:
    config = parse_config(f"theme: {{minify: {text}}}\n", Path())
    assert (config.footer, config.minify) == ("", minify)


@pytest.mark.parametrize("url", ["https://example.org/news", "https://example.org/news/"])
def test_a_base_url_ends_in_a_slash(url: str) -> None:
    assert parse_config(f"base_url: {url}\n", Path()).base_url == "https://example.org/news/"


@pytest.mark.parametrize(
    "url",
    ["example.org", "//example.org", "javascript:alert(1)", "file:///etc", "https://a b.org/",
     "https://example.org/?x=1", "https://example.org/#x", "ftp://example.org/"],
)  # fmt: skip
def test_a_base_url_must_be_a_web_address(url: str) -> None:
    assert problems_of(f"base_url: '{url}'\n")[0].startswith("explainer.yaml:1:11: 'base_url'")


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("titel: x\n", "explainer.yaml:1:1", "did you mean 'title'?"),
        ("publish: everything\n", "explainer.yaml:1:10", "reviewed, all"),
        ("mentions: al\n", "explainer.yaml:1:11", "did you mean 'all'?"),
        ("language: english language\n", "explainer.yaml:1:11", "tag"),
        ("time_zone: Asia/Soul\n", "explainer.yaml:1:12", "did you mean 'Asia/Seoul'?"),
        ("time_zone: ../UTC\n", "explainer.yaml:1:12", "no time zone"),
        ("time_zone: Asia\n", "explainer.yaml:1:12", "no time zone"),
        ("theme: {foter: x}\n", "explainer.yaml:1:9", "did you mean 'footer'?"),
        ("theme: {minify: maybe}\n", "explainer.yaml:1:17", "true, false"),
        ("theme: blue\n", "explainer.yaml:1:8", "mapping"),
        ("- a list\n", "explainer.yaml:1:1", "mapping"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, place: str, says: str) -> None:
    problem = problems_of(text)[0]
    assert problem.startswith(f"{place}: ")
    assert says in problem


def test_all_mistakes_are_told_at_once() -> None:
    assert len(problems_of("titel: x\npublish: maybe\nlanguage: '?'\n")) == 3


@pytest.mark.parametrize("raw", [b"title: caf\xe9\n", b"\xff\xfet\x00"])
def test_settings_that_are_not_utf8_are_refused(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / "explainer.yaml").write_bytes(raw)
    with pytest.raises(ConfigError, match="UTF-8"):
        load_config(tmp_path)


def test_windows_line_ends_and_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "explainer.yaml").write_bytes(b"\xef\xbb\xbftitle: One\r\nlanguage: ko\r\n")
    assert (load_config(tmp_path).title, load_config(tmp_path).language) == ("One", "ko")


def test_a_site_is_found_from_any_folder_inside_it(tmp_path: Path) -> None:
    (tmp_path / "explainer.yaml").touch()
    inside = tmp_path / "content" / "articles"
    inside.mkdir(parents=True)
    assert find_site(inside) == tmp_path
    assert find_site(tmp_path.parent) is None


def test_a_threshold_lies_between_0_and_1() -> None:
    assert parse_config("threshold: 0.55\n", Path()).threshold == 0.55
    for wrong in ("1.5", "-1", "high"):
        (problem,) = problems_of(f"threshold: {wrong}\n")
        assert problem.startswith("explainer.yaml:1:12: a number from 0 to 1")
