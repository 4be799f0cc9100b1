"""The whole walk on a small site: what is wrong is told, and then the old site stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from explainer.build import build_alone, build_site, read_site
from explainer.config import SiteConfig, load_config
from explainer.errors import ExplainerError
from explainer.model import AnnotatedDocument
from tests.conftest import ARTICLE, GLOSSARY, NOTES, SETTINGS, SmallSite
from tests.making import make_entry, mark, parse_markdown_article, png, read_files

MAYOR = "content/articles/mayor.md"
NOTED = "content/articles/mayor.notes.yaml"
ALL = "content/glossary/all.yaml"
IMAGE = "  image: {src: ada.png, alt: Ada, credit: x, license: x}\n"


def test_a_small_site_has_every_page_it_should(small_site: SmallSite) -> None:
    built = small_site.build()
    pages = {name for name in read_files(small_site.output) if name.endswith(".html")}
    assert built.diagnostics == ()
    assert built.pages == len(pages)
    assert pages == {
        "index.html", "404.html", "articles/mayor.html", "glossary/index.html",
        "glossary/ada-lovelace.html", "glossary/bonn.html", "glossary/kinds/person.html",
        "glossary/kinds/place.html", "timeline/index.html", "sources/index.html",
        "search/index.html",
    }  # fmt: skip


FAULTS = {
    "an empty article": ({MAYOR: ""}, f"{MAYOR}:1: "),
    "front matter and nothing else": ({MAYOR: "---\ntitle: x\n---\n"}, f"{MAYOR}:1: "),
    "front matter that is not closed": ({MAYOR: "---\ntitle: x\n\nText.\n"}, f"{MAYOR}:1: "),
    "an unknown key": ({MAYOR: ARTICLE.replace("date", "dat")}, f"{MAYOR}:3:1: "),
    "another encoding": ({MAYOR: ARTICLE.encode("cp1252")}, f"{MAYOR}:7: not UTF-8: byte"),
    "an entry that is not there": (
        {MAYOR: f"{ARTICLE}\n[She](#ada-lovelase)\n"},
        f"{MAYOR}:9: no entry called 'ada-lovelase'; did you mean 'ada-lovelace'?",
    ),
    "a speaker that is not there": (
        {NOTED: NOTES.replace("[ada-lovelace]", "[ada]")}, f"{NOTED}:9:5: no entry called 'ada'",
    ),
    "a card that names no entry": (
        {NOTED: NOTES.replace("She won it.", "'[She](#ada) won.'")}, f"{NOTED}:2:5: no entry",
    ),
    "a denial of nothing": ({NOTED: f"{NOTES}    disputes: [tyred]\n"}, f"{NOTED}:9:5: "),
    "two claims with one id": (
        {NOTED: NOTES + NOTES[NOTES.index("  - id: tired"):]}, f"{NOTED}:15:5: an attribution",
    ),
    "notes that are no mapping": ({NOTED: "- x\n"}, f"{NOTED}:1:1: "),
    "a tab in the glossary": ({ALL: "- id: x\n\tname: y\n"}, f"{ALL}:2:1: a tab"),
    "a key twice": ({ALL: f"{GLOSSARY}  name: B\n"}, f"{ALL}:12:3: 'name' is here a second"),
    "a summary that leads nowhere": (
        {ALL: GLOSSARY.replace("(#bonn)", "(#bon)")}, f"{ALL}:1:3: no entry called 'bon'",
    ),
    "an image that is missing": ({ALL: GLOSSARY + IMAGE}, f"{ALL}:7: the image of 'bonn'"),
    "an image whose case differs": (
        {ALL: GLOSSARY + IMAGE, "static/images/Ada.png": png()}, f"{ALL}:7: the image of 'bonn'",
    ),
    "a picture that is missing": ({MAYOR: f"{ARTICLE}\n![x](a.png)\n"}, f"{MAYOR}:9: "),
    "a picture outside the content": (
        {MAYOR: f"{ARTICLE}\n![x](../../out.png)\n", "out.png": b"x"}, f"{MAYOR}:9: ",
    ),
    "a picture that can act": (
        {MAYOR: f"{ARTICLE}\n![x](a.svg)\n", "content/articles/a.svg": "<svg/>"}, f"{MAYOR}:9: ",
    ),
    "a setting that is not there": ({"explainer.yaml": "titel: x\n"}, "explainer.yaml:1:1: "),
    "a page without a title": ({"content/pages/about.md": "Text.\n"}, "content/pages/about.md:1: "),
    "two articles with one page": ({"content/articles/Mayor.txt": "a\nb\n"}, f"{MAYOR}: "),
    "a template with a mistake": (
        {"templates/article.html": "one\n{% if %}\n"}, "templates/article.html:2: ",
    ),
    "a template that asks for nothing": (
        {"templates/partials/card.html": "one\n\n{{ card.titel }}\n"},
        "templates/partials/card.html:3: ",
    ),
    "a template that reads other files": (
        {"templates/index.html": "{% include '/etc/passwd' %}"}, "index.html: there is no template",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "told"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_place_and_leaves_the_old_site(
    files: dict[str, str | bytes], told: str, small_site: SmallSite
) -> None:
    small_site.build()
    before = read_files(small_site.output)
    small_site.write(files)
    with pytest.raises(ExplainerError) as caught:
        small_site.build()
    problems = [str(problem) for problem in caught.value]
    assert any(problem.startswith(told) for problem in problems), problems
    assert read_files(small_site.output) == before


def test_everything_that_is_wrong_is_told_at_once(small_site: SmallSite) -> None:
    small_site.write({MAYOR: "", ALL: f"{GLOSSARY}  x: y\n", "content/articles/b.md": "---\n"})
    with pytest.raises(ExplainerError) as caught:
        small_site.build()
    assert [problem.path for problem in caught.value] == ["content/articles/b.md", MAYOR, ALL]


@pytest.mark.parametrize("kind", ["image", "picture"])
def test_a_picture_that_is_a_link_out_of_the_site_is_refused(
    kind: str, small_site: SmallSite, tmp_path: Path
) -> None:
    (tmp_path / "secret.png").write_bytes(png())
    if kind == "image":
        place = small_site.root / "static/images/ada.png"
        small_site.write({ALL: GLOSSARY + IMAGE})
    else:
        place = small_site.root / "content/articles/ada.png"
        small_site.write({MAYOR: f"{ARTICLE}\n![x](ada.png)\n"})
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(tmp_path / "secret.png")
    with pytest.raises(ExplainerError):
        small_site.build()


def test_a_picture_too_large_is_refused(small_site: SmallSite) -> None:
    small_site.write({MAYOR: f"{ARTICLE}\n![x](a.png)\n", "content/articles/a.png": b""})
    with (small_site.root / "content/articles/a.png").open("wb") as file:
        file.truncate(10_000_000_000)
    with pytest.raises(ExplainerError, match="larger than"):
        small_site.build()


def test_an_entrys_picture_that_is_none_is_refused(small_site: SmallSite) -> None:
    small_site.write({ALL: GLOSSARY + IMAGE, "static/images/ada.png": b"not a picture"})
    with pytest.raises(ExplainerError, match="the image of 'bonn' is damaged"):
        small_site.build()


def test_warnings_are_errors_where_that_is_asked(small_site: SmallSite) -> None:
    small_site.write({MAYOR: ARTICLE.replace("Tuesday", "Tues\u202eday")})
    assert "T003" in {one.code for one in small_site.build().diagnostics}
    before = read_files(small_site.output)
    with pytest.raises(ExplainerError) as caught:
        small_site.build(strict=True)
    assert "T003" in {problem.code for problem in caught.value}
    assert read_files(small_site.output) == before


def test_a_note_is_no_warning(small_site: SmallSite) -> None:
    small_site.write({"content/articles/b.txt": "One\nTwo.\nThree.\nOne\n"})
    built = small_site.build(strict=True)
    assert [one.severity for one in built.diagnostics] == ["note"]


@pytest.mark.parametrize(
    "article",
    [ARTICLE.replace("\n", "\r\n"), ARTICLE.replace("\n", "\r"), f"\ufeff{ARTICLE}"],
    ids=["windows", "old mac", "byte-order mark"],
)
def test_line_ends_change_no_byte_of_the_site(article: str, small_site: SmallSite) -> None:
    small_site.build()
    small_site.write({MAYOR: article})
    assert small_site.build().written.changed == ()


def test_loops_and_pipes_in_the_content_end_no_build(small_site: SmallSite) -> None:
    (small_site.root / "content/articles/loop").symlink_to("..")
    (small_site.root / "content/articles/self.md").symlink_to("self.md")
    os.mkfifo(small_site.root / "content/articles/pipe.md")
    os.mkfifo(small_site.root / "content/glossary/pipe.yaml")
    built = small_site.build()
    assert built.written.changed
    assert [(one.code, one.position.path) for one in built.diagnostics] == [
        ("T005", "content/articles/loop"), ("T005", "content/articles/self.md"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["a #1? 100%.md", 'it\'s "quoted".md', "한국.md", "CON.md", "ÅÄÖ.md"]
)
def test_an_odd_file_name_makes_a_page_that_can_be_opened(name: str, small_site: SmallSite) -> None:
    small_site.write({f"content/articles/{name}": ARTICLE.replace("mayor", "major")})
    small_site.build()
    hrefs = [
        part.split('"')[0] for part in small_site.page("index.html").split('href="articles/')[1:]
    ]
    assert len(set(hrefs)) == 2
    for href in hrefs:
        assert href.isascii()
        assert not set("#?% '\"") & set(href)
        assert (small_site.output / "articles" / href).is_file()


def test_what_an_article_says_in_template_language_is_shown(small_site: SmallSite) -> None:
    text = "{{ 7 * 7 }} {% include '/etc/passwd' %} {{ site.title }}"
    small_site.write({MAYOR: f"{ARTICLE}\n{text}\n"})
    small_site.build()
    assert "{{ 7 * 7 }} {% include" in small_site.page("articles/mayor.html")


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    "files",
    [
        {MAYOR: ARTICLE.replace("The mayor", f"'{HOSTILE}'").replace("title: ", "title: >-\n  ")},
        {MAYOR: ARTICLE.replace("date:", f'summary: "{HOSTILE}"\ntags: ["{HOSTILE}"]\ndate:')},
        {MAYOR: ARTICLE.replace("date:", f'authors: ["{HOSTILE}"]\ndateline: "{HOSTILE}"\ndate:')},
        {MAYOR: ARTICLE.replace("date:", f'source: {{publisher: "{HOSTILE}"}}\ndate:')},
        {MAYOR: ARTICLE.replace("date:", f'source: {{note: "{HOSTILE}"}}\ndate:')},
        {MAYOR: f"{ARTICLE}\n{HOSTILE}\n"},
        {ALL: GLOSSARY.replace("City on the Rhine.", f'"{HOSTILE}"')},
        {ALL: GLOSSARY.replace("name: Bonn", f'name: "{HOSTILE}"')},
        {ALL: f'{GLOSSARY}  role: "{HOSTILE}"\n  owner: "{HOSTILE}"\n'},
        {ALL: f'{GLOSSARY}  sources: [{{title: "{HOSTILE}", publisher: "{HOSTILE}"}}]\n'},
        {ALL: f'{GLOSSARY}  original_name: {{text: "{HOSTILE}", language: en}}\n'},
        {NOTED: NOTES.replace("She won it.", f'"{HOSTILE}"')},
        {NOTED: NOTES.replace("The election of 2019", f'"{HOSTILE}"')},
        {"explainer.yaml": f'title: "{HOSTILE}"\ndescription: "{HOSTILE}"\n'},
        {"explainer.yaml": f'theme: {{footer: "{HOSTILE}"}}\n'},
    ],
)  # fmt: skip
def test_nothing_that_a_file_brings_along_can_act(
    files: dict[str, str], small_site: SmallSite
) -> None:
    small_site.write(files)
    small_site.build()
    for name, raw in read_files(small_site.output).items():
        if name.endswith((".html", ".xml")):
            assert "<script>" not in raw.decode(), name
            assert "<img src=x" not in raw.decode(), name
            assert "alert(1)</script>" not in raw.decode(), name


def test_only_what_changed_is_written(small_site: SmallSite) -> None:
    small_site.build()
    small_site.write({MAYOR: ARTICLE.replace("tired", "glad"), NOTED: ""})
    assert "articles/mayor.html" in small_site.build().written.changed
    assert "glossary/bonn.html" not in small_site.build().written.changed
    (small_site.root / MAYOR).unlink()
    assert "articles/mayor.html" in small_site.build().written.removed


def test_edits_in_any_order_end_in_the_same_site_as_a_clean_build(
    small_site: SmallSite, tmp_path: Path
) -> None:
    edits: list[dict[str, str]] = [
        {ALL: GLOSSARY.replace("City", "Town")},
        {MAYOR: f"{ARTICLE}\nBonn again.\n"},
        {NOTED: ""},
        {"content/articles/new.txt": "Title\nBonn is calm.\n"},
        {ALL: "", MAYOR: ARTICLE},
        {"explainer.yaml": "title: Another\nmentions: all\n", ALL: GLOSSARY, NOTED: NOTES},
        {"templates/index.html": "{{ page.path }}"},
    ]
    for number, edit in enumerate(edits):
        small_site.write(edit)
        small_site.build()
        clean = tmp_path / str(number)
        build_site(load_config(small_site.root), clean)
        assert read_files(small_site.output) == read_files(clean)


def test_suggestions_are_shown_only_where_that_is_asked(small_site: SmallSite) -> None:
    small_site.write({
        NOTED: NOTES.replace("    mode: direct", "    mode: direct\n    status: suggested"),
        ALL: f"{GLOSSARY}  status: suggested\n",
    })  # fmt: skip
    small_site.build()
    page = small_site.page("articles/mayor.html")
    assert "claim-tired" not in page
    assert 'id="entry-bonn"' not in page
    assert not (small_site.output / "glossary/bonn.html").exists()
    small_site.write({"explainer.yaml": f"{SETTINGS}publish: all\n"})
    small_site.build()
    page = small_site.page("articles/mayor.html")
    assert 'id="claim-tired"' in page
    assert page.count('data-status="suggested"') >= 3


def test_a_site_without_anything_builds(tmp_path: Path) -> None:
    built = build_site(SiteConfig(tmp_path), tmp_path / "site")
    assert "index.html" in built.written.changed
    assert "glossary/index.html" not in built.written.changed


def test_one_article_alone_is_the_whole_site(tmp_path: Path) -> None:
    annotated = mark(parse_markdown_article("Seoul waits.\n"), [make_entry("Seoul")])
    config = SiteConfig(tmp_path)
    build_alone([annotated], (make_entry("Seoul"),), config, tmp_path / "out")
    found = read_files(tmp_path / "out")
    assert 'id="entry-seoul"' in found["index.html"].decode()
    assert "story.annotations.json" in found


def test_several_articles_alone_get_a_front_page(tmp_path: Path) -> None:
    document = parse_markdown_article("Seoul waits.\n")
    articles = [AnnotatedDocument(replace(document, slug=slug)) for slug in ("a", "b")]
    build_alone(articles, (), SiteConfig(tmp_path), tmp_path / "out")
    assert {"index.html", "articles/a.html", "articles/b.html"} <= set(read_files(tmp_path / "out"))


@pytest.mark.parametrize(("policy", "links"), [("all", 4), ("section", 2), ("page", 1)])
def test_which_mentions_are_links_is_a_setting(
    policy: str, links: int, small_site: SmallSite
) -> None:
    small_site.write({
        "explainer.yaml": f"{SETTINGS}mentions: {policy}\n",
        MAYOR: "---\ntitle: x\n---\nBonn and Bonn.\n\n## Later\n\nBonn and Bonn.\n",
        NOTED: "",
    })  # fmt: skip
    small_site.build()
    page = small_site.page("articles/mayor.html")
    assert page.count('href="#entry-bonn"') == links
    assert page.count('data-entry="bonn"') == 4


def test_ten_thousand_entries_are_no_burden(small_site: SmallSite) -> None:
    entry = "- id: e{0}\n  name: Name {0}\n  kind: term\n  aliases: [Alias {0}]\n"
    small_site.write(
        {"content/glossary/many.yaml": "".join(entry.format(n) for n in range(10_000))}
    )
    assert len(read_site(load_config(small_site.root)).entries) == 10_002
