"""A site whose only article crowds its margin: twenty background cards in ten paragraphs."""

from __future__ import annotations

from pathlib import Path

PARAGRAPHS = 10
CARDS_A_PARAGRAPH = 2

_WORDS = (
    "The envoys met twice in the old customs house by the river, where the lamps were lit "
    "at noon and nobody but the clerks had been told what the second meeting was about"
)
_BODY = (
    "The first treaty was signed in the spring and broken by the autumn. Its second version "
    "left out what had been quarreled over, named a commission to settle the rest, and gave "
    "it neither money nor a place to meet."
)


def write_crowded_site(folder: Path) -> None:
    """Write its settings, its article and its notes into `folder`."""
    articles = folder / "content" / "articles"
    articles.mkdir(parents=True)
    (folder / "content" / "glossary").mkdir()
    (folder / "explainer.yaml").write_text("title: Crowded\n", encoding="utf-8")
    paragraphs, notes = [], ["background:"]
    for number in range(1, PARAGRAPHS + 1):
        first, last = f"Opening {number} of the talks", f"closing {number} of the talks"
        paragraphs.append(f"{first}: {_WORDS}, until the {last}.")
        for index, words in enumerate((first, last)):
            notes += [
                f"  - id: card-{number}-{index}",
                f"    title: What came before part {number}, told in a title of two lines",
                f"    date: 19{number:02}-0{index + 1}",
                f"    body: {_BODY}",
                f"    leans_on: [{{exact: {words}}}]",
                "    status: reviewed",
            ]
    text = "---\ntitle: Twenty cards in ten paragraphs\n---\n\n" + "\n\n".join(paragraphs) + "\n"
    (articles / "crowd.md").write_text(text, encoding="utf-8")
    (articles / "crowd.notes.yaml").write_text("\n".join(notes) + "\n", encoding="utf-8")
