"""A page's annotations for other programs: W3C Web Annotations."""

from __future__ import annotations

import json
from collections.abc import Mapping

from explainer.assemble import publish
from explainer.assemble.web_annotations import web_annotations
from explainer.config import SiteConfig
from tests.making import ROOT, make_entry, mark, parse_markdown_article

NOTES = """\
background:
  - {id: card, title: A card, date: "2019", body: B, leans_on: [{exact: resigned}]}
attributions:
  - {id: claim, content: [{exact: I am}, {exact: old}], source: {exact: she}, speaker: [ada]}
"""


def collection() -> Mapping[str, object]:
    document = parse_markdown_article("Ada resigned. “I am very old,” she said.\n")
    ada = make_entry("Ada")
    config = SiteConfig(ROOT)
    published = publish(mark(document, [ada], NOTES), {"ada": ada}, config)
    found = json.loads(web_annotations(published, "story.html"))
    assert isinstance(found, dict)
    return found


def items() -> list[dict[str, object]]:
    first = collection()["first"]
    assert isinstance(first, dict)
    found = first["items"]
    assert isinstance(found, list)
    return found


def test_a_collection_says_what_it_is_and_of_which_text() -> None:
    found = collection()
    assert found["type"] == "AnnotationCollection"
    assert str(found["explainer:textDigest"]).startswith("sha256:")
    assert found["total"] == len(items()) == 3


def test_each_annotation_names_its_motivation_and_the_id_in_the_page() -> None:
    assert [(one["motivation"], one["id"]) for one in items()] == [
        ("identifying", "story.html#annotation-mention-1"),
        ("describing", "story.html#source-claim"),
        ("commenting", "story.html#card-card"),
    ]


def test_a_claim_in_pieces_has_a_target_for_each() -> None:
    (claim,) = [one for one in items() if one["motivation"] == "describing"]
    targets = claim["target"]
    assert isinstance(targets, list)
    assert [one["selector"]["exact"] for one in targets] == ["I am", "old"]
    assert targets[1]["selector"]["prefix"].endswith("very ")
