"""Commands for the glossary as a whole: add, rename, merge, where, stale, import, export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.cli.telling import site_here, telling
from explainer.errors import GlossaryError
from explainer.model import KINDS, Kind, Position

if TYPE_CHECKING:
    from explainer.config import SiteConfig
    from explainer.glossary import Change
    from explainer.model import Entry

_YES = click.option("--yes", is_flag=True, help="Don't ask before writing.")
_FORMS = click.Choice(("csv", "glosario", "skos", "json-ld"))


@click.group()
def glossary() -> None:
    """Work on the glossary: add, rename, merge, where, stale, import, export.

    What changes several files changes all of them or none, keeps comments, and is shown first.

    Example: explainer glossary rename lankow andrei-lankov
    """


def _entries(config: SiteConfig) -> tuple[Entry, ...]:
    from explainer.read import read_glossary

    return read_glossary(config.content / "glossary", config.root)


def _carry_out(change: Change, config: SiteConfig, *, yes: bool) -> None:
    """Show a change, ask, and make it."""
    from explainer.glossary import describe, make_change

    if not change.files:
        click.echo("nothing to change")
        return
    click.echo(describe(change))
    count = len(change.files)
    files = "1 file" if count == 1 else f"{count} files"
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError(f"this would change {files}; to do so without asking, add --yes")
        click.confirm(f"Change {files}?", abort=True)
    make_change(change, config)
    click.echo(f"changed {files}")


@glossary.command()
@click.argument("name")
@click.option("--kind", type=click.Choice(KINDS), required=True)
@click.option("--id", "entry_id", help="Its id; by default the name, made safe.")
@click.option("--alias", multiple=True, help="Another name; may be given several times.")
@click.option("--role", default="", help="A line under the name.")
@click.option("--summary", default="", help="What a reader should know, in Markdown.")
@click.option("--as-of", default="", help="When that was checked: 2023-09.")
@click.option("--file", "path", help="The file to add it to; by default that of its kind.")
@_YES
@telling
def add(
    name: str,
    kind: Kind,
    entry_id: str | None,
    alias: tuple[str, ...],
    role: str,
    summary: str,
    as_of: str,
    path: str | None,
    yes: bool,
) -> None:
    """Add an entry called NAME; a place, body or agency is filled in where that is sure.

    Example: explainer glossary add "Andrei Lankov" --kind person --role "Historian"
    """
    from explainer.glossary import add_entries, file_for
    from explainer.glossary.adding import filled
    from explainer.glossary.renaming import require_free_id
    from explainer.model import Alias, Entry
    from explainer.read import safe_name

    config = site_here()
    new = entry_id or safe_name(name)
    require_free_id(new, {entry.id for entry in _entries(config)})
    aliases = tuple(Alias(one) for one in alias)
    entry = filled(Entry(new, name, kind, aliases, role=role, summary=summary, as_of=as_of))
    _carry_out(add_entries([entry], _inside(path or file_for(kind)), config), config, yes=yes)


def _inside(path: str) -> str:
    """A file of the glossary, as one names it from the site's folder."""
    parts = Path(path).parts
    inside = parts[:2] == ("content", "glossary") and ".." not in parts
    if not inside or not path.endswith((".yaml", ".yml")):
        raise click.UsageError("name a .yaml file below content/glossary/")
    return Path(path).as_posix()


@glossary.command()
@click.argument("old")
@click.argument("new")
@_YES
@telling
def rename(old: str, new: str, yes: bool) -> None:
    """Give the entry OLD the id NEW, everywhere it is named.

    Example: explainer glossary rename lankow andrei-lankov
    """
    from explainer.glossary import rename_entry

    config = site_here()
    _carry_out(rename_entry(old, new, _entries(config), config), config, yes=yes)


