"""The glossary as a whole: what reaches every file, and what is the same elsewhere."""

from __future__ import annotations

import hashlib
import json
import subprocess

import pytest

from explainer.check import check_site
from explainer.config import load_config
from explainer.errors import OutputError
from explainer.glossary.importing import fit, read_foreign
from explainer.glossary.interchange import FORMATS, export_entries
from explainer.home import JOURNAL
from explainer.read import read_glossary
from explainer.rewrite import finish_rewrite
from tests.conftest import ARTICLE, GLOSSARY, NOTES, SmallSite, run_explainer
from tests.making import read_files

ALL = "content/glossary/all.yaml"
OF_MAYOR = "content/articles/mayor.notes.yaml"


def run(site: SmallSite, *arguments: str) -> subprocess.CompletedProcess[str]:
    result = run_explainer("glossary", *arguments, cwd=site.root)
    assert "mistake of ours" not in result.stderr
    return result


def named_everywhere(site: SmallSite) -> SmallSite:
    """A site that names one entry in every way there is, with a comment beside each."""
    site.write({
        "content/articles/mayor.md": ARTICLE + "\nOf [her](#ada-lovelace) it said `x`.\n",
        OF_MAYOR: (
            "# Mine.\n" + NOTES.replace("body: She", "body: '[She](#ada-lovelace)'  # who\n#")
            + "mentions:\n  - {at: {exact: the mayor of}, "
            "entry: ada-lovelace}  # her\n"
        ),
        ALL: GLOSSARY + (
            "  senses: {seat: {entry: 'ada-lovelace'}}  # odd\n"
            "- id: rhine  # a river\n  name: Rhine\n  kind: place\n"
            "  summary: Seen by [her](#ada-lovelace).\n  as_of: 2024\n"
        ),
        "content/pages/about.md": "---\ntitle: About\n---\n[Her](#ada-lovelace)\n",
    })  # fmt: skip
    return site


def test_a_rename_reaches_everything_and_nothing_else(small_site: SmallSite) -> None:
    site = named_everywhere(small_site)
    before = {name: text for name, text in read_files(site.root).items() if name[0] != "."}
    result = run(site, "rename", "ada-lovelace", "lovelace", "--yes")
    assert result.returncode == 0, result.stderr
    assert "+- id: lovelace" in result.stdout
    after = {name: text for name, text in read_files(site.root).items() if name[0] != "."}
    assert after == {
        name: text.replace(b"ada-lovelace", b"lovelace") for name, text in before.items()
    }
    assert not [one for one in check_site(load_config(site.root)) if one.severity == "error"]
    assert run(site, "rename", "lovelace", "ada-lovelace", "--yes").returncode == 0
    assert {n: t for n, t in read_files(site.root).items() if n[0] != "."} == before


def test_nothing_is_changed_without_a_yes(small_site: SmallSite) -> None:
    before = read_files(small_site.root)
    result = run(small_site, "rename", "bonn", "bonna")
    assert result.returncode == 2
    assert "--yes" in result.stderr
    assert "+- id: bonna" in result.stdout
    assert read_files(small_site.root) == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["rename", "bon", "x"], "did you mean 'bonn'"),
        (["rename", "bonn", "ada-lovelace"], "use merge"),
        (["rename", "bonn", "Bad Id"], "can't be an id"),
        (["merge", "bonn", "bonn"], "itself"),
        (["merge", "bonn", "koeln"], "no entry called"),
        (["where", "bon"], "did you mean 'bonn'"),
        (["add", "Bonn", "--kind", "place"], "already"),
    ],
)
def test_what_can_not_be_done_is_told(
    arguments: list[str], says: str, small_site: SmallSite
) -> None:
    before = read_files(small_site.root)
    result = run(small_site, *arguments)
    assert result.returncode == 1
    assert says in result.stderr
    assert read_files(small_site.root) == before


def test_an_id_in_the_articles_own_words_stops_a_rename(small_site: SmallSite) -> None:
    small_site.write({"content/articles/mayor.md": ARTICLE + "\nWrite `[x](#bonn)` so.\n"})
    before = read_files(small_site.root)
    result = run(small_site, "rename", "bonn", "bonna", "--yes")
    assert result.returncode == 1
    assert "own words" in result.stderr
    assert read_files(small_site.root) == before


TWICE = """\
# People.
- id: lovelace-2
  name: A. Lovelace
  kind: person
  aliases: [Ada, {text: Lovelace, after: name}]
  # Born in 1815, they say.
  role: Mayor
  summary: A mayor.
  same_as: [https://www.wikidata.org/entity/Q1]

# The end.
"""


