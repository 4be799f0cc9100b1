"""An entry that was written is read as the same entry: nothing of it is lost."""

from __future__ import annotations

from msgspec.structs import replace

from explainer.edtf import parse_edtf
from explainer.entry_yaml import entry_yaml
from explainer.model import (
    NOWHERE,
    Alias,
    Entry,
    Image,
    OriginalName,
    Reference,
    Role,
    Sense,
)
from explainer.read.glossary import parse_glossary

FULL = Entry(
    id="ada-orun",
    name="Ada: Orun",
    kind="person",
    aliases=(Alias("Orun", after_name=True), Alias("“Ada”, of Vell")),
    role="Mayor # of Vell",
    roles=(Role("Clerk", parse_edtf("1999"), parse_edtf("2004-03")), Role("Mayor")),
    summary="Runs [Vell](#vell); 'so they say'.",
    as_of="2024-01",
    born=parse_edtf("1970~"),
    died=parse_edtf("2023"),
    date=parse_edtf("2022-02-24/.."),
    owner="vell",
    language="en",
    original_name=OriginalName("أدا", "ar"),
    location=(39.0194321, -125.7381),
    time_zone="Asia/Pyongyang",
    map="land",
    senses=(Sense("office: mayor's", "vell"),),
    same_as=("https://example.org/ada",),
    image=Image("ada.jpg", "Ada, at work", "N. N.", "CC BY 4.0"),
    sources=(Reference("A book", "A press", "https://example.org/book", "2001"),),
    status="suggested",
)


def read_back(entry: Entry) -> Entry:
    (read,), problems = parse_glossary(entry_yaml(entry), "new.yaml")
    assert problems == []
    return replace(
        read,
        position=NOWHERE,
        aliases=tuple(replace(one, position=NOWHERE) for one in read.aliases),
        senses=tuple(replace(one, position=NOWHERE) for one in read.senses),
    )


def test_every_field_is_there_again() -> None:
    defaults = Entry.__struct_defaults__
    usual = dict(zip(Entry.__struct_fields__[-len(defaults) :], defaults, strict=True))
    told_apart = {name for name, value in usual.items() if getattr(FULL, name) != value}
    assert told_apart == set(usual) - {"proposed_by", "position"}
    assert read_back(FULL) == FULL


def test_what_is_as_usual_is_not_written() -> None:
    bare = Entry("vell", "Vell", "place")
    assert entry_yaml(bare) == "- id: vell\n  name: Vell\n  kind: place\n  status: reviewed\n"
    assert read_back(bare) == bare