@glossary.command()
@click.argument("old")
@click.argument("into")
@_YES
@telling
def merge(old: str, into: str, yes: bool) -> None:
    """Make the entry OLD a part of INTO, which takes its names and what else it lacks.

    What both say is kept below INTO as a comment. Whatever named OLD names INTO.

    Example: explainer glossary merge lankov-2 andrei-lankov
    """
    from explainer.glossary import merge_entries

    config = site_here()
    _carry_out(merge_entries(old, into, _entries(config), config), config, yes=yes)


@glossary.command()
@click.argument("entry")
@telling
def where(entry: str) -> None:
    """Say where ENTRY is defined, named by its id, and mentioned in articles.

    Example: explainer glossary where kim-jong-un
    """
    from explainer.annotate import position_of
    from explainer.build import read_site
    from explainer.glossary import references_to
    from explainer.glossary.changes import site_texts
    from explainer.glossary.renaming import require_entry

    config = site_here()
    site = read_site(config)
    by_id = {one.id: one for one in site.entries}
    require_entry(entry, set(by_id))
    _say_place(by_id[entry].position, "defined here")
    for place in references_to(entry, site_texts(config)):
        _say_place(place.position, place.what)
    for article in site.articles:
        for mention in article.mentions:
            if mention.entry == entry:
                words = mention.span.of(article.document.text)
                _say_place(position_of(article.document, mention.span.start), f"“{words}”")


def _say_place(place: Position, what: str) -> None:
    click.echo(f"{':'.join(str(p) for p in (place.path, place.line, place.column) if p)}: {what}")


@glossary.command()
@click.option("--days", default=730, show_default=True, help="How much older than its articles.")
@telling
def stale(days: int) -> None:
    """List the entries that are older than the articles that use them, the oldest first.

    Example: explainer glossary stale --days 365
    """
    from explainer.build import read_site
    from explainer.check.glossary import stale_entries

    found = sorted(stale_entries(read_site(site_here()), days), key=lambda one: -one[2])
    for entry, published, age in found:
        _say_place(
            entry.position,
            f"'{entry.id}' holds as of {entry.as_of}, {age} days before the article of {published}",
        )
    if not found:
        click.echo("no entry is that old")


@glossary.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--format", "form", type=_FORMS, help="By default what the file's name says.")
@click.option("--language", default="", help="Which language's terms to take.")
@click.option("--into", default="content/glossary/imported.yaml", show_default=True)
@_YES
@telling
def import_(file: Path, form: str | None, language: str, into: str, yes: bool) -> None:
    """Add the entries of FILE that the glossary lacks, as suggestions; none is changed.

    Reads CSV, Glosario YAML, and SKOS as Turtle or JSON-LD.

    Example: explainer glossary import terms.csv
    """
    from explainer.glossary import add_entries
    from explainer.glossary.importing import FORM_OF, fit, read_foreign
    from explainer.read import read_text

    chosen = form or FORM_OF.get(file.suffix.lower())
    if chosen is None:
        raise click.UsageError("say which --format the file is in")
    config = site_here()
    text = read_text(file, str(file), GlossaryError)
    found = read_foreign(text, str(file), chosen, language or config.language)
    imported = fit(found, _entries(config))
    for refused in imported.refused:
        click.echo(f"not imported: {refused}", err=True)
    if not imported.entries:
        click.echo("nothing to import")
        return
    _carry_out(add_entries(imported.entries, _inside(into), config), config, yes=yes)


@glossary.command()
@click.option("--format", "form", type=_FORMS, default="csv", show_default=True)
@telling
def export(form: str) -> None:
    """Print the glossary as CSV, Glosario YAML, or SKOS in Turtle or JSON-LD.

    Example: explainer glossary export --format skos > glossary.ttl
    """
    from explainer.glossary.interchange import export_entries

    config = site_here()
    written = export_entries(_entries(config), form, config.base_url, config.language)
    click.echo(written.text, nl=False)
    click.echo(f"left out, as {form} has no place for it: {written.left_out}", err=True)
