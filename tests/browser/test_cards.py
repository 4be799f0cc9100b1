"""Background cards: where they stand, and how they and their passages lead to each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import ARTICLE, Reader, Served

WIDTHS = (320, 390, 768, 1024, 1152, 1280, 1600, 2560)
BESIDE = tuple(width for width in WIDTHS if width >= 1152)
DRIFT = 120
"""Pixels that a card may stand below its passage."""

# Pairs of boxes that share more than a hairline: two cards, or a card and what it must not cover.
MEASURE = """() => {
  const box = (e) => e.getBoundingClientRect();
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const cards = [...document.querySelectorAll('.card')];
  const others = [...document.querySelectorAll(
    '.head > *, .story > p, .carded > p, .apparatus > section, .colophon')];
  const overlaps = [];
  cards.forEach((card, index) => {
    for (const other of [...cards.slice(index + 1), ...others])
      if (meet(box(card), box(other))) overlaps.push([card.id, other.id || other.className]);
  });
  const drifts = cards.map((card) => box(card).top
    - box(document.querySelector(`.passage[data-card="${card.id.slice(5)}"]`)).top);
  return {
    overlaps, cards: cards.length,
    highest: Math.min(...drifts), lowest: Math.max(...drifts),
    sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  };
}"""


@pytest.fixture
def crowd_reader(browser: Browser, crowd: Served) -> Iterator[Reader]:
    one = Reader(browser, crowd)
    yield one
    one.close()


def measured(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(MEASURE)
    return found


@pytest.mark.parametrize("width", WIDTHS)
class TestPlaces:
    def test_nothing_overlaps_in_the_demo(self, reader: Reader, width: int) -> None:
        found = measured(reader.open(width=width))
        assert found["cards"] >= 7
        assert (found["overlaps"], found["sideways"]) == ([], 0)

    def test_nothing_overlaps_in_a_crowd(self, crowd_reader: Reader, width: int) -> None:
        found = measured(crowd_reader.open("articles/crowd.html", width=width))
        assert found["cards"] == 20
        assert (found["overlaps"], found["sideways"]) == ([], 0)

    def test_nothing_overlaps_once_all_are_open(self, crowd_reader: Reader, width: int) -> None:
        page = crowd_reader.open("articles/crowd.html", width=width)
        for summary in page.locator(".card details:not([open]) > summary").all()[::-1]:
            summary.click()
        expect(page.locator(".card details[open]")).to_have_count(20)
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        found = measured(page)
        assert (found["overlaps"], found["sideways"]) == ([], 0)

    def test_nothing_overlaps_without_script(
        self, browser: Browser, crowd: Served, width: int
    ) -> None:
        reader = Reader(browser, crowd)
        page = reader.open("articles/crowd.html", width=width, java_script_enabled=False)
        boxes = [card.bounding_box() for card in page.locator(".card, .apparatus").all()]
        reader.close()
        ends = [box["y"] + box["height"] for box in boxes if box]
        starts = [box["y"] for box in boxes if box]
        assert len(starts) == 21
        assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


@pytest.mark.parametrize("width", BESIDE)
def test_cards_stand_beside_their_passages(
    reader: Reader, crowd_reader: Reader, width: int
) -> None:
    for page in (
        reader.open(width=width),
        crowd_reader.open("articles/crowd.html", width=width),
    ):
        found = measured(page)
        assert found["highest"] >= -1
        assert found["lowest"] <= DRIFT
        edge = page.evaluate("document.querySelector('.story').getBoundingClientRect().right")
        assert all(box["x"] > edge for box in map(_box, page.locator(".card").all()))


def test_cards_stand_on_the_left_where_text_runs_from_the_right(reader: Reader) -> None:
    page = reader.open(width=1600)
    page.evaluate("document.documentElement.dir = 'rtl'")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    edge = page.evaluate("document.querySelector('.story').getBoundingClientRect().left")
    assert all(box["x"] + box["width"] < edge for box in map(_box, page.locator(".card").all()))
    found = measured(page)
    assert (found["overlaps"], found["sideways"]) == ([], 0)


@pytest.mark.parametrize("width", [390, 768, 1024])
def test_cards_fold_after_their_paragraph_where_there_is_no_margin(
    reader: Reader, width: int
) -> None:
    page = reader.open(width=width)
    expect(page.locator(".card details[open]")).to_have_count(0)
    faults = page.evaluate("""() => [...document.querySelectorAll('.card')].filter((card) => {
      const paragraph = card.parentElement.querySelector('p').getBoundingClientRect();
      return card.getBoundingClientRect().top < paragraph.bottom;
    }).map((card) => card.id)""")
    assert faults == []


def test_a_marker_opens_its_folded_card(reader: Reader) -> None:
    page = reader.open(width=390)
    marker = page.locator(".passage-marker a").nth(2)
    card = page.locator(marker.get_attribute("href") or "")
    expect(card.locator(".card-body")).to_be_hidden()
    marker.click()
    expect(card.locator(".card-body")).to_be_visible()
    expect(card).to_be_in_viewport()


def test_an_address_with_a_card_opens_it(reader: Reader) -> None:
    page = reader.open(f"{reader.site.url}{ARTICLE}#card-visit-2019", width=390)
    expect(page.locator("#card-visit-2019 .card-body")).to_be_visible()


def test_what_the_reader_opened_stays_open(reader: Reader) -> None:
    page = reader.open(width=390)
    page.locator("#card-visit-2019 summary").click()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.set_viewport_size({"width": 390, "height": 900})
    expect(page.locator("#card-visit-2019 .card-body")).to_be_visible()
    expect(page.locator(".card details[open]")).to_have_count(1)


def test_card_and_passage_lead_to_each_other(reader: Reader) -> None:
    page = reader.open()
    for card in page.locator(".card").all():
        name = (card.get_attribute("id") or "").removeprefix("card-")
        assert page.locator(f".passage[data-card='{name}']").count() >= 1
        assert page.locator(f"#passage-{name}[href='#card-{name}']").count() == 1
        assert card.locator(f"a.back[href='#passage-{name}']").count() == 1


def test_card_and_passage_light_each_other_up(reader: Reader) -> None:
    page = reader.open()
    card = page.locator("#card-visit-2019")
    passage = page.locator(".passage[data-card=visit-2019]").last
    passage.hover()
    expect(card).to_have_attribute("data-lit", "")
    page.locator("h1").hover()
    expect(card).not_to_have_attribute("data-lit", "")
    card.hover()
    expect(passage).to_have_attribute("data-lit", "")
    page.locator("#passage-visit-2019").focus()
    expect(card).to_have_attribute("data-lit", "")
    page.locator(".nameplate a").focus()
    expect(card).not_to_have_attribute("data-lit", "")
    card.locator("summary").focus()
    expect(passage).to_have_attribute("data-lit", "")


def test_claim_and_marker_light_each_other_up(reader: Reader) -> None:
    page = reader.open()
    marker = page.locator(".claim-marker a").last
    name = marker.get_attribute("data-attribution-marker")
    pieces = page.locator(f".claim[data-attribution='{name}']")
    marker.hover()
    for piece in pieces.all():
        expect(piece).to_have_attribute("data-lit", "")
    page.locator("h1").hover()
    expect(pieces.first).not_to_have_attribute("data-lit", "")
    pieces.first.hover()
    expect(marker).to_have_attribute("data-lit", "")


def _box(card: Any) -> dict[str, float]:
    box: dict[str, float] | None = card.bounding_box()
    assert box
    return box
