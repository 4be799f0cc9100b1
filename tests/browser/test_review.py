"""An editor with nothing but a keyboard: from suggestions to notes, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from explainer.serve import PreviewServer
from explainer.serve.reviewing import REVIEW
from tests.making import write_files
from tests.review.conftest import GLOSSARY, NOTES, STORY

from .conftest import Reader, Served


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "explainer.yaml": "title: A site\n",
        "content/articles/ferry.md": STORY,
        "content/articles/ferry.notes.yaml": NOTES,
        "content/glossary/all.yaml": GLOSSARY,
    }
    return write_files(tmp_path / "site", files)


@pytest.fixture
def server(site: Path) -> Iterator[PreviewServer]:
    with PreviewServer(site, port=0, say=lambda line: None) as running:
        yield running


@pytest.fixture
def editor(browser: Browser, server: PreviewServer, site: Path) -> Iterator[Reader]:
    one = Reader(browser, Served(site, server.url))
    yield one
    one.close()
    assert [line for line in one.complaints if "422" not in line and "409" not in line] == []


def open_review(editor: Reader) -> Page:
    page = editor.open(f"{editor.site.url}{REVIEW}ferry")
    expect(page.locator("#left")).to_have_text("5 to decide")
    return page


def notes(site: Path) -> str:
    return (site / "content/articles/ferry.notes.yaml").read_text(encoding="utf-8")


def left(page: Page, count: int) -> None:
    expect(page.locator("#left")).to_have_text(f"{count} to decide" if count else "All decided")


def test_each_decision_has_one_key_and_can_be_taken_back(editor: Reader, site: Path) -> None:
    page = open_review(editor)
    expect(page.locator("h2").first).to_have_text("Ada Renn")
    for number, key in enumerate("ararr", start=1):
        page.keyboard.press(key)
        left(page, 5 - number)
    decided = notes(site)
    assert decided.count("status: rejected") == 3
    assert decided.count("status: reviewed") == 1
    for number in range(1, 6):
        page.keyboard.press("u")
        left(page, number)
    assert notes(site) == NOTES


def test_a_claim_is_edited_with_an_entry_made_on_the_way(editor: Reader, site: Path) -> None:
    page = open_review(editor)
    for _ in range(3):
        page.keyboard.press("j")
    expect(page.locator("h2").first).to_have_text("Jonas Vale")
    page.keyboard.press("e")
    page.keyboard.type("Jonas Vale")
    expect(page.locator(".options li")).to_have_text(["New entry “Jonas Vale”create"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="New entry “Jonas Vale”")).to_be_visible()
    page.keyboard.press("Enter")
    left(page, 4)
    assert "speaker: [jonas-vale]" in notes(site)
    assert "name: Jonas Vale" in (site / "content/glossary/entries.yaml").read_text("utf-8")


def test_the_ends_of_a_claim_move_by_words(editor: Reader, site: Path) -> None:
    page = open_review(editor)
    page.keyboard.press("j")
    page.keyboard.press("}")
    page.keyboard.press("}")
    page.keyboard.press("{")
    expect(page.locator("blockquote")).to_have_text("pier will close")
    page.keyboard.press("[")
    page.keyboard.press("a")
    left(page, 4)
    assert "content: [{exact: the pier will close}]" in notes(site)


def test_the_ends_of_a_claim_are_dragged(editor: Reader, site: Path) -> None:
    page = open_review(editor)
    page.keyboard.press("j")
    box = page.locator(".handle[data-which=end]").bounding_box()
    assert box
    page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] - 60, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    expect(page.locator("blockquote")).not_to_have_text("the pier will close in May")
    page.keyboard.press("a")
    left(page, 4)
    assert "content: [{exact: the pier will" in notes(site)
    assert "close in May}]" not in notes(site)


def test_a_claim_gets_another_source_and_cue(editor: Reader, site: Path) -> None:
    page = open_review(editor)
    page.keyboard.press("j")
    for keys, key in (("ArrowDown ArrowDown", "s"), ("ArrowDown ArrowDown ArrowRight", "t")):
        page.keyboard.press("w")
        for one in keys.split():
            page.keyboard.press(one)
        chosen = page.locator("blockquote").inner_text()
        page.keyboard.press(key)
        expect(page.locator(".item dl").first).to_contain_text(f"“{chosen}”")
    page.get_by_role("button", name="Without this cue").click()
    expect(page.locator(".item dl").first).to_contain_text("none")
    page.keyboard.press("a")
    left(page, 4)
    after = notes(site)
    assert "source: [{exact: Ada Renn}]" not in after.split("- id: pier")[1]
    assert "cue: []" in after


def test_an_entry_known_already_is_made_one_with_it(editor: Reader, site: Path) -> None:
    known = site / "content/glossary/known.yaml"
    known.write_text("- {id: ada, name: A. Reen, kind: person}  # known\n", encoding="utf-8")
    page = open_review(editor)
    page.keyboard.press("i")
    page.keyboard.type("reen")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    left(page, 4)
    assert "speaker: [ada]" in notes(site)
    assert "aliases: [Ada Renn]}  # known" in known.read_text("utf-8")
    page.reload()
    left(page, 4)
    page.keyboard.press("u")
    left(page, 5)
    assert notes(site) == NOTES


def test_a_finger_drags_the_ends_of_a_claim(editor: Reader, site: Path) -> None:
    page = open_review(editor)
    page.keyboard.press("j")
    box = page.locator(".handle[data-which=end]").bounding_box()
    assert box
    touch = page.context.new_cdp_session(page)
    x, y = box["x"] + 1, box["y"] + box["height"] / 2
    for kind, at in (("touchStart", x), ("touchMove", x - 25), ("touchMove", x - 60)):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": at, "y": y}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator("blockquote")).not_to_have_text("the pier will close in May")
    page.keyboard.press("a")
    left(page, 4)
    assert "close in May}]" not in notes(site)


def test_any_words_become_a_mention_without_a_mouse(editor: Reader, site: Path) -> None:
    page = open_review(editor)
    page.keyboard.press("w")
    for _ in range(11):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("blockquote")).to_have_text("Port Ansel")
    page.keyboard.press("m")
    page.keyboard.type("ansel")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#saved")).to_have_text("Saved")
    assert "  - at: {exact: Port Ansel}\n    entry: port-ansel\n    status: reviewed\n" in notes(
        site
    )


def test_a_file_changed_in_a_text_editor_is_shown_and_read_again(
    editor: Reader, site: Path
) -> None:
    page = open_review(editor)
    path = site / "content/articles/ferry.notes.yaml"
    path.write_text(NOTES.replace("# My own", "# Mine"), encoding="utf-8")
    page.keyboard.press("a")
    expect(page.get_by_role("alert")).to_contain_text("ferry.notes.yaml has changed outside")
    left(page, 5)
    page.keyboard.press("l")
    expect(page.get_by_role("alert")).to_be_hidden()
    page.keyboard.press("a")
    left(page, 4)
    assert "# Mine" in notes(site)


def test_two_windows_lose_no_decision(editor: Reader, site: Path) -> None:
    one, other = open_review(editor), open_review(editor)
    one.keyboard.press("a")
    left(one, 4)
    other.keyboard.press("a")
    expect(other.get_by_role("alert")).to_have_text("this is reviewed already")
    other.keyboard.press("j")
    other.keyboard.press("r")
    left(other, 3)
    one.keyboard.press("j")
    one.keyboard.press("j")
    one.keyboard.press("j")
    one.keyboard.press("a")
    left(one, 2)
    decided = notes(site)
    assert decided.count("status: rejected") == 1
    assert decided.count("status: reviewed") == 1


def test_a_lost_note_is_shown_as_it_was_and_is(editor: Reader, site: Path) -> None:
    page = open_review(editor)
    path = site / "content/articles/ferry.md"
    path.write_text(STORY.replace("strike of 2019", "long strike"), encoding="utf-8")
    page.keyboard.press("l")
    expect(page.locator(".kind").first).to_contain_text("Lost its place")
    expect(page.locator(".sides")).to_contain_text("The strike of 2019")
    page.keyboard.press("r")
    left(page, 4)
    assert "status: rejected" in notes(site)
