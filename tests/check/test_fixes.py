"""What `check --fix` changes, and that it changes nothing else."""

from __future__ import annotations

import pytest

from explainer.check import check_site, fix_site
from explainer.config import load_config
from explainer.parse import parse_article
from explainer.read import read_article
from tests.conftest import GLOSSARY, NOTES, SmallSite
from tests.making import read_files

ALL = "content/glossary/all.yaml"
OF_MAYOR = "content/articles/mayor.notes.yaml"


def fixed(site: SmallSite, name: str, text: str) -> str:
    """The file after its fixes; everything else must be as it was, and nothing left to fix."""
    site.write({name: text})
    before = own_files(site)
    config = load_config(site.root)
    changed = fix_site(config, check_site(config))
    after = own_files(site)
    assert {key for key in after if after[key] != before.get(key)} <= {name}
    assert changed == ((name,) if after[name] != before[name] else ())
    assert not [one for one in check_site(config) if one.fix]
    return after[name].decode()


def own_files(site: SmallSite) -> dict[str, bytes]:
    files = read_files(site.root)
    return {name: content for name, content in files.items() if not name.startswith(".explainer/")}


@pytest.mark.parametrize(
    ("aliases", "left"),
    [
        ("[City, Bonn, Town]", "[City, Town]"),
        ("[Bonn, City]", "[City]"),
        ("[City, City]", "[City]"),
        ("[City, {text: City, after: name}]", "[City]"),
        (
            "# names\n    - City  # once\n    # twice\n    - Bonn\n    # thrice\n    - Town\n",
            "# names\n    - City  # once\n    # twice\n    # thrice\n    - Town\n",
        ),
    ],
)
def test_a_name_given_twice_is_taken_out(aliases: str, left: str, small_site: SmallSite) -> None:
    def glossary(names: str) -> str:
        return f"# Mine.\n{GLOSSARY}  aliases: {names}\n  # The end.\n"

    assert fixed(small_site, ALL, glossary(aliases)) == glossary(left)


def test_line_ends_stay_as_they_are(small_site: SmallSite) -> None:
    text = f"{GLOSSARY}  aliases: [City, Bonn]  # two\n".replace("\n", "\r\n")
    assert fixed(small_site, ALL, text) == text.replace("[City, Bonn]", "[City]")


def test_a_moved_anchor_is_quoted_anew(small_site: SmallSite) -> None:
    text = f"text: sha256:{digest(small_site)}\n{NOTES}"
    old = 'source: {exact: Lovelace, suffix: " said"}'
    moved = 'source: {exact: "Ada Lovelace", prefix: "for ", suffix: ", the mayor"}  # who'
    assert old in NOTES
    fixed_text = fixed(small_site, OF_MAYOR, text.replace(old, moved))
    assert fixed_text == text.replace(old, "source: {exact: Ada Lovelace}  # who")


def digest(site: SmallSite) -> str:
    path = site.root / "content/articles/mayor.md"
    return parse_article(read_article(path, site.root)).digest


def test_a_digest_is_set_where_every_anchor_stands_as_quoted(small_site: SmallSite) -> None:
    old = f"text: sha256:{'0' * 64}  # before the edit\n{NOTES}"
    assert fixed(small_site, OF_MAYOR, old) == old.replace("0" * 64, digest(small_site))


def test_with_the_digest_the_article_is_kept_as_it_is_now(small_site: SmallSite) -> None:
    path = small_site.root / "content/articles/mayor.md"
    was = path.read_bytes()
    small_site.write({
        "content/articles/mayor.notes.base": was,
        OF_MAYOR: f"text: sha256:{digest(small_site)}\n{NOTES}",
        "content/articles/mayor.md": was + b"\nIt rained.\r\n",
    })  # fmt: skip
    config = load_config(small_site.root)
    base, notes = "content/articles/mayor.notes.base", OF_MAYOR
    assert fix_site(config, check_site(config)) == (base, notes)
    assert (small_site.root / base).read_bytes() == path.read_bytes()
    assert digest(small_site) in (small_site.root / notes).read_text()
    assert check_site(config) == ()


def test_a_digest_stays_where_an_anchor_does_not(small_site: SmallSite) -> None:
    gone = NOTES.replace("exact: resigned on Tuesday", "exact: resigned by Tuesday")
    old = f"text: sha256:{'0' * 64}\n{gone}"
    assert fixed(small_site, OF_MAYOR, old) == old
