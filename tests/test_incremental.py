"""A build keeps what still holds: it makes what a clean build makes, and no more than it must."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from explainer.assemble.a_to_z import MOST_NAMES, MOST_NOTES
from explainer.build import Built, build_site
from explainer.config import load_config
from explainer.errors import ExplainerError
from tests.making import read_files, write_files

ARTICLES = ("north", "south", "east")
ENTRIES = {
    "harbor": ("Harbor Board", "organization", "Runs the port; see [Vell](#vell)."),
    "vell": ("Vell", "place", "A town on the coast."),
    "orun": ("Ada Orun", "person", "Mayor of [Vell](#vell)."),
    "long": ("Vell Harbor Board", "organization", "Another body, with a longer name."),
}
TEXTS = (
    "The Harbor Board met in Vell on Monday. Ada Orun spoke, and Orun left early.",
    "Nothing was said of anybody here.",
    "Vell Harbor Board has a longer name. So, some say, has vell.",
    "*[AB]: a note of this article alone\n\nThe AB met [Orun](#orun) in [Vell]{.no-entry}.",
    "## One\n\nVell is quiet.\n\n## Two\n\nVell is loud, said Ada Orun.",
)
SETTINGS = ("", "title: Other\n", "base_url: https://example.org/\n", "publish: all\n",
            "mentions: all\n", "language: fr\n")  # fmt: skip
NOTES = (
    "",
    "background:\n"
    "  - {id: c, title: Before, body: 'See [it](#vell).', leans_on: [{exact: Vell is quiet}]}\n",
    "attributions:\n  - {id: a, content: [{exact: Orun left early}], speaker: [orun]}\n",
    "mentions:\n  - {at: {exact: Vell is quiet}, entry: null}\n",
)  # fmt: skip


def build(root: Path, name: str = "site") -> Built:
    return build_site(load_config(root), root.parent / name, jobs=1)


def clean_build(root: Path) -> dict[str, bytes]:
    """What a build makes of a copy of the site that knows of no other build."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "root"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns(".explainer"))
        build(copy)
        return read_files(Path(folder) / "site")


def entry_yaml(name: str, *, summary: str = "", alias: str = "", status: str = "reviewed") -> str:
    full, kind, usual = ENTRIES[name]
    aliases = f"  aliases: [{{text: {alias}, after: name}}]\n" if alias else ""
    return (
        f"- id: {name}\n  name: {full}\n  kind: {kind}\n  status: {status}\n{aliases}"
        f"  summary: {summary or usual!r}\n"
    )


class Editing(RuleBasedStateMachine):
    """Someone edits a site; after every edit it is built, and built anew elsewhere."""

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.root = self.folder / "root"
        write_files(self.root, {"explainer.yaml": ""})
        for name in ENTRIES:
            self.write(f"content/glossary/{name}.yaml", entry_yaml(name))
        for name, text in zip(ARTICLES, TEXTS, strict=False):
            self.article(name, text, "news", 1)

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    def write(self, name: str, text: str) -> None:
        write_files(self.root, {name: text})

    @rule(
        name=st.sampled_from((*ARTICLES, "west")), text=st.sampled_from(TEXTS),
        tag=st.sampled_from(("news", "News", "sea")), day=st.integers(1, 3),
    )  # fmt: skip
    def article(self, name: str, text: str, tag: str, day: int) -> None:
        front = f"---\ntitle: {name} {day}\ndate: 2024-01-0{day}\ntags: [{tag}]\n---\n"
        self.write(f"content/articles/{name}.md", f"{front}{text}\n")

    @rule(name=st.sampled_from(ARTICLES))
    def delete_article(self, name: str) -> None:
        (self.root / f"content/articles/{name}.md").unlink(missing_ok=True)

    @rule(name=st.sampled_from(ARTICLES), notes=st.sampled_from(NOTES))
    def notes(self, name: str, notes: str) -> None:
        self.write(f"content/articles/{name}.notes.yaml", notes)

    @rule(
        name=st.sampled_from(tuple(ENTRIES)), summary=st.sampled_from(("", "Other.")),
        alias=st.sampled_from(("", "Orun", "The AB")),
        status=st.sampled_from(("reviewed", "suggested", "rejected")),
    )  # fmt: skip
    def entry(self, name: str, summary: str, alias: str, status: str) -> None:
        text = entry_yaml(name, summary=summary, alias=alias, status=status)
        self.write(f"content/glossary/{name}.yaml", text)

    @rule(name=st.sampled_from(tuple(ENTRIES)))
    def delete_entry(self, name: str) -> None:
        (self.root / f"content/glossary/{name}.yaml").unlink(missing_ok=True)

    @rule(text=st.sampled_from(SETTINGS))
    def settings(self, text: str) -> None:
        self.write("explainer.yaml", text)

    @rule(text=st.sampled_from(("", "<p>{{ source.quote }}</p>\n")))
    def template(self, text: str) -> None:
        path = self.root / "templates/partials/source.html"
        if text:
            self.write("templates/partials/source.html", text)
        else:
            path.unlink(missing_ok=True)

    @rule(title=st.sampled_from(("About", "Us")))
    def plain_page(self, title: str) -> None:
        self.write("content/pages/about.md", f"---\ntitle: {title}\n---\nSee [Vell](#vell).\n")

    @rule()
    def lose_a_page(self) -> None:
        for page in sorted((self.folder / "site").rglob("*.html"))[:3]:
            page.unlink()

    @rule()
    def spoil_a_page(self) -> None:
        for page in sorted((self.folder / "site").rglob("*.html"))[-2:]:
            page.write_text("spoilt")

    @invariant()
    def is_what_a_clean_build_makes(self) -> None:
        if not hasattr(self, "root"):
            return
        try:
            expected = clean_build(self.root)
        except ExplainerError as fault:
            wanted = [one.message for one in fault]
            with pytest.raises(ExplainerError) as raised:
                build(self.root)
            assert [one.message for one in raised.value] == wanted
            return
        build(self.root)
        assert read_files(self.folder / "site") == expected
        again = build(self.root).written
        assert (again.changed, again.removed) == ((), ())


