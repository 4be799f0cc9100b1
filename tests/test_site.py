"""Whole sites, built: one of our own compared file by file, and what holds in every page.

After a change that is meant, ``UPDATE_EXPECTED=1 ./dev test tests/test_site.py`` writes
tests/expected/ anew; look the difference over before it is committed.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from msgspec.structs import replace

from explainer.annotate import mention_annotator, noted_annotators
from explainer.build import ReadSite, build_site, read_site
from explainer.config import load_config
from explainer.model import Notes
from explainer.render import html_of
from tests.conftest import run_explainer
from tests.making import ROOT, read_files
from tests.pages import read_page, story_of, without_marks, words_of

SITE = ROOT / "tests" / "site"
EXPECTED = ROOT / "tests" / "expected"
SITES = {"demo": ROOT, "small": SITE}


@cache
def read(name: str) -> ReadSite:
    return read_site(load_config(SITES[name]))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each site's output, by the site's name."""
    outputs = {name: tmp_path_factory.mktemp(name) for name in SITES}
    for name, root in SITES.items():
        build_site(load_config(root), outputs[name])
    return outputs


def pages(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.html")):
        yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")


def articles() -> list[object]:
    return [
        pytest.param(name, index, id=article.document.slug)
        for name in SITES
        for index, article in enumerate(read(name).articles)
    ]


each_site = pytest.mark.parametrize("name", SITES)
each_article = pytest.mark.parametrize(("name", "index"), articles())


# ---- one site compared whole


def as_expected(files: dict[str, bytes]) -> dict[str, bytes]:
    """What our own code writes, without what changes whenever the theme's files do."""
    return {
        name: re.sub(rb"\?v=[0-9a-f]{12}", b"?v=", content)
        for name, content in files.items()
        if not name.startswith(("static/", "poster.png", "."))
    }


def test_the_small_site_is_built_as_it_was(built: dict[str, Path]) -> None:
    found = as_expected(read_files(built["small"]))
    if os.environ.get("UPDATE_EXPECTED"):
        shutil.rmtree(EXPECTED, ignore_errors=True)
        for name, content in found.items():
            (EXPECTED / name).parent.mkdir(parents=True, exist_ok=True)
            (EXPECTED / name).write_bytes(content)
    expected = read_files(EXPECTED)
    assert sorted(found) == sorted(expected)
    for name in found:
        text, wanted = (one[name].decode(errors="replace") for one in (found, expected))
        assert text.splitlines() == wanted.splitlines(), f"{name}; see the top of this file"


def test_the_small_site_has_nothing_to_complain_about(tmp_path: Path) -> None:
    built = build_site(load_config(SITES["small"]), tmp_path / "site")
    assert [one for one in built.diagnostics if one.severity != "note"] == []


@each_site
def test_a_site_built_again_writes_nothing(name: str, built: dict[str, Path]) -> None:
    before = {path: path.stat().st_mtime_ns for path in built[name].rglob("*")}
    written = build_site(load_config(SITES[name]), built[name]).written
    assert (written.changed, written.removed) == ((), ())
    assert {path: path.stat().st_mtime_ns for path in built[name].rglob("*")} == before


def test_a_partial_of_the_site_takes_the_place_of_the_themes(built: dict[str, Path]) -> None:
    page = (built["small"] / "articles/ferry-strike.html").read_text(encoding="utf-8")
    assert '<p class="speaker-name">Liv Holm: 1</p>' in page


# ---- what holds for every article


@each_article
def test_marks_taken_out_of_a_page_leave_the_plain_rendering(
    name: str, index: int, built: dict[str, Path]
) -> None:
    document = read(name).articles[index].document
    page = (built[name] / f"articles/{document.slug}.html").read_text(encoding="utf-8")
    plain = html_of(list(document.tokens)).replace('src="media/', 'src="../media/')
    story = without_marks(story_of(page))
    assert plain in story
    assert words_of(story.replace(plain, "")) in (["The", "article"], ["기사", "본문"])


@each_article
def test_no_word_of_an_article_is_lost_or_changed(
    name: str, index: int, built: dict[str, Path]
) -> None:
    document = read(name).articles[index].document
    page = (built[name] / f"articles/{document.slug}.html").read_text(encoding="utf-8")
    left_out = {document.headline, *document.dropped}
    blocks = [block.of(document.text) for block in document.blocks if block not in left_out]
    assert words_of(without_marks(story_of(page)))[2:] == " ".join(blocks).split()


def test_the_demo_tells_the_report_it_was_made_from_word_for_word(built: dict[str, Path]) -> None:
    page = (built["demo"] / "articles/kim-putin-summit.html").read_text(encoding="utf-8")
    (seed,) = (ROOT / "seeds").glob("*.txt")
    headline, *body = seed.read_text(encoding="utf-8").strip().split("\n")
    assert body.pop() == headline
    assert words_of(without_marks(story_of(page)))[2:] == " ".join(body).split()
    assert f"<h1>{headline}</h1>" in page


@each_article
def test_mentions_never_overlap(name: str, index: int) -> None:
    spans = [one.span for one in read(name).articles[index].mentions]
    assert all(one.end <= other.start for one, other in pairwise(spans))


@each_article
def test_each_annotator_that_runs_again_changes_nothing(name: str, index: int) -> None:
    site = read(name)
    article = site.articles[index]
    notes = site.notes.get(article.document.slug, Notes(""))
    for annotator in noted_annotators(notes, mention_annotator(site.entries)):
        assert annotator(article) == article


@each_article
def test_annotations_in_json_quote_the_text_at_their_offsets(
    name: str, index: int, built: dict[str, Path]
) -> None:
    document = read(name).articles[index].document
    path = built[name] / f"articles/{document.slug}.annotations.json"
    collection = json.loads(path.read_text(encoding="utf-8"))
    items = collection["first"]["items"]
    assert collection["total"] == len(items)
    assert len({item["id"] for item in items}) == len(items)
    for item in items:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            selector = target["selector"]
            place = selector["refinedBy"]
            assert document.text[place["start"] : place["end"]] == selector["exact"]


# ---- what holds for every page


@each_site
def test_an_id_stands_once_in_its_page(name: str, built: dict[str, Path]) -> None:
    for path, html in pages(built[name]):
        ids = read_page(html).ids
        assert len(ids) == len(set(ids)), path


@each_site
def test_every_link_inside_the_site_leads_somewhere(name: str, built: dict[str, Path]) -> None:
    ids = {path: set(read_page(html).ids) for path, html in pages(built[name])}
    base = read(name).config.base_url
    dead = []
    for path, html in pages(built[name]):
        for _, _, address in read_page(html).links:
            from_root = path == "404.html"  # shown at any address, so its links start there
            if base and address.startswith(base):
                address, from_root = address.removeprefix(base), True
            url = urlsplit(address)
            if url.scheme or url.netloc:
                continue
            target = path
            if url.path and from_root:
                target = unquote(url.path).lstrip("/") or "index.html"
            elif url.path:
                target = posixpath.normpath(posixpath.join(path, "..", unquote(url.path)))
            fragment = unquote(url.fragment)
            found = (built[name] / target).is_file()
            if not found or (fragment and fragment not in ids.get(target, ())):
                dead.append(f"{path}: {address}")
    assert dead == []


@each_site
def test_a_page_has_no_inline_script_style_or_handler(name: str, built: dict[str, Path]) -> None:
    assert {path: read_page(html).inline for path, html in pages(built[name])} == {
        path: [] for path, _ in pages(built[name])
    }


@each_site
def test_a_page_loads_nothing_from_another_host(name: str, built: dict[str, Path]) -> None:
    loading = {"img", "script", "link", "iframe", "source", "video", "audio"}
    for path, html in pages(built[name]):
        page = re.sub(r'<link rel="(canonical|alternate)"[^>]*>', "", html)
        for tag, _, address in read_page(page).links:
            if tag in loading and path != "404.html":
                assert not urlsplit(address).netloc, f"{path}: {address}"


@each_site
def test_nothing_in_a_page_is_left_to_a_template(name: str, built: dict[str, Path]) -> None:
    for path, html in pages(built[name]):
        assert "{%" not in html, path
        assert set(re.findall(r"\{\{.*?\}\}", html)) <= {"{{ nothing }}"}, path


@each_site
def test_what_waits_for_an_editor_is_not_published_unless_asked(name: str, tmp_path: Path) -> None:
    config = replace(load_config(SITES[name]), publish="reviewed")
    build_site(config, tmp_path)
    for path, html in pages(tmp_path):
        assert 'data-status="suggested"' not in html, path


# ---- the same bytes everywhere


HERE = {"TZ": "UTC", "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"}
THERE = {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "4711"}


def built_bytes(output: Path, environment: dict[str, str], *before: str) -> dict[str, bytes]:
    cwd = SITE / "content" if "LC_ALL" in environment else SITE
    result = run_explainer("build", "-o", output, cwd=cwd, environment=environment, before=before)
    assert result.returncode == 0, result.stderr
    return read_files(output)


def test_another_machine_builds_the_same_bytes(tmp_path: Path) -> None:
    assert built_bytes(tmp_path / "a", HERE) == built_bytes(tmp_path / "b", THERE)


def test_a_copy_elsewhere_builds_the_same_bytes(tmp_path: Path, built: dict[str, Path]) -> None:
    copy = shutil.copytree(SITE, tmp_path / "a copy of it")
    build_site(load_config(copy), tmp_path / "out")
    assert read_files(tmp_path / "out") == read_files(built["small"])


def test_a_build_needs_no_network(tmp_path: Path) -> None:
    try:
        alone = subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("this system has no unshare")
    if alone.returncode:
        pytest.skip("this user may not take the network away")
    output = tmp_path / "out"
    assert built_bytes(tmp_path / "with", HERE) == built_bytes(output, HERE, "unshare", "-n")


def test_a_build_knows_nothing_of_spacy_or_livereload(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from explainer.build import build_site; from explainer.config import load_config\n"
        f"build_site(load_config(Path({str(SITE)!r})), Path({str(tmp_path / 'out')!r}))\n"
        "print(sorted({'spacy', 'livereload', 'rich'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
