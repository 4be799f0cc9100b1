"""The command that describes a kind of file to other programs: schema."""

from __future__ import annotations

import click

KINDS = ("settings", "article", "glossary", "notes")


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
def schema(kind: str) -> None:
    """Print the JSON Schema (draft-07) of a KIND of file.

    With it an editor completes and underlines as you type. Files that the program writes name
    theirs, in .explainer/schemas/.

    Example: explainer schema notes
    """
    from explainer.shapes import schema_json

    click.echo(schema_json(kind), nl=False)