TestEditing = Editing.TestCase
TestEditing.settings = settings(
    max_examples=6, stateful_step_count=8, deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Many articles of which few name each entry."""
    root = tmp_path / "root"
    write_files(root, {"explainer.yaml": "title: Many\n"})
    for name in ENTRIES:
        write_files(root, {f"content/glossary/{name}.yaml": entry_yaml(name)})
    for number in range(60):
        text = TEXTS[0] if number % 20 == 0 else TEXTS[1]
        front = f"---\ntitle: Number {number}\ndate: 2024-01-02\ntags: [t{number % 3}]\n---\n"
        write_files(root, {f"content/articles/n{number:02}.md": f"{front}{text}\n"})
    return root


def pages(built: Built) -> set[str]:
    return {name for name in built.written.changed if name.startswith("articles/")}


def test_an_entry_edited_makes_the_pages_anew_that_mention_it_and_no_others(root: Path) -> None:
    build(root)
    write_files(root, {"content/glossary/orun.yaml": entry_yaml("orun", summary="Other.")})
    changed = build(root).written.changed
    assert set(changed) == {
        "articles/n00.html", "articles/n20.html", "articles/n40.html",
        "glossary/index.html", "glossary/orun.html",
    }  # fmt: skip


def test_what_an_edit_made_due_is_made_though_another_article_is_broken_first(root: Path) -> None:
    build(root)
    article = root / "content/articles/n01.md"
    before = article.read_text()
    article.write_text(before.replace("Nothing", "[Nothing](#nobody)"))
    write_files(root, {"content/glossary/orun.yaml": entry_yaml("orun", summary="Other.")})
    with pytest.raises(ExplainerError):
        build(root)
    article.write_text(before)
    assert pages(build(root)) >= {"articles/n00.html", "articles/n20.html", "articles/n40.html"}
    assert read_files(root.parent / "site") == clean_build(root)


def test_a_new_name_is_found_in_articles_that_nobody_touched(root: Path) -> None:
    build(root)
    new = "- {id: anybody, name: anybody, kind: term, summary: Whoever it is.}\n"
    write_files(root, {"content/glossary/new.yaml": new})
    built = build(root)
    named = {f"articles/n{n:02}.html" for n in range(60) if n % 20}
    assert named <= pages(built)
    assert "articles/n00.html" not in pages(built)
    assert "the name 'anybody'" in built.reasons["articles/n01.html"]


@pytest.mark.parametrize(
    ("edit", "due"),
    [
        (("    summary: One.", "    summary: Another."), set()),
        (("    name: Storm 7\n", "    name: Gale 7\n"), {"glossary/index.html", "search/index.js"}),
        (("    date: 1907\n", "    date: 1908\n"), {"timeline/index.html"}),
        (("    status: reviewed", "    status: suggested"), {"glossary/index.html"}),
    ],
)
def test_pages_of_a_large_glossary_are_made_anew_for_what_they_show(
    root: Path, edit: tuple[str, str], due: set[str]
) -> None:
    storms = "".join(
        f"  - id: storm-{n}\n    name: Storm {n}\n    kind: event\n    date: {n + 1900}\n"
        f"    status: reviewed\n    summary: One.\n"
        for n in range(MOST_NOTES)
    )
    write_files(root, {"content/glossary/storms.yaml": storms})
    build(root)
    at = storms.index("  - id: storm-7\n")
    write_files(root, {"content/glossary/storms.yaml": storms[:at] + storms[at:].replace(*edit, 1)})
    changed = set(build(root).written.changed)
    assert changed >= due
    assert bool(due) == any(not one.startswith("glossary/storm-") for one in changed)
    assert read_files(root.parent / "site") == clean_build(root)


def test_of_a_glossary_by_letters_the_pages_are_made_anew_whose_names_change(root: Path) -> None:
    def write(count: int, seventh: str = "Storm 7") -> None:
        names = [f"Storm {number}" for number in range(count)]
        names[7] = seventh
        terms = "".join(
            f"- {{id: storm-{number}, name: {name}, kind: term}}\n"
            for number, name in enumerate(names)
        )
        write_files(root, {"content/glossary/storms.yaml": terms})

    def changed_lists() -> set[str]:
        return {
            name for name in build(root).written.changed
            if name.startswith("glossary/") and "storm-7" not in name
        }  # fmt: skip

    write(MOST_NAMES)
    assert changed_lists() >= {"glossary/letters/s.html", "glossary/letters/v.html"}
    write(MOST_NAMES, "Gale 7")
    assert changed_lists() == {
        "glossary/index.html", "glossary/kinds/term.html", "glossary/letters/g.html",
        "glossary/letters/s.html", "glossary/letters/s-2.html", "glossary/letters/a.html",
        "glossary/letters/h.html", "glossary/letters/v.html",
    }  # fmt: skip
    write(MOST_NAMES, "Gust 7")
    assert changed_lists() == {
        "glossary/index.html", "glossary/kinds/term.html", "glossary/letters/g.html"
    }  # fmt: skip
    assert read_files(root.parent / "site") == clean_build(root)
    write(MOST_NAMES - 10)
    build(root)
    assert not (root.parent / "site/glossary/letters").exists()
    assert read_files(root.parent / "site") == clean_build(root)


def test_an_article_edited_is_the_only_one_made_and_says_why(root: Path) -> None:
    build(root)
    path = root / "content/articles/n07.md"
    path.write_text(path.read_text().replace("said", "spoken"))
    built = build(root)
    assert set(built.written.changed) == {"articles/n07.html", "articles/n07.annotations.json"}
    assert set(built.reasons) == {"articles/n07.html"}


def test_a_file_that_was_only_touched_is_read_and_no_page_made(root: Path) -> None:
    build(root)
    (root / "content/articles/n07.md").touch()
    assert build(root).reasons == {}


@pytest.mark.parametrize("broken", [b"", b"SQLite format 3\0 and then nothing of the kind"])
def test_a_broken_cache_means_a_whole_build(root: Path, broken: bytes) -> None:
    build(root)
    before = read_files(root.parent / "site")
    for file in (root / ".explainer").iterdir():
        file.write_bytes(broken)
    path = root / "content/articles/n07.md"
    path.write_text(path.read_text().replace("said", "spoken"))
    build(root)
    after = read_files(root.parent / "site")
    assert {name for name in before if before[name] != after[name]} == {
        "articles/n07.html", "articles/n07.annotations.json",
    }  # fmt: skip
    assert build(root).written.changed == ()


def test_a_cache_of_another_version_means_a_whole_build(root: Path) -> None:
    build(root)
    (file,) = (root / ".explainer").glob("*.sqlite")
    with sqlite3.connect(file) as store:
        store.execute("update meta set value = '0' where name = 'version'")
    store.close()
    assert build(root).written.changed == ()
    assert clean_build(root) == read_files(root.parent / "site")


def test_another_template_makes_all_pages_anew(root: Path) -> None:
    build(root)
    write_files(root, {"templates/partials/source.html": "<p>{{ source.quote }}</p>\n"})
    assert build(root).reasons["articles/n01.html"] == "the theme changed"