def test_a_merge_takes_over_what_is_lacking_and_keeps_the_rest_as_a_comment(
    small_site: SmallSite,
) -> None:
    notes = NOTES.replace("speaker: [ada-lovelace]", "speaker: [lovelace-2, ada-lovelace]  # two")
    page = "---\ntitle: About\n---\n[Her](#lovelace-2)\n"
    small_site.write({
        "content/glossary/more.yaml": TWICE, OF_MAYOR: notes, "content/pages/about.md": page,
    })  # fmt: skip
    assert run(small_site, "merge", "lovelace-2", "ada-lovelace", "--yes").returncode == 0
    files = {name: text.decode() for name, text in read_files(small_site.root).items()}
    assert files["content/glossary/more.yaml"] == "# People.\n\n# The end.\n"
    assert files[OF_MAYOR] == NOTES.replace("[ada-lovelace]", "[ada-lovelace]  # two")
    assert files["content/pages/about.md"] == page.replace("lovelace-2", "ada-lovelace")
    merged = files[ALL]
    assert "aliases: [{text: Lovelace, after: name}, A. Lovelace, Ada]" in merged.replace('"', "")
    for line in ("  role: Mayor\n", "same_as: [https://www.wikidata.org/entity/Q1]",
                 "# Born in 1815, they say.", "  # summary: A mayor.\n"):  # fmt: skip
        assert line in merged
    (entry,) = (
        one
        for one in read_glossary(small_site.root / "content/glossary", small_site.root)
        if one.id == "ada-lovelace"
    )
    assert (entry.role, entry.summary) == ("Mayor", "Mayor of [Bonn](#bonn).")


ONE_LINE = """\
- {id: ada-lovelace, name: Ada Lovelace, kind: person}  # on one line
- {id: bonn, name: Bonn, kind: place}
"""
LINES = """\
- id: lovelace-2
  name: "Lovelace, Ada"
  kind: person
  role: Mayor, for now
  summary: |
    A mayor:
    of Bonn.
  sources:
    - title: A book
      date: 1999
  status: suggested  # names: x
"""


def test_an_entry_on_one_line_takes_another_in(small_site: SmallSite) -> None:
    small_site.write({"content/glossary/more.yaml": LINES, ALL: ONE_LINE})
    result = run(small_site, "merge", "lovelace-2", "ada-lovelace", "--yes")
    assert result.returncode == 0, result.stderr
    assert (small_site.root / ALL).read_text() == ONE_LINE.replace(
        "kind: person}",
        'kind: person, aliases: ["Lovelace, Ada"], role: "Mayor, for now", '
        'summary: "A mayor:\\nof Bonn.\\n", sources: [{title: A book, date: 1999}]}',
    )


def test_what_an_entry_is_worth_does_not_pass_to_another(small_site: SmallSite) -> None:
    small_site.write({"content/glossary/more.yaml": LINES})
    assert run(small_site, "merge", "lovelace-2", "ada-lovelace", "--yes").returncode == 0
    glossary = small_site.root / "content/glossary"
    merged = {one.id: one for one in read_glossary(glossary, small_site.root)}["ada-lovelace"]
    assert (merged.status, merged.role) == ("reviewed", "Mayor, for now")


def test_where_says_each_place(small_site: SmallSite) -> None:
    told = run(named_everywhere(small_site), "where", "ada-lovelace").stdout.splitlines()
    assert told[0] == f"{ALL}:1:3: defined here"
    assert {line.rsplit(": ", 1)[1] for line in told} >= {
        "defined here", "a sense", "a mention", "a link", "speaker", "“Lovelace”",
    }  # fmt: skip


def test_stale_lists_the_old(small_site: SmallSite) -> None:
    old = GLOSSARY.replace("as_of: 2024-05\n- id: bonn", "as_of: 2020\n- id: bonn")
    small_site.write({ALL: old})
    assert "'ada-lovelace' holds as of 2020" in run(small_site, "stale").stdout
    assert run(small_site, "stale", "--days", "9999").stdout == "no entry is that old\n"


