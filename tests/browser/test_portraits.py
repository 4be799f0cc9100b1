"""A portrait: in the note and in its pop-up, with what it shows and whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.making import write_files

from .conftest import Reader, Served, build

STORY = """\
---
title: The harbor keeps its light
date: 2024-05-14
---

Ada Lovelace keeps the lamp of Bonn burning.
"""
ENTRY = """\
- id: ada-lovelace
  name: Ada Lovelace
  kind: person
  summary: She keeps the lamp.
  image: {src: ada.png, alt: Ada beside the lamp, credit: Photo by Nobody, license: CC0}
"""


@pytest.fixture
def portrayed(browser: Browser, tmp_path: Path) -> Iterator[Reader]:
    write_files(
        tmp_path,
        {
            "explainer.yaml": "title: A site\n",
            "content/articles/lamp.md": STORY,
            "content/glossary/all.yaml": ENTRY,
        },
    )
    (tmp_path / "static/images").mkdir(parents=True)
    Image.new("RGB", (240, 300), "#345").save(tmp_path / "static/images/ada.png")
    build(tmp_path, tmp_path / "site")
    one = Reader(browser, Served(tmp_path / "site", f"file://{tmp_path}/site/"))
    yield one
    one.close()
    assert one.complaints == []


@pytest.mark.parametrize("width", [390, 1280])
def test_a_pop_up_shows_whom_it_is_about(portrayed: Reader, width: int) -> None:
    page = portrayed.open("articles/lamp.html", width=width)
    page.locator("#mention-ada-lovelace").click()
    popup = page.locator("#popup:popover-open")
    picture = popup.get_by_role("img", name="Ada beside the lamp")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("naturalWidth", 240)
    expect(popup.locator("figcaption")).to_have_text("Photo by Nobody, CC0")
    inner, outer = picture.bounding_box(), popup.bounding_box()
    assert inner
    assert outer
    assert outer["x"] <= inner["x"]
    assert inner["x"] + inner["width"] <= outer["x"] + outer["width"]
    assert inner["height"] / inner["width"] == pytest.approx(300 / 240, abs=0.02)


def test_without_script_it_stands_in_the_note(portrayed: Reader) -> None:
    page = portrayed.open("articles/lamp.html", java_script_enabled=False)
    note = page.locator("#entry-ada-lovelace")
    note.scroll_into_view_if_needed()
    expect(note.get_by_role("img", name="Ada beside the lamp")).to_be_visible()
    expect(note).to_contain_text("Photo by Nobody, CC0")
