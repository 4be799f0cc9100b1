"""The pop-up: how it opens, what it shows, how one leaves it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from .conftest import Reader

WAIT, GRACE = 500, 300
"""The milliseconds that popups.js promises."""

PUTIN = "#mention-vladimir-putin"
EVERY_TRIGGER = ".story .mention, .claim-marker a"


def popup(page: Page) -> Locator:
    return page.locator("#popup:popover-open")


def point_at(page: Page, target: Locator) -> None:
    """Move the pointer onto it as a hand does: in steps, the page at rest."""
    target.scroll_into_view_if_needed()
    box = target.evaluate("e => { const b = e.getClientRects()[0]; return [b.x, b.y, b.height]; }")
    page.mouse.move(box[0] + 4, box[1] + box[2] / 2)
    page.mouse.move(box[0] + 6, box[1] + box[2] / 2)


def with_clock(page: Page) -> Page:
    """The same page, its time standing still until it is told to run."""
    page.clock.install(time="2023-09-12T12:00:00")
    page.reload()
    page.clock.pause_at("2023-09-12T13:00:00")
    page.evaluate("dispatchEvent(new Event('focusin'))")
    expect(page.locator("#popup")).to_have_count(1)
    return page


class TestFirstMove:
    """The script that answers is sent for when a reader first comes near a mark."""

    def test_nothing_of_it_is_loaded_before(self, reader: Reader) -> None:
        page = reader.open()
        assert page.locator("[src*='reader.js'], [href*='reader.css']").count() == 0
        page.locator(PUTIN).hover()
        expect(page.locator("head script[src*='reader.js']")).to_have_count(1)
        expect(page.locator("head link[href*='reader.css']")).to_have_count(1)

    def test_a_pointer_that_rests_is_answered(self, reader: Reader) -> None:
        page = reader.open()
        page.locator(PUTIN).hover()
        expect(popup(page)).to_have_attribute("aria-label", "Vladimir Putin")

    def test_a_click_is_not_lost_while_it_comes(self, reader: Reader) -> None:
        page = reader.open()
        held = []
        page.route("**/js/reader.js*", lambda one: held.append(one))
        with page.expect_request("**/js/reader.js*"):
            page.locator(PUTIN).click()
        expect(popup(page)).to_have_count(0)
        held[0].continue_()
        expect(popup(page)).to_have_attribute("aria-label", "Vladimir Putin")
        assert "#" not in page.url

    def test_focus_is_answered(self, reader: Reader) -> None:
        page = reader.open()
        page.locator(".skip").focus()
        page.keyboard.press("Tab")
        page.locator(PUTIN).focus()
        expect(popup(page)).to_have_attribute("aria-label", "Vladimir Putin")

    def test_where_it_does_not_come_a_link_is_a_link(self, reader: Reader) -> None:
        page = reader.open()
        page.route("**/js/reader.js*", lambda one: one.abort())
        page.locator(PUTIN).click()
        expect(page.locator("#entry-vladimir-putin:target")).to_be_in_viewport()
        reader.complaints.clear()


class TestPointer:
    def test_opens_after_the_wait_and_not_before(self, reader: Reader) -> None:
        page = with_clock(reader.open())
        point_at(page, page.locator(PUTIN))
        page.clock.run_for(WAIT - 1)
        expect(popup(page)).to_have_count(0)
        page.clock.run_for(1)
        expect(popup(page)).to_have_attribute("aria-label", "Vladimir Putin")
        expect(popup(page)).to_contain_text("President of Russia")

    def test_closes_after_the_grace_and_not_before(self, reader: Reader) -> None:
        page = with_clock(reader.open())
        point_at(page, page.locator(PUTIN))
        page.clock.run_for(WAIT)
        page.mouse.move(2, 2)
        page.clock.run_for(GRACE - 1)
        expect(popup(page)).to_have_count(1)
        page.clock.run_for(1)
        expect(popup(page)).to_have_count(0)

    def test_may_enter_the_pop_up(self, reader: Reader) -> None:
        page = with_clock(reader.open())
        point_at(page, page.locator(PUTIN))
        page.clock.run_for(WAIT)
        popup(page).hover()
        page.clock.run_for(10 * GRACE)
        expect(popup(page)).to_have_count(1)
        page.mouse.move(2, 2)
        page.clock.run_for(GRACE)
        expect(popup(page)).to_have_count(0)

    def test_passing_over_opens_nothing(self, reader: Reader) -> None:
        page = with_clock(reader.open())
        point_at(page, page.locator(PUTIN))
        page.clock.run_for(WAIT - 1)
        page.mouse.move(2, 2)
        page.clock.run_for(10 * WAIT)
        expect(popup(page)).to_have_count(0)

    def test_nothing_opens_while_the_page_scrolls(self, reader: Reader) -> None:
        page = with_clock(reader.open())
        point_at(page, page.locator(PUTIN))
        page.evaluate("new Promise((done) => { onscroll = done; scrollBy(0, 3); }).then(() => 0)")
        page.clock.run_for(10 * WAIT)
        expect(popup(page)).to_have_count(0)

    def test_a_click_pins_and_another_closes(self, reader: Reader) -> None:
        page = with_clock(reader.open())
        page.locator(PUTIN).click()
        expect(popup(page)).to_have_count(1)
        page.mouse.move(2, 2)
        page.clock.run_for(10 * GRACE)
        expect(popup(page)).to_have_count(1)
        page.locator(PUTIN).click()
        expect(popup(page)).to_have_count(0)

    def test_a_click_elsewhere_closes(self, reader: Reader) -> None:
        page = reader.open()
        page.locator(PUTIN).click()
        page.locator("h1").click()
        expect(popup(page)).to_have_count(0)

    @pytest.mark.parametrize("modifier", ["Control", "Shift", "Alt"])
    def test_with_a_modifier_it_stays_a_link(self, reader: Reader, modifier: str) -> None:
        page = reader.open()
        page.evaluate("addEventListener('click', (e) => { window.kept = !e.defaultPrevented; })")
        page.evaluate("addEventListener('click', (e) => e.preventDefault())")
        page.locator(PUTIN).click(modifiers=[modifier])  # type: ignore[list-item]
        assert page.evaluate("window.kept") is True
        expect(popup(page)).to_have_count(0)

    def test_control_click_opens_the_note_in_a_tab(self, reader: Reader) -> None:
        page = with_clock(reader.open())
        with page.context.expect_page() as opened:
            page.locator(PUTIN).click(modifiers=["Control"])
        assert opened.value.url.endswith("#entry-vladimir-putin")
        page.clock.run_for(10 * WAIT)
        expect(popup(page)).to_have_count(0)

    def test_a_quiet_mention_opens_too(self, reader: Reader) -> None:
        page = with_clock(reader.open())
        point_at(page, page.locator("span.mention[data-entry=kim-jong-un]").first)
        page.clock.run_for(WAIT)
        expect(popup(page)).to_have_attribute("aria-label", "Kim Jong Un")

    @pytest.mark.parametrize("width", [700, 1280])
    def test_covers_neither_its_mention_nor_the_edge(self, reader: Reader, width: int) -> None:
        page = reader.open(width=width, reduced_motion="reduce")
        faults = []
        for trigger in page.locator(EVERY_TRIGGER).all():
            trigger.evaluate("e => e.scrollIntoView({ block: 'center' })")
            trigger.dispatch_event("click", {"detail": 1})
            box, own = popup(page).bounding_box(), trigger.bounding_box()
            assert box
            assert own
            inside = box["x"] >= 0 and box["x"] + box["width"] <= width
            inside = inside and box["y"] >= 0 and box["y"] + box["height"] <= 900
            clear = own["y"] + own["height"] <= box["y"] or box["y"] + box["height"] <= own["y"]
            if not (inside and clear):
                faults.append((trigger.inner_text(), own, box))
            page.keyboard.press("Escape")
        assert faults == []


class TestKeyboard:
    def tab_to(self, page: Page, selector: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        pytest.fail(f"no {selector} within sixty tab stops")

    def test_focus_opens_and_the_link_says_so(self, reader: Reader) -> None:
        page = reader.open()
        link = page.locator(PUTIN)
        expect(link).to_have_attribute("aria-expanded", "false")
        self.tab_to(page, PUTIN)
        expect(popup(page)).to_have_attribute("aria-label", "Vladimir Putin")
        expect(link).to_have_attribute("aria-expanded", "true")
        expect(link).to_have_attribute("aria-details", "popup")

    def test_the_next_stop_is_the_next_mark_in_the_text(self, reader: Reader) -> None:
        page = reader.open()
        self.tab_to(page, "a.mention")
        stops = page.locator(".story p :is(a, button)").evaluate_all(
            "found => found.filter(e => !e.closest('.card')).map(e => e.id)"
        )
        reached = [page.evaluate("document.activeElement.id")]
        while len(reached) < 6:
            page.keyboard.press("Tab")
            if page.evaluate("!document.activeElement.closest('.card')"):
                reached.append(page.evaluate("document.activeElement.id"))
        assert reached == stops[:6]

    def test_focus_leaving_closes(self, reader: Reader) -> None:
        page = reader.open()
        self.tab_to(page, PUTIN)
        expect(popup(page)).to_have_attribute("aria-label", "Vladimir Putin")
        page.locator(".nameplate a").focus()
        expect(popup(page)).to_have_count(0)
        expect(page.locator(PUTIN)).to_have_attribute("aria-expanded", "false")

    def test_enter_moves_in_and_escape_back_out(self, reader: Reader) -> None:
        page = reader.open()
        self.tab_to(page, PUTIN)
        page.keyboard.press("Enter")
        expect(popup(page)).to_be_focused()
        page.keyboard.press("Escape")
        expect(popup(page)).to_have_count(0)
        expect(page.locator(PUTIN)).to_be_focused()
        assert page.url.endswith(".html")

    def test_enter_moves_in_where_the_browser_counts_it_as_a_click(self, reader: Reader) -> None:
        """Firefox says 1, as for the mouse, where others say that a key makes no clicks."""
        page = reader.open()
        page.locator(PUTIN).focus()
        page.locator(PUTIN).dispatch_event("keydown", {"key": "Enter"})
        page.locator(PUTIN).dispatch_event("click", {"detail": 1})
        expect(popup(page)).to_be_focused()

    def test_enter_before_the_script_is_there_moves_in_all_the_same(self, reader: Reader) -> None:
        page = reader.open()
        held: list[Route] = []
        page.route("**/js/reader.js*", lambda one: held.append(one))
        with page.expect_request("**/js/reader.js*"):
            page.locator(PUTIN).focus()
        page.locator(PUTIN).dispatch_event("keydown", {"key": "Enter"})
        page.locator(PUTIN).dispatch_event("click", {"detail": 1})
        page.locator(PUTIN).dispatch_event("keyup", {"key": "Enter"})
        held[0].continue_()
        expect(popup(page)).to_be_focused()

    def test_escape_closes_what_focus_opened(self, reader: Reader) -> None:
        page = reader.open()
        self.tab_to(page, PUTIN)
        page.keyboard.press("Escape")
        expect(popup(page)).to_have_count(0)
        expect(page.locator(PUTIN)).to_be_focused()

    def test_past_its_end_the_text_goes_on(self, reader: Reader) -> None:
        page = reader.open()
        self.tab_to(page, PUTIN)
        page.keyboard.press("Tab")
        after = page.evaluate("document.activeElement.id")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        expect(popup(page)).to_be_focused()
        inner = popup(page).locator("a[href], button:visible").count()
        for _ in range(inner):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.closest('#popup') !== null")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == after
        expect(page.locator(PUTIN)).to_have_attribute("aria-expanded", "false")

    def test_quiet_mentions_are_no_stops(self, reader: Reader) -> None:
        page = reader.open()
        quiet = page.locator("span.mention")
        assert quiet.count() > 20
        assert quiet.evaluate_all("found => found.filter(e => e.tabIndex >= 0).length") == 0


class TestWithin:
    def test_another_entry_replaces_it_in_place_and_back_returns(self, reader: Reader) -> None:
        page = reader.open()
        page.locator(PUTIN).click()
        before = popup(page).bounding_box()
        assert before
        popup(page).get_by_role("link", name="Russia", exact=True).click()
        expect(popup(page)).to_have_attribute("aria-label", "Russia")
        after = popup(page).bounding_box()
        assert after
        above = page.locator("#popup").get_attribute("data-side") == "above"
        old, new = (  # the edge that is at the mention
            (box["x"], box["y"] + (box["height"] if above else 0)) for box in (before, after)
        )
        assert new == pytest.approx(old, abs=1)
        popup(page).get_by_role("button", name="Back").click()
        expect(popup(page)).to_have_attribute("aria-label", "Vladimir Putin")
        expect(popup(page).get_by_role("button", name="Back")).to_be_hidden()

    def test_escape_goes_one_level_back(self, reader: Reader) -> None:
        page = reader.open()
        page.locator(PUTIN).focus()
        page.keyboard.press("Enter")
        popup(page).get_by_role("link", name="Russia", exact=True).click()
        page.keyboard.press("Escape")
        expect(popup(page)).to_have_attribute("aria-label", "Vladimir Putin")
        page.keyboard.press("Escape")
        expect(popup(page)).to_have_count(0)
        expect(page.locator(PUTIN)).to_be_focused()

    def test_is_at_most_three_deep(self, reader: Reader) -> None:
        page = reader.open()
        page.locator(PUTIN).click()
        for _ in range(2):
            popup(page).locator(".note-text a[href^='#entry-']").first.click()
            expect(popup(page)).to_have_count(1)
        last = popup(page).locator(".note-text a[href^='#entry-']").first
        target = last.get_attribute("href")
        last.click()
        expect(popup(page)).to_have_count(0)
        assert target
        assert page.url.endswith(target)

    def test_a_claim_shows_who_makes_it(self, reader: Reader) -> None:
        page = reader.open()
        marker = page.locator(".claim-marker a").last
        marker.click()
        expect(popup(page)).to_contain_text("Andrei Lankov")
        expect(popup(page)).to_contain_text("expert")
        expect(popup(page)).to_contain_text("The greatest concern of the Russian government")

    def test_a_person_has_the_role_of_the_article_s_date(self, reader: Reader) -> None:
        """He is the spokesperson no longer; when the article was written, he was."""
        page = reader.open()
        page.locator("#mention-matthew-miller").click()
        role = popup(page).locator(".note-role")
        expect(role).to_have_text("Spokesperson of the US State Department")
        page.goto(reader.site.url + "glossary/matthew-miller.html")
        expect(page.locator(".note-role")).to_contain_text("2023–2025")

    def test_every_mark_has_something_to_show(self, reader: Reader) -> None:
        page = reader.open()
        for trigger in page.locator(EVERY_TRIGGER).all():
            trigger.dispatch_event("click", {"detail": 1})
            assert len(popup(page).locator(".popup-body").inner_text()) > 20
            page.keyboard.press("Escape")
            expect(popup(page)).to_have_count(0)

    def test_repeats_no_id_of_the_page(self, reader: Reader) -> None:
        page = reader.open()
        page.locator(PUTIN).click()
        ids = page.locator("[id]").evaluate_all("found => found.map(e => e.id)")
        assert len(ids) == len(set(ids))

    def test_close_gives_the_focus_back(self, reader: Reader) -> None:
        page = reader.open()
        page.locator(PUTIN).focus()
        page.keyboard.press("Enter")
        popup(page).get_by_role("button", name="Close").click()
        expect(popup(page)).to_have_count(0)
        expect(page.locator(PUTIN)).to_be_focused()


class TestPhone:
    def test_a_tap_opens_a_sheet_at_the_lower_edge(self, reader: Reader) -> None:
        page = reader.open(width=390, height=844, has_touch=True)
        page.locator(PUTIN).tap()
        box = popup(page).bounding_box()
        assert box
        assert (box["x"], box["width"]) == (0, 390)
        assert box["y"] + box["height"] == pytest.approx(844, abs=1)

    def test_the_sheet_leaves_its_mention_in_sight(self, reader: Reader) -> None:
        page = reader.open(width=390, height=844, has_touch=True, reduced_motion="reduce")
        for trigger in page.locator(EVERY_TRIGGER).all()[:30]:
            trigger.evaluate("e => e.scrollIntoView({ block: 'end' })")
            trigger.dispatch_event("click", {"detail": 1})
            box, own = popup(page).bounding_box(), trigger.bounding_box()
            assert box
            assert own
            assert own["y"] + own["height"] <= box["y"]
            page.keyboard.press("Escape")

    def test_a_tap_on_a_quiet_mention_and_one_elsewhere(self, reader: Reader) -> None:
        page = reader.open(width=390, height=844, has_touch=True)
        page.locator("span.mention[data-entry=kim-jong-un]").first.tap()
        expect(popup(page)).to_have_attribute("aria-label", "Kim Jong Un")
        page.touchscreen.tap(3, 300)
        expect(popup(page)).to_have_count(0)