def test_an_entry_is_added_to_the_file_of_its_kind(small_site: SmallSite) -> None:
    arguments = ("add", "Lima", "--kind", "place", "--alias", "Ciudad de los Reyes", "--yes")
    assert run(small_site, *arguments).returncode == 0
    text = (small_site.root / "content/glossary/places.yaml").read_text()
    assert text.startswith("# yaml-language-server: $schema=../../.explainer/schemas/glossary.json")
    assert 'time_zone: "America/Lima"' in text
    assert run(small_site, "add", "Quito", "--kind", "place", "--yes").returncode == 0
    assert (small_site.root / "content/glossary/places.yaml").read_text().startswith(text)
    refused = run(small_site, "add", "X", "--kind", "term", "--file", "../x.yaml", "--yes")
    assert refused.returncode == 2


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_exported_can_be_imported_again(form: str, small_site: SmallSite) -> None:
    more = (
        "- id: imo\n  name: International Maritime Organization\n  kind: organization\n"
        "  aliases: [IMO]\n  role: Agency\n  as_of: 2024\n"
        "  summary: 'It says “no”: <b>; see [Bonn](#bonn).'\n"
        "  same_as: ['https://www.wikidata.org/entity/Q201054']\n"
    )
    small_site.write({ALL: GLOSSARY + more})
    entries = read_glossary(small_site.root / "content/glossary", small_site.root)
    text = export_entries(entries, form, "", "en").text
    again = fit(read_foreign(text, "x", form, "en"), ())
    assert again.refused == ()
    assert [(one.id, one.name, one.summary) for one in again.entries] == [
        (one.id, one.name, one.summary) for one in entries
    ]
    (imo,) = (one for one in again.entries if one.id == "imo")
    assert [alias.text for alias in imo.aliases] == ["IMO"]
    if form != "glosario":
        assert (imo.kind, imo.role, imo.as_of) == ("organization", "Agency", "2024")
        assert imo.same_as == ("https://www.wikidata.org/entity/Q201054",)


def test_an_import_adds_what_is_lacking_and_tells_the_rest(small_site: SmallSite) -> None:
    table = "name,kind,summary\nBonn,place,x\nLime,term,A stone.\nLong,term," + "y" * 600 + "\n"
    small_site.write({"terms.csv": table})
    result = run(small_site, "import", "terms.csv", "--yes")
    assert result.returncode == 0
    assert "'Bonn' is in the glossary already" in result.stderr
    assert "'Long' has a summary of 600" in result.stderr
    text = (small_site.root / "content/glossary/imported.yaml").read_text()
    assert "id: lime" in text
    assert "status: suggested" in text
    assert run(small_site, "import", "terms.csv", "--yes").stdout == "nothing to import\n"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("x.csv", "title\nx\n", "no column is called 'title'"),
        ("x.csv", "name,kind\nx,thing\n", "'thing' is no kind"),
        ("x.csv", "name,born\nx,31.12.1900\n", "31.12.1900"),
        ("x.yml", "a: b\n", "no Glosario file"),
        ("x.ttl", "<<<", "not SKOS"),
        ("x.json", "{", "not SKOS"),
    ],
)
def test_a_file_that_can_not_be_read_is_one_line(
    name: str, text: str, says: str, small_site: SmallSite
) -> None:
    small_site.write({name: text})
    result = run(small_site, "import", name, "--yes")
    assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    assert says in result.stderr


def interrupted(site: SmallSite, name: str = JOURNAL) -> None:
    """What a rename of two files leaves when it ends after the first of them."""
    old = hashlib.sha256(b"old").hexdigest()
    site.write({
        "a.txt": "old", ".a.txt.rewrite.tmp": "new", "b.txt": "new",
        f".explainer/{name}": json.dumps({"a.txt": old, "b.txt": old}),
    })  # fmt: skip


def test_an_interrupted_change_is_finished_by_the_next_command(small_site: SmallSite) -> None:
    interrupted(small_site)
    finish_rewrite(small_site.root / ".explainer")
    left = read_files(small_site.root)
    assert (left["a.txt"], left["b.txt"]) == (b"new", b"new")
    assert not [name for name in left if "rewrite" in name]


def test_a_change_that_was_not_decided_yet_leaves_nothing(small_site: SmallSite) -> None:
    interrupted(small_site, f"{JOURNAL}.begun")
    finish_rewrite(small_site.root / ".explainer")
    left = read_files(small_site.root)
    assert left["a.txt"] == b"old"
    assert not [name for name in left if "rewrite" in name]


def test_a_file_edited_before_a_change_was_finished_is_kept(small_site: SmallSite) -> None:
    interrupted(small_site)
    small_site.write({"a.txt": "mine"})
    with pytest.raises(OutputError, match=r"kept as a\.txt\.kept"):
        finish_rewrite(small_site.root / ".explainer")
    left = read_files(small_site.root)
    assert (left["a.txt"], left["a.txt.kept"], left["b.txt"]) == (b"new", b"mine", b"new")
    finish_rewrite(small_site.root / ".explainer")


def test_a_journal_moves_nothing_outside_of_its_site(small_site: SmallSite) -> None:
    small_site.write({f".explainer/{JOURNAL}": json.dumps({"../a.txt": ""})})
    (small_site.root.parent / ".a.txt.rewrite.tmp").write_text("new")
    with pytest.raises(OutputError, match="outside"):
        finish_rewrite(small_site.root / ".explainer")
    assert not (small_site.root.parent / "a.txt").exists()
