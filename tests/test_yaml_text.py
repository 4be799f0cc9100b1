"""A value replaced in a YAML file, and nothing else in it."""

from __future__ import annotations

import pytest

from explainer.errors import NotesError
from explainer.fields import load_yaml
from explainer.yaml_text import YamlText, field_of

TEXT = """\
# The editor's own words.
text: x   # and here
mentions:
  # Washington is the government.
  - {at: {exact: Washington, prefix: "from “"}, entry: us, status: suggested}  # sure?
background:

  - id: visit
    title: The visit   # a title
    body: |
      Two lines
      of text.

    # before the status
    status: suggested

  - id: war
    leans_on:
      - {exact: a war}
      # the second is later
      - {exact: the war}

attributions: []
"""


def changed(change: str, *arguments: str, key: str = "background", number: int = 0) -> str:
    text = YamlText(TEXT)
    record = text.records(key)[number]
    getattr(text, change)(record, *arguments)
    after = text.done()
    assert load_yaml(after, "x", NotesError) is not None
    return after


def test_a_scalar_is_replaced_and_its_comment_stays() -> None:
    assert changed("set", "title", '"A: visit"') == TEXT.replace(
        "title: The visit ", 'title: "A: visit" '
    )


def test_a_block_of_text_is_replaced_and_what_follows_stays() -> None:
    after = changed("set", "body", "One line.")
    assert "    body: One line.\n\n    # before the status\n    status: suggested\n" in after


def test_a_field_of_a_flow_mapping_is_replaced() -> None:
    after = changed("set", "status", "reviewed", key="mentions")
    assert after == TEXT.replace("status: suggested}  # sure?", "status: reviewed}  # sure?")


def test_a_new_field_comes_last() -> None:
    assert "entry: us, status: suggested, note: x}" in changed("set", "note", "x", key="mentions")
    after = changed("set", "status", "reviewed", number=1)
    assert "      - {exact: the war}\n    status: reviewed\n\nattributions" in after


def test_one_of_several_is_replaced_with_the_comments_between_them() -> None:
    text = YamlText(TEXT)
    node = field_of(text.records("background")[1], "leans_on")
    assert node is not None
    text.replace(node.value[1], "{exact: peace}")
    assert text.done() == TEXT.replace("{exact: the war}", "{exact: peace}")


def test_several_changes_are_made_at_once() -> None:
    text = YamlText(TEXT)
    first, second = text.records("background")
    text.set(first, "status", "reviewed")
    text.set(first, "title", "x")
    text.set(second, "status", "rejected")
    after = text.done()
    assert "title: x   # a title" in after
    assert after.count("status: re") == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "never: [May]\n"),
        ("title: x\n", "title: x\nnever: [May]\n"),
        ("title: x", "title: x\nnever: [May]"),
        ("never: []  # none\ntitle: x\n", "never: [May]  # none\ntitle: x\n"),
        ("never:\n  - a # b\ntitle: x\n", "never:\n  [May] # b\ntitle: x\n"),
        ("never:\ntitle: x\n", "never: [May]\ntitle: x\n"),
    ],
)
def test_a_field_of_the_file_itself_is_set(before: str, after: str) -> None:
    text = YamlText(before)
    text.set_top("never", "[May]")
    assert text.done() == after
    assert load_yaml(after, "x", NotesError) is not None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "mentions:\n  - a: 1\n    b: 2\n"),
        ("mentions: [{a: 0}]  # one\n", "mentions: [{a: 0}, {a: 1, b: 2}]  # one\n"),
        ("mentions: []\n", "mentions:\n  - a: 1\n    b: 2\n"),
        ("mentions:\n- a: 0\n# end\n", "mentions:\n- a: 0\n- a: 1\n  b: 2\n# end\n"),
    ],
)
def test_a_record_is_added_in_the_manner_of_the_list(before: str, after: str) -> None:
    text = YamlText(before)
    text.append("mentions", [("a", "1"), ("b", "2"), ("c", "")])
    assert text.done() == after
