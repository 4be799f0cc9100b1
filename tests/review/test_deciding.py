"""Decisions in the queue, and what each of them leaves in the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from explainer.build import build_site
from explainer.config import load_config
from explainer.model import Span
from explainer.review import Changed, Decision, Desk, Undecidable, queue_of
from explainer.review.filling import fill
from tests.review.conftest import GLOSSARY, NOTES, STORY


def notes_of(desk: Desk) -> str:
    return desk.path.with_name("ferry.notes.yaml").read_text(encoding="utf-8")


def glossary_of(desk: Desk) -> str:
    return (desk.config.content / "glossary/all.yaml").read_text(encoding="utf-8")


def ids(desk: Desk) -> list[str]:
    return [one.id for one in queue_of(desk.look())]


def mention_id(desk: Desk) -> str:
    return next(one for one in ids(desk) if one.startswith("mention:"))


def span_of(words: str, desk: Desk) -> tuple[int, int]:
    start = desk.look().document.text.index(words)
    return start, start + len(words)


def test_the_queue_is_in_the_order_of_the_text_with_its_evidence(desk: Desk) -> None:
    queue = queue_of(desk.look())
    assert [one.kind for one in queue] == ["entry", "attribution", "mention", "attribution", "card"]
    assert [one.title for one in queue] == [
        "Ada Renn", "Ada Renn", "Ada → Ada Renn", "Jonas Vale", "The strike",
    ]  # fmt: skip
    assert queue[0].evidence == "names: the language model"
    assert queue[1].evidence == "speech: a verb with a clause"
    assert queue[2].choices[-1].label == "No entry here"


def test_accepting_changes_one_word_of_the_file(desk: Desk) -> None:
    desk.decide(Decision("accept", "attribution:pier"))
    assert notes_of(desk) == NOTES.replace(
        'status: suggested\n    evidence: "speech', 'status: reviewed\n    evidence: "speech'
    )
    desk.decide(Decision("accept", "entry:ada-renn"))
    assert glossary_of(desk) == GLOSSARY.replace("suggested", "reviewed")
    desk.decide(Decision("reject", mention_id(desk)))
    assert 'entry: ada-renn, status: rejected, evidence: "names: x"}' in notes_of(desk)


def test_another_choice_is_set_and_accepted(desk: Desk) -> None:
    desk.decide(Decision("accept", mention_id(desk), {"entry": ""}))
    assert 'suffix: " waited"}, entry: null, status: reviewed' in notes_of(desk)


def test_what_was_edited_is_written_and_nothing_else(desk: Desk) -> None:
    fields = {"title": "The long strike: 2019", "date": "2019-05", "body": "It was long."}
    desk.decide(Decision("accept", "card:strike", fields))
    after = notes_of(desk)
    assert 'title: "The long strike: 2019"   # of 2019\n' in after
    assert 'date: "2019-05"\n' in after
    assert 'status: reviewed\n    body: "It was long."\n' in after
    assert "# Who says what." in after


def test_a_claim_has_its_ends_moved(desk: Desk) -> None:
    spans = {"content": [span_of("the pier will close", desk)]}
    desk.decide(Decision("accept", "attribution:pier", spans=spans))
    assert "content: [{exact: the pier will close}]" in notes_of(desk)


def test_a_new_entry_goes_with_the_claim_it_was_made_for(desk: Desk) -> None:
    entry = {"name": "Jonas Vale", "kind": "person", "role": "ferryman", "location": []}
    desk.decide(Decision("accept", "attribution:unknown", {"speaker": []}, entry=entry))
    made = (desk.config.content / "glossary/entries.yaml").read_text(encoding="utf-8")
    assert made == (
        "- id: jonas-vale\n  name: Jonas Vale\n  kind: person\n  role: ferryman\n"
        "  status: reviewed\n"
    )
    assert "speaker: [jonas-vale]" in notes_of(desk)


@pytest.mark.parametrize(
    ("kind", "part", "fields", "written"),
    [
        ("mention", "at", {"entry": "port-ansel"}, "entry: port-ansel"),
        ("mention", "at", {"entry": ""}, "entry: null"),
        ("card", "at", {"title": "The port", "date": "1948", "body": "Old."}, "title: The port"),
        ("attribution", "content", {"speaker": ["ada-renn"], "mode": "mixed"}, "mode: mixed"),
    ],
)
def test_selected_words_become_a_note(
    kind: str, part: str, fields: dict[str, object], written: str, desk: Desk
) -> None:
    spans = {part: [span_of("Port Ansel", desk)]}
    desk.decide(Decision("add", kind, fields, spans))
    after = notes_of(desk)
    assert written in after
    assert "exact: Port Ansel" in after
    assert "# Who says what." in after


def test_a_word_is_never_proposed_again(desk: Desk) -> None:
    desk.decide(Decision("never", "entry:ada-renn", {"word": "Ada Renn"}))
    assert load_config(desk.config.root).never == ("Ada Renn",)
    assert "status: rejected" in glossary_of(desk)


@pytest.mark.parametrize(
    "decision",
    [
        Decision("accept", "attribution:gone"),
        Decision("accept", "entry:gone"),
        Decision("accept", "mention:gone"),
        Decision("accept", "anchor:card:gone/at/0"),
        Decision("accept", "card:strike", {"date": "the year 2019"}),
        Decision("accept", "attribution:pier", {"mode": "loud"}),
        Decision("add", "mention", {"entry": "x"}),
        Decision("add", "mention", {"entry": "nobody"}, {"at": [(0, 3)]}),
        Decision("accept", "attribution:pier", {"speaker": ["nobody"]}),
        Decision("add", "poem", {}, {"at": [(0, 3)]}),
        Decision("add", "card", {}, {"at": [(0, 99_999)]}),
        Decision("never", "card:strike"),
        Decision("merge", "entry:ada-renn", {"into": "nobody"}),
        Decision("merge", "entry:ada-renn", {"into": "ada-renn"}),
        Decision("merge", "entry:gone", {"into": "port-ansel"}),
        Decision("accept", "attribution:pier", entry={"name": " "}),
    ],
)
def test_what_can_not_be_decided_changes_nothing(decision: Decision, desk: Desk) -> None:
    with pytest.raises(Undecidable):
        desk.decide(decision)
    assert (notes_of(desk), glossary_of(desk)) == (NOTES, GLOSSARY)


def test_a_thing_is_decided_once(desk: Desk) -> None:
    desk.decide(Decision("accept", "card:strike"))
    with pytest.raises(Undecidable, match="reviewed already"):
        desk.decide(Decision("reject", "card:strike"))


# ---- undo


def test_every_step_can_be_taken_back(desk: Desk) -> None:
    for one in ids(desk):
        desk.decide(Decision("accept", one))
    assert ids(desk) == []
    for _ in range(5):
        desk.undo()
    assert (notes_of(desk), glossary_of(desk)) == (NOTES, GLOSSARY)
    with pytest.raises(Undecidable, match="nothing to undo"):
        desk.undo()


def test_two_windows_decide_and_take_back_on_their_own(desk: Desk) -> None:
    desk.decide(Decision("accept", "attribution:pier"), "left")
    desk.decide(Decision("reject", "card:strike"), "right")
    desk.decide(Decision("accept", "attribution:unknown", {"mode": "mixed"}), "right")
    desk.undo("left")
    after = notes_of(desk)
    assert "status: rejected" in after
    assert "mode: mixed\n    status: reviewed" in after
    desk.undo("right")
    desk.undo("right")
    assert notes_of(desk) == NOTES


def test_what_another_window_changed_since_is_not_taken_back_over_it(desk: Desk) -> None:
    spans = {"at": [span_of("Port Ansel", desk)]}
    desk.decide(Decision("add", "card", {"title": "A"}, spans), "left")
    card = notes_of(desk).index("id: a")
    assert card
    desk.decide(Decision("accept", "card:strike"), "right")
    desk.undo("left")
    assert "title: A\n" not in notes_of(desk)
    assert "status: reviewed" in notes_of(desk)


def reopened(desk: Desk) -> Desk:
    """A desk as the next run of the program has it."""
    again = Desk(desk.config, desk.path)
    again.read_anew()
    return again


def test_what_was_decided_is_taken_back_after_a_restart(desk: Desk) -> None:
    desk.decide(Decision("accept", "card:strike"), "left")
    once = notes_of(desk)
    desk.decide(Decision("never", "entry:ada-renn", {"word": "Ada Renn"}), "right")
    again = reopened(desk)
    again.undo("a new window")
    assert (notes_of(desk), glossary_of(desk)) == (once, GLOSSARY)
    assert load_config(desk.config.root).never == ()
    reopened(desk).undo()
    assert notes_of(desk) == NOTES
    with pytest.raises(Undecidable, match="nothing to undo"):
        reopened(desk).undo()


def test_nothing_is_taken_back_from_a_file_changed_between_two_runs(desk: Desk) -> None:
    desk.decide(Decision("accept", "card:strike"))
    path = desk.path.with_name("ferry.notes.yaml")
    path.write_text(notes_of(desk) + "# more\n", encoding="utf-8")
    with pytest.raises(Undecidable, match="nothing to undo"):
        reopened(desk).undo()
    assert notes_of(desk).endswith("# more\n")


def test_a_step_that_was_told_of_and_not_made_is_none(desk: Desk) -> None:
    desk.decide(Decision("accept", "card:strike"))
    once = notes_of(desk)
    desk.decide(Decision("accept", "attribution:pier"))
    desk.path.with_name("ferry.notes.yaml").write_text(once, encoding="utf-8")
    reopened(desk).undo()
    assert notes_of(desk) == NOTES


@pytest.mark.parametrize("journal", [b"", b"{", b"[]\n", b'{"splices": 3}\n', b"\xff"])
def test_a_broken_journal_costs_only_the_undo(journal: bytes, desk: Desk) -> None:
    path = desk.config.cache / "review/ferry.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(journal)
    again = reopened(desk)
    with pytest.raises(Undecidable, match="nothing to undo"):
        again.undo()
    again.decide(Decision("accept", "card:strike"))
    again.undo()
    assert notes_of(desk) == NOTES


def test_what_is_decided_may_be_decided_again_where_that_is_meant(desk: Desk) -> None:
    desk.decide(Decision("accept", "attribution:pier"))
    once = notes_of(desk)
    spans = {"source": [span_of("Ada waited", desk)], "cue": []}
    desk.decide(Decision("accept", "attribution:pier", spans=spans, again=True))
    assert "source: [{exact: Ada waited}]\n    cue: []\n" in notes_of(desk)
    desk.undo()
    assert notes_of(desk) == once
    desk.undo()
    assert notes_of(desk) == NOTES


# ---- one entry for two


OTHER = "content/articles/other.notes.yaml"


@pytest.fixture
def known_twice(desk: Desk) -> Desk:
    """The suggested entry is one that is known; another article speaks of it as well."""
    root = desk.config.root
    (root / "content/glossary/known.yaml").write_text(
        "- {id: ada, name: Adele Renn, kind: person}  # known\n", encoding="utf-8"
    )
    other = "attributions:\n  - {id: x, content: [{exact: Rain}], speaker: [ada-renn]}  # her\n"
    (root / OTHER).write_text(other, encoding="utf-8")
    (root / "content/articles/other.md").write_text("# Other\n\nRain.\n", encoding="utf-8")
    return reopened(desk)


def test_an_entry_known_already_takes_the_name_and_whatever_named_it(known_twice: Desk) -> None:
    desk, root = known_twice, known_twice.config.root
    (item,) = (one for one in queue_of(desk.look()) if one.id == "entry:ada-renn")
    (choice,) = item.choices
    assert (choice.label, choice.action) == ("It is Adele Renn", "merge")
    case = desk.decide(Decision("merge", item.id, choice.fields))
    assert "ada-renn" not in case.entry_by_id
    known = (root / "content/glossary/known.yaml").read_text(encoding="utf-8")
    assert "kind: person, aliases: [Ada Renn]}  # known" in known
    assert "speaker: [ada]" in notes_of(desk)
    assert (root / OTHER).read_text(encoding="utf-8").endswith("speaker: [ada]}  # her\n")
    build_site(load_config(root), root.parent / "out")
    reopened(desk).undo()
    assert (notes_of(desk), glossary_of(desk)) == (NOTES, GLOSSARY)
    assert "ada-renn" in (root / OTHER).read_text(encoding="utf-8")


def test_the_name_may_be_left_out(known_twice: Desk) -> None:
    fields = {"into": "ada", "alias": False}
    known_twice.decide(Decision("merge", "entry:ada-renn", fields))
    assert glossary_of(known_twice) == GLOSSARY.replace("suggested", "rejected")
    assert "speaker: [ada]" in notes_of(known_twice)


def test_what_a_merge_reaches_is_not_taken_back_over_an_edit(known_twice: Desk) -> None:
    known_twice.decide(Decision("merge", "entry:ada-renn", {"into": "ada"}))
    path = known_twice.config.root / OTHER
    path.write_text(path.read_text(encoding="utf-8").replace("ada", "adele"), encoding="utf-8")
    with pytest.raises(Undecidable, match="changed since"):
        known_twice.undo()
    assert "speaker: [ada]" in notes_of(known_twice)


# ---- others at the same files


def test_a_file_changed_in_an_editor_is_not_written_over(desk: Desk) -> None:
    path = desk.path.with_name("ferry.notes.yaml")
    path.write_text(NOTES + "# more\n", encoding="utf-8")
    with pytest.raises(Changed) as told:
        desk.decide(Decision("accept", "card:strike"))
    assert told.value.paths == ("content/articles/ferry.notes.yaml",)
    assert notes_of(desk) == NOTES + "# more\n"
    desk.read_anew()
    desk.decide(Decision("accept", "card:strike"))
    assert notes_of(desk).endswith("# more\n")


def test_an_article_changed_in_an_editor_is_read_again_first(desk: Desk) -> None:
    desk.path.write_text(STORY.replace("May", "June"), encoding="utf-8")
    with pytest.raises(Changed):
        desk.decide(Decision("accept", "card:strike"))


def test_two_programs_lose_nothing_of_each_other(site: Path) -> None:
    path = site / "content/articles/ferry.md"
    one, other = Desk(load_config(site), path), Desk(load_config(site), path)
    one.read_anew()
    other.read_anew()
    one.decide(Decision("accept", "card:strike"))
    with pytest.raises(Changed):
        other.decide(Decision("accept", "attribution:pier"))
    other.read_anew()
    other.decide(Decision("accept", "attribution:pier"))
    assert notes_of(one).count("status: reviewed") == 2


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_stay(newline: str, mark: str, site: Path) -> None:
    path = site / "content/articles/ferry.notes.yaml"
    path.write_bytes((mark + NOTES.replace("\n", newline)).encode())
    desk = Desk(load_config(site), site / "content/articles/ferry.md")
    desk.read_anew()
    desk.decide(Decision("accept", "card:strike"))
    expected = NOTES.replace("2019}]\n    status: suggested", "2019}]\n    status: reviewed")
    assert path.read_bytes() == (mark + expected.replace("\n", newline)).encode()


# ---- an article that changed


@pytest.fixture
def edited(desk: Desk) -> Desk:
    """The article with another claim and a card whose passage is gone."""
    digest = desk.look().document.digest
    desk.path.with_name("ferry.notes.yaml").write_text(
        f"text: sha256:{digest}\n{NOTES}", encoding="utf-8"
    )
    desk.path.with_name("ferry.notes.base").write_text(STORY, encoding="utf-8")
    changed = STORY.replace("will close in May", "will close in June").replace(
        "The strike of 2019 cost", "The long strike cost"
    )
    desk.path.write_text(changed, encoding="utf-8")
    desk.read_anew()
    return desk


def test_lost_anchors_come_first_with_what_was_and_is(edited: Desk) -> None:
    lost = [one for one in queue_of(edited.look()) if one.kind == "anchor"]
    card, claim = lost
    assert (card.id, claim.id) == ("anchor:card:strike/at/0", "anchor:attribution:pier/content/0")
    assert (card.was or "")[1] == "The strike of 2019"
    assert "will close in June" in "".join(claim.now or "")


def test_notes_belong_to_the_new_text_once_nothing_is_lost(edited: Desk) -> None:
    old = notes_of(edited)
    place = {"at": [span_of("the pier will close in June", edited)]}
    edited.decide(Decision("place", "anchor:attribution:pier/content/0", spans=place))
    assert "the pier will close in June" in notes_of(edited)
    assert notes_of(edited).splitlines()[0] == old.splitlines()[0]
    edited.decide(Decision("reject", "anchor:card:strike/at/0"))
    assert f"text: sha256:{edited.look().document.digest}" in notes_of(edited)
    base = edited.path.with_name("ferry.notes.base")
    assert base.read_bytes() == edited.path.read_bytes()
    edited.undo()
    edited.undo()
    assert notes_of(edited) == old
    assert base.read_text(encoding="utf-8") == STORY


def test_words_are_quoted_so_that_they_are_found_in_the_changed_article(edited: Desk) -> None:
    place = {"at": [span_of("Ada waited", edited)]}
    case = edited.decide(Decision("add", "card", {"title": "Ada"}, place))
    (added,) = (one for one in case.annotated.cards if one.title == "Ada")
    assert added.leans_on == (Span(*span_of("Ada waited", edited)),)


# ---- what is known already


def test_an_entry_is_filled_from_the_place_pack_and_the_article(desk: Desk) -> None:
    case = desk.look()
    assert fill(case, Span(*span_of("Jonas Vale", desk)))["kind"] == "person"
    desk.path.write_text(STORY.replace("Port Ansel", "Seoul"), encoding="utf-8")
    case = desk.read_anew()
    found = fill(case, Span(*span_of("Seoul", desk)))
    assert (found["kind"], found["time_zone"]) == ("place", "Asia/Seoul")
    spokesman = STORY.replace("Jonas Vale said", "Jonas Vale, a spokesman for the port, said")
    desk.path.write_text(spokesman, encoding="utf-8")
    case = desk.read_anew()
    assert fill(case, Span(*span_of("Jonas Vale", desk)))["role"] == "spokesman for the port"


def test_a_site_decided_on_builds_strictly(desk: Desk, tmp_path: Path) -> None:
    for one in ids(desk):
        desk.decide(Decision("accept", one))
    build_site(load_config(desk.config.root), tmp_path / "out")
    page = (tmp_path / "out/articles/ferry.html").read_text(encoding="utf-8")
    assert 'data-attribution="pier"' in page
    assert 'data-entry="ada-renn"' in page
