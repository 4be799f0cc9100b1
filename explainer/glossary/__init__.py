"""Work on the glossary as a whole: changes that reach every file, and its form elsewhere."""

from explainer.glossary.adding import add_entries, file_for
from explainer.glossary.changes import Change, describe, make_change
from explainer.glossary.merging import merge_entries
from explainer.glossary.references import Place, references_to
from explainer.glossary.renaming import rename_entry

__all__ = [
    "Change",
    "Place",
    "add_entries",
    "describe",
    "file_for",
    "make_change",
    "merge_entries",
    "references_to",
    "rename_entry",
]
