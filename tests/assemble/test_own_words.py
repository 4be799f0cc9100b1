"""What an article says in its own name: what no source, cue or claim takes."""

from __future__ import annotations

import pytest

from explainer.assemble.own_words import own_views, own_words
from explainer.model import Attribution, Span
from tests.making import parse_markdown_article


def attribution(text: str, content: str, *, source: str = "", cue: str = "") -> Attribution:
    def spans(words: str) -> tuple[Span, ...]:
        start = text.index(words)
        return (Span(start, start + len(words)),) if words else ()

    return Attribution("one", spans(content), source=spans(source), cue=spans(cue))


def own_texts(text: str, *attributions: Attribution) -> list[str]:
    document = parse_markdown_article(text)
    return [one.of(document.text) for one in own_words(document, attributions).spans]


CASES = [
    ("She left. It rains, Ada said.", ("It rains", "Ada", "said"), []),
    ("She left at noon. It rains, Ada said.", ("It rains", "Ada", "said"), ["She left at noon."]),
    ("It rains, Ada said, and the river rose.", ("It rains", "Ada", "said"),
     ["and the river rose."]),
    ("Ada told him that it rains. The river rose again", ("it rains", "Ada", "told"),
     ["The river rose again"]),
    ("It rains, Ada said. “The river” rose again.", ("It rains", "Ada", "said"),
     ["“The river” rose again."]),
    ("It rains, Ada said.\n\nThe river rose.\n\nAnd it fell again.", ("It rains", "Ada", "said"),
     ["The river rose.", "And it fell again."]),
    ("# The river rose again\n\nIt rains, Ada said.", ("It rains", "Ada", "said"), []),
    # What only leads into a claim goes with it.
    ("She left the town at noon, prompting fears that it rains.", ("fears that it rains", "", ""),
     ["She left the town at noon"]),
    ("She left the town at noon, and so it rains.", ("it rains", "", ""),
     ["She left the town at noon"]),
    ("She left at noon, as everyone in town knew: it rains.", ("it rains", "", ""),
     ["She left at noon, as everyone in town knew:"]),
    ("비가 온다, Ada said. 강물이 다시 불었다.", ("비가 온다", "Ada", "said"),
     ["강물이 다시 불었다."]),
    ("下雨了, Ada said. 河水又上涨了。", ("下雨了", "Ada", "said"), ["河水又上涨了。"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "own"), CASES)
def test_what_is_left_of_three_words_or_more(
    text: str, said: tuple[str, str, str], own: list[str]
) -> None:
    content, source, cue = said
    document = parse_markdown_article(text)
    found = own_texts(text, attribution(document.text, content, source=source, cue=cue))
    assert found == own


def test_where_nothing_is_attributed_there_is_nothing_to_tell_apart() -> None:
    assert own_texts("She left at noon.") == []


def test_the_share_is_of_the_words_and_each_passage_has_its_place() -> None:
    document = parse_markdown_article("She left at noon. It rains here, Ada said.")
    own = own_words(
        document, [attribution(document.text, "It rains here", source="Ada", cue="said")]
    )
    assert own.share == 44
    (view,) = own_views(own.spans, document)
    assert (view.anchor, view.quote) == ("own-1", "She left at noon.")
