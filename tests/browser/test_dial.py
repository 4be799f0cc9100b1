"""The reader's dial: which mentions are marked, how long notes are, which names are known."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import ARTICLE, Reader
from .test_standards import violations
from .test_ways_of_reading import style

PUTIN = "#mention-vladimir-putin"
QUIET = "span.mention[data-entry=kim-jong-un] >> nth=0"


def dial(page: Page) -> Locator:
    page.get_by_role("button", name="Reading").click()
    return page.locator("#dial:popover-open")


def turn(page: Page, label: str) -> None:
    panel = dial(page)
    panel.get_by_label(label, exact=True).check()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def is_marked(mention: Locator) -> bool:
    return style(mention, "text-decoration-line") == "underline"


def know(page: Page) -> None:
    page.locator(PUTIN).click()
    page.locator("#popup").get_by_role("button", name="I know this").click()


class TestMarks:
    def test_first_mentions_are_marked_unless_the_reader_says_otherwise(
        self, reader: Reader
    ) -> None:
        page = reader.open()
        assert (is_marked(page.locator(PUTIN)), is_marked(page.locator(QUIET))) == (True, False)
        expect(dial(page).get_by_label("First mention")).to_be_checked()

    def test_off_leaves_the_article_alone(self, reader: Reader) -> None:
        page = reader.open()
        turn(page, "Off")
        assert not any(map(is_marked, page.locator(".story .mention").all()[:20]))
        assert page.locator(".story a[href]:visible").count() == 0
        assert page.locator(".card:visible, .story sup:visible").count() == 0
        page.locator(PUTIN).click(force=True)
        expect(page.locator("#popup")).to_be_hidden()

    def test_every_mention_is_marked_and_a_key_opens_each(self, reader: Reader) -> None:
        page = reader.open()
        turn(page, "Every mention")
        quiet = page.locator(QUIET)
        assert is_marked(quiet)
        quiet.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#popup")).to_be_focused()
        expect(quiet).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Escape")
        expect(quiet).to_be_focused()

    def test_it_is_kept_for_every_page_and_there_at_the_first_paint(self, reader: Reader) -> None:
        page = reader.open()
        turn(page, "Off")
        page.evaluate("localStorage.length")
        page.goto(reader.site.url + "index.html")
        # Only the script of the head: what the page looks like before any other has run.
        page.route("**/js/*.js*", lambda one: one.continue_() if "early" in one.request.url
                   else one.fulfill(content_type="text/javascript", body=""))  # fmt: skip
        page.goto(reader.site.url + ARTICLE)
        assert not is_marked(page.locator(PUTIN))
        expect(page.locator(".card").first).to_be_hidden()


class TestKnown:
    def test_its_marks_go_everywhere_and_it_is_no_stop(self, reader: Reader) -> None:
        page = reader.open()
        know(page)
        assert not any(map(is_marked, page.locator(".mention[data-entry=vladimir-putin]").all()))
        assert page.locator(".mention[data-entry=vladimir-putin][href]").count() == 0
        assert is_marked(page.locator("#mention-kim-jong-un"))
        page.reload()
        assert not is_marked(page.locator(PUTIN))
        expect(page.locator(PUTIN)).not_to_have_attribute("href", "#entry-vladimir-putin")

    def test_there_is_a_way_back_in_place_and_one_in_the_dial(self, reader: Reader) -> None:
        page = reader.open()
        know(page)
        page.locator("#popup").get_by_role("button", name="Mark it again").click()
        assert is_marked(page.locator(PUTIN))
        page.locator("#popup").get_by_role("button", name="I know this").click()
        page.locator("#popup").get_by_role("button", name="Close").click()
        panel = dial(page)
        panel.get_by_role("button", name="Vladimir Putin").click()
        expect(panel.get_by_role("button")).to_have_count(0)
        assert is_marked(page.locator(PUTIN))
        expect(page.locator(PUTIN)).to_have_attribute("href", "#entry-vladimir-putin")

    def test_a_claim_is_nothing_to_know(self, reader: Reader) -> None:
        page = reader.open()
        page.locator(".claim-marker a").first.click()
        expect(page.locator(".popup-know")).to_be_hidden()

    def test_the_name_alone_is_hidden_before_any_other_script_runs(self, reader: Reader) -> None:
        page = reader.open()
        know(page)
        page.route("**/js/*.js*", lambda one: one.continue_() if "early" in one.request.url
                   else one.fulfill(content_type="text/javascript", body=""))  # fmt: skip
        page.reload()
        assert not is_marked(page.locator(PUTIN))
        assert is_marked(page.locator("#mention-kim-jong-un"))


class TestNotes:
    def test_short_ones_leave_out_map_and_sources_and_fold_the_cards(self, reader: Reader) -> None:
        page = reader.open()
        expect(page.locator(".card details[open]")).not_to_have_count(0)
        turn(page, "Short")
        expect(page.locator(".card details[open]")).to_have_count(0)
        page.locator("#mention-vladivostok").click()
        expect(page.locator("#popup .note-text")).to_be_visible()
        expect(page.locator("#popup .note-more")).to_be_hidden()
        page.keyboard.press("Escape")
        turn(page, "Full")
        page.locator("#mention-vladivostok").click()
        expect(page.locator("#popup .map")).to_be_visible()


class TestWhereNothingIsKept:
    @pytest.mark.parametrize(
        "fault",
        [
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })",
            "Storage.prototype.setItem = () => { throw new Error('full'); }",
            "Storage.prototype.getItem = () => '{broken'",
            "Storage.prototype.getItem = () => 'null'",
        ],
    )
    def test_it_works_as_long_as_the_page_does(self, reader: Reader, fault: str) -> None:
        page = reader.open()
        page.add_init_script(fault)
        page.reload()
        know(page)
        assert not is_marked(page.locator(PUTIN))
        page.keyboard.press("Escape")
        turn(page, "Every mention")
        assert is_marked(page.locator(QUIET))

    def test_from_disk(self, reader: Reader) -> None:
        page = reader.open((reader.site.folder / ARTICLE).as_uri())
        turn(page, "Off")
        assert not is_marked(page.locator("#mention-kim-jong-un"))

    def test_without_script_there_is_no_dial(self, reader: Reader) -> None:
        page = reader.open(java_script_enabled=False)
        expect(page.locator("#dial-button")).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_it_breaks_no_rule_and_fits(reader: Reader, scheme: str, width: int) -> None:
    page = reader.open(width=width, color_scheme=scheme, reduced_motion="reduce")
    know(page)
    page.keyboard.press("Escape")
    box = dial(page).bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert violations(page) == []
