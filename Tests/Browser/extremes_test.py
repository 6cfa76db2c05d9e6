"""The dashboard in states that a real daemon reaches rarely: hostile names, crowds, a stream that breaks, refusals."""

import json
import unittest
import urllib.parse

import scenes
from browser import DESKTOP, PHONE, BrowserTest
from mock_daemon import MockDaemon, Refused

EVENT, DEAD = "evt_00000052", "dlv_00000091"
PAGES = {
    "overview": "",
    "events": "events",
    "event": f"events/{EVENT}",
    "chats": "chats",
    "chat": "chats/chat009f540d7c",
    "deliveries": "deliveries",
    "delivery": f"deliveries/{DEAD}",
    "endpoints": "endpoints",
    "endpoint": "endpoints/ops",
    "removed-endpoint": "endpoints/old-crm",
}

# Every text that stands on the page, against the first opaque background under it: what falls short of WCAG AA.
CONTRAST = """() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgb = (color) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const luminance = ([r, g, b]) => [r, g, b].map((c) => c / 255)
        .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((sum, c, index) => sum + c * [0.2126, 0.7152, 0.0722][index], 0);
    const ground = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const color = rgb(getComputedStyle(at).backgroundColor);
            if (color[3] === 255) return color;
        }
        return [255, 255, 255];
    };
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const element = texts.currentNode.parentElement;
        if (!texts.currentNode.data.trim() || !element.getClientRects().length || element.closest('noscript')) continue;
        const style = getComputedStyle(element);
        const ink = rgb(element instanceof SVGElement ? style.fill : style.color);
        const [light, dark] = [luminance(ink), luminance(ground(element))].sort((a, b) => b - a);
        const size = parseFloat(style.fontSize), large = size >= 24 || size >= 18.66 && style.fontWeight >= 700;
        const ratio = (light + 0.05) / (dark + 0.05);
        if (ratio < (large ? 3 : 4.5)) found.push(`${ratio.toFixed(2)} ${texts.currentNode.data.slice(0, 40)}`);
    }
    return found;
}"""


class MockTest(BrowserTest):
    def serve(self, world, base="/"):
        daemon = MockDaemon(world, base)
        self.addCleanup(daemon.close)
        return daemon

    def asked(self, world, method):
        return [(path, body) for verb, path, body in world.asked if verb == method]


class AppearanceTest(MockTest):
    def test_every_page_is_drawn_in_both_themes(self):
        daemon = self.serve(scenes.bad_night())
        for theme in ("light", "dark"):
            for size, viewport in (("desktop", DESKTOP), ("phone", PHONE)):
                page = self.open(daemon.url, viewport=viewport, color_scheme=theme)
                for name, path in PAGES.items():
                    with self.subTest(theme=theme, size=size, page=name):
                        page.goto(f"{daemon.url}#/{path}")
                        page.wait_for_function("() => !document.querySelector('main').hasAttribute('aria-busy')")
                        self.assert_no_horizontal_scroll(page, name)
                        self.assertEqual(page.evaluate(CONTRAST), [], f"{name} is hard to read")
                        self.shoot(page, f"{name}-{theme}-{size}")
                page.context.close()

    def test_the_theme_button_overrides_the_system_and_is_remembered(self):
        page = self.open(self.serve(scenes.quiet_day()).url, color_scheme="dark")
        paper = lambda: page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        dark = paper()
        page.get_by_role("button", name="Theme").click()
        self.assertNotEqual(paper(), dark)
        page.reload()
        page.locator("h1").wait_for()
        self.assertNotEqual(paper(), dark)
        self.assertEqual(page.get_by_role("button", name="Theme").inner_text(), "Theme: light")

    def test_reduced_motion_is_respected(self):
        daemon = self.serve(scenes.quiet_day())
        page = self.open(daemon.url, reduced_motion="reduce")
        page.get_by_text("Live", exact=True).wait_for()
        daemon.world.add_event("chat009f540d7c", "chat.muted", {"field": "chatBannedType", "from": 0, "to": 1})
        page.locator("tr.fresh").first.wait_for()
        self.assertEqual(page.evaluate("document.getAnimations().length"), 0)

    def test_a_crowd_fits_every_screen(self):
        daemon = self.serve(scenes.crowd())
        for viewport in (DESKTOP, PHONE):
            page = self.open(daemon.url, viewport=viewport)
            page.get_by_role("button", name="24 h").click()
            page.get_by_text("No budget to burn down").wait_for()
            page.get_by_text("7 others").wait_for()
            for path in ("", "chats", "chats?search=Group", "chats/chat0000", "endpoints", "events"):
                page.goto(f"{daemon.url}#/{path}")
                page.locator("h1").first.wait_for()
                self.assert_no_horizontal_scroll(page, path)

    def test_a_quiet_day_says_so(self):
        page = self.open(self.serve(scenes.quiet_day()).url)
        self.assertEqual(page.locator("h1").inner_text(), "Healthy")
        page.get_by_text("nothing is due").wait_for()
        self.shoot(page, "quiet-day")


class BeginningTest(MockTest):
    def setUp(self):
        super().setUp()
        self.daemon = self.serve(scenes.first_minute())
        self.world = self.daemon.world

    def test_the_first_minute_is_drawn_as_points_and_explained(self):
        for theme in ("light", "dark"):
            for size, viewport in (("desktop", DESKTOP), ("phone", PHONE)):
                page = self.open(self.daemon.url, viewport=viewport, color_scheme=theme)
                page.get_by_text("Only the first minute is over yet, and shown as points.").wait_for()
                # Read in one go: a plot that is drawn anew between two questions has lost the points of the first.
                plot = page.locator("time-plot").filter(has_text="Events and deliveries")
                widths = plot.evaluate("""(plot) => [...plot.querySelectorAll('svg[role=img] circle')]
                    .map((dot) => dot.getBoundingClientRect().width)""")
                self.assertEqual(len(widths), 3)
                self.assertGreater(min(widths), 5)
                self.shoot(page, f"first-minute-{theme}-{size}")
                page.context.close()
        self.world.history = scenes.history(points=30, failing=False)
        page = self.open(self.daemon.url)
        page.locator("time-plot").first.wait_for()
        self.assertEqual(page.locator(".note").count(), 0)
        self.assertEqual(page.locator("time-plot").first.locator("svg[role=img] circle").count(), 0)

    def test_before_the_first_minute_the_plots_say_why_they_are_empty(self):
        self.world.history = []
        page = self.open(self.daemon.url)
        page.get_by_text("The first minute is not over yet.").wait_for()

    def test_an_endpoint_that_fails_at_times_does_not_look_healthy(self):
        page = self.open(self.daemon.url)
        row = page.get_by_role("row", name="ops")
        self.assertRegex(row.inner_text(), r"2 failures since \S+: status 503")
        self.assertEqual(row.locator(".state.warn").inner_text(), "active")
        self.assertIn("1 with failures", page.locator(".figures .warn").inner_text())
        self.assertEqual(page.locator("tr", has_text="audit").locator(".state.good").count(), 1)

    def test_what_waits_is_tried_now_when_asked(self):
        for condition in ("active", "failing"):
            with self.subTest(condition=condition):
                self.world.endpoints["ops"].update(state=condition, failures=2)
                self.world.asked.clear()
                page = self.open(self.daemon.url, "endpoints")
                page.get_by_role("button", name="Try now: ops").click()
                page.get_by_role("status").filter(has_text="ops: all that waits is due now").wait_for()
                self.assertEqual(self.asked(self.world, "POST"), [("endpoints/ops/resume", None)])
        self.assertEqual(page.get_by_role("button", name="Try now: audit").count(), 0)
        self.world.endpoints["ops"].update(failures=0, failingSince=None, reason=None)
        page = self.open(self.daemon.url, "endpoints")
        self.assertEqual(page.get_by_role("button", name="Try now").count(), 0)


class WaitingTest(MockTest):
    """A pending delivery's page says what it waits for."""

    def setUp(self):
        super().setUp()
        self.daemon = self.serve(scenes.first_minute())
        self.world = self.daemon.world
        self.first, self.second = [d for d in self.world.deliveries if d["state"] == "pending"]

    def waits(self, delivery):
        page = self.open(self.daemon.url, f"deliveries/{delivery['id']}")
        text = page.get_by_text("Waits for ").inner_text()
        self.shoot(page, "waiting")
        page.context.close()
        return text

    def test_for_its_next_try(self):
        self.assertRegex(self.waits(self.first), r"^Waits for its next try, in \d+ s\.\s*$")

    def test_behind_an_earlier_one_of_its_chat(self):
        text = self.waits(self.second)
        self.assertIn(f"1 earlier of its chat, the first of which is {self.first['id']}, tried 2 times", text)
        self.assertIn("status 503", text)

    def test_for_nothing_before_it_where_no_order_is_kept(self):
        self.world.endpoints["ops"]["ordering"] = "none"
        self.assertRegex(self.waits(self.second), r"its first try, in \d+ s")

    def test_for_a_probe_of_a_failing_endpoint(self):
        self.world.endpoints["ops"].update(state="failing", probeAt=scenes.moment(95))
        self.assertRegex(self.waits(self.second), r"failing: only probes go out, the next in 1 min 3\d s")

    def test_for_an_endpoint_that_is_held_or_gone(self):
        for change, expected in (
            ({"state": "paused"}, "paused, to be resumed"),
            ({"state": "disabled", "reason": "status 410"}, "disabled, to be resumed. status 410"),
            ({"configured": False}, "configured no more"),
        ):
            with self.subTest(expected):
                self.world.endpoints["ops"].update(change)
                self.assertIn(expected, " ".join(self.waits(self.first).split()))

    def test_for_its_turn_once_it_is_due(self):
        self.first["dueAt"] = scenes.moment(-5)
        self.assertRegex(self.waits(self.first), r"its turn: it is due\. 2 failures since")

    def test_the_last_try_is_told_in_the_list_too(self):
        page = self.open(self.daemon.url, "deliveries")
        row = page.locator("tr", has_text="status 503")
        self.assertEqual(row.count(), 1)
        self.assertEqual(row.get_by_role("link", name="Release train").count(), 1)
        self.world.deliveries[0]["chat"] = None
        page.reload()
        page.locator("tbody tr").first.wait_for()
        self.assertEqual(page.locator("tbody tr").last.locator("td").nth(1).inner_text(), "–")


class PhoneTest(MockTest):
    def test_what_a_desktop_shows_a_phone_shows_as_cards(self):
        daemon = self.serve(scenes.bad_night())
        page = self.open(daemon.url, "endpoints", PHONE)
        card = page.get_by_role("row", name="ops")
        for title in ("Waiting", "Oldest due", "Delivered", "Dead"):
            self.assertIn(title, self.titles(card))
        for verb in ("Test", "Pause", "Try now:"):
            self.assertTrue(page.get_by_role("button", name=f"{verb} ops", exact=True).is_visible(), verb)
        page.goto(f"{daemon.url}#/chats")
        page.get_by_role("button", name="Poll now: Board", exact=True).click()
        page.get_by_role("status").filter(has_text="Poll of Board").wait_for()

    def titles(self, card):
        return card.evaluate("""(row) => [...row.cells].filter((cell) => cell.getClientRects().length)
            .map((cell) => getComputedStyle(cell, '::before').content).join(' ')""")

    def test_the_header_stays_on_two_lines(self):
        page = self.open(self.serve(scenes.bad_night()).url, viewport=PHONE)
        page.get_by_text("Live", exact=True).wait_for()
        tops = [page.locator(one).bounding_box() for one in (".brand", "#theme", ".signals")]
        middles = [box["y"] + box["height"] / 2 for box in tops]
        self.assertLess(max(middles) - min(middles), 4)
        self.assertEqual(page.get_by_role("button", name="Theme: system").count(), 1)


class HostileTest(MockTest):
    def test_names_that_mean_harm_stay_text(self):
        daemon = self.serve(scenes.hostile())
        strange = [
            identity.replace('"', "%22").replace("<", "%3C").replace(">", "%3E") for identity in daemon.world.chats
        ]
        paths = [
            "",
            "events",
            "chats",
            "deliveries",
            "endpoints",
            "endpoints/ops",
            *(f"chats/{one}" for one in strange),
        ]
        paths += [f"events/{event['id']}" for event in daemon.world.events]
        paths += [f"deliveries/{delivery['id']}" for delivery in daemon.world.deliveries]
        for viewport in (DESKTOP, PHONE):
            page = self.open(daemon.url, viewport=viewport)
            for path in paths:
                with self.subTest(path=path, width=viewport["width"]):
                    page.goto(f"{daemon.url}#/{path}")
                    page.wait_for_function("() => !document.querySelector('main').hasAttribute('aria-busy')")
                    for closed in page.locator("summary").all():
                        closed.click()
                    text = page.evaluate("document.body.textContent")
                    self.assertRegex(text, r"onerror=|\\u202E")
                    self.assertEqual(
                        page.evaluate("document.querySelectorAll('main img, main script, main i').length"), 0
                    )
                    for steering in "\u202e\u2066\u0007":
                        self.assertNotIn(steering, text)
                    self.assertNotIn("owned", page.title().replace("'owned'", "").replace('"owned"', ""))
                    self.assert_no_horizontal_scroll(page, path)
            self.shoot(page, f"hostile-{viewport['width']}")

    def test_a_name_of_ten_thousand_characters_can_be_read_in_full_but_not_in_lists(self):
        daemon = self.serve(scenes.hostile())
        page = self.open(daemon.url, "chats")
        self.assertLess(len(page.locator("main").inner_text()), 1500)
        page.goto(f"{daemon.url}#/chats/chat2%22%3E%3Ci%3E")
        page.get_by_role("heading", name="Snapshot").wait_for()
        self.assertIn(scenes.LONG.strip(), page.locator("main").inner_text())


class LiveTest(MockTest):
    def setUp(self):
        super().setUp()
        self.daemon = self.serve(scenes.quiet_day())
        self.world = self.daemon.world
        self.page = self.open(self.daemon.url)
        self.page.get_by_text("Live", exact=True).wait_for()

    def rename(self, to):
        self.world.add_event("chat009f540d7c", "chat.renamed", {"field": "name", "from": "Board", "to": to})

    def rows(self):
        return self.page.get_by_role("table", name="Events, newest first").locator("tbody tr")

    def test_events_and_health_appear_by_themselves(self):
        self.rename("Board of 2026")
        self.page.get_by_role("link", name="Board of 2026").wait_for()
        self.assertIn("Board of 2026", self.rows().first.inner_text())
        self.world.health = {"state": "failing", "reasons": ["the store is full"]}
        self.world.tell_status()
        self.page.get_by_text("the store is full").wait_for()
        self.assertTrue(self.page.title().startswith("Failing"), self.page.title())

    def test_a_broken_stream_is_said_and_resumed_where_it_stopped(self):
        self.expected += ["ERR_CONNECTION", "ERR_INCOMPLETE", "ERR_EMPTY_RESPONSE"]
        self.rename("before")
        self.page.get_by_role("link", name="before").wait_for()
        seen = len(self.world.events)
        port = self.daemon.port
        self.daemon.close()
        self.page.get_by_text("Reconnecting").wait_for()
        self.page.get_by_text("last known: Healthy", exact=True).wait_for()
        self.page.get_by_role("heading", name="Last known: Healthy").wait_for()
        self.shoot(self.page, "reconnecting")
        self.rename("meanwhile")
        self.daemon.open(port)
        self.page.get_by_role("link", name="meanwhile").wait_for()
        self.page.get_by_text("Live", exact=True).wait_for()
        self.assertEqual(self.world.resumed[-1], str(seen))
        self.assertEqual(self.page.get_by_role("link", name="meanwhile").count(), 1)

    def test_the_list_can_be_held(self):
        self.page.get_by_role("button", name="Hold").click()
        before = self.rows().first.inner_text()
        for name in ("one", "two", "three"):
            self.rename(name)
        self.page.get_by_role("button", name="Continue (3 new)").wait_for()
        self.assertEqual(self.rows().first.inner_text(), before)
        self.page.get_by_role("button", name="Continue").click()
        self.page.get_by_role("link", name="three").wait_for()

    def test_focus_stays_on_what_it_was_when_the_list_moves(self):
        third = self.rows().nth(2).get_by_role("link").last
        third.focus()
        href = third.get_attribute("href")
        self.rename("pushes the others down")
        self.page.get_by_role("link", name="pushes the others down").wait_for()
        self.assertEqual(self.page.evaluate("document.activeElement.getAttribute('href')"), href)

    def test_a_folded_response_stays_open_when_its_page_is_loaded_again(self):
        event = self.world.events[-1]
        self.page.goto(f"{self.daemon.url}#/events/{event['id']}")
        self.page.get_by_text("Response to try 1").first.click()
        self.world.add_delivery(event, "audit", [(503, "retry", "status 503", "")], "pending")
        self.page.locator("article").nth(2).wait_for()
        self.assertTrue(self.page.locator("details").first.evaluate("(element) => element.open"))

    def test_plots_tell_their_values_to_the_keyboard(self):
        plot = self.page.get_by_role("img", name="Events and deliveries, per minute")
        self.assertRegex(plot.get_attribute("aria-label"), r"events: latest \S+, highest \S+ at \d\d:\d\d")
        plot.focus()
        self.page.keyboard.press("ArrowLeft")
        spoken = self.page.locator("time-plot").first.locator("[role=status]").inner_text()
        self.assertRegex(spoken, r"events \S+ +delivered \S+ +dead \S+ +\d\d:\d\d")
        self.assertGreater(plot.locator(".tick").count(), 2)


class ActionTest(MockTest):
    def setUp(self):
        super().setUp()
        self.daemon = self.serve(scenes.bad_night())
        self.world = self.daemon.world

    def button(self, name):
        return self.page.get_by_role("button", name=name, exact=True).first

    def said(self, text):
        self.page.get_by_role("status").filter(has_text=text).wait_for()

    def test_a_test_shows_request_response_and_verdict(self):
        self.page = self.open(self.daemon.url, "endpoints/ops")
        self.button("Test").click()
        self.said("Test of ops: retry, status 503")
        self.page.get_by_text("Response to the test").click()
        self.page.get_by_text("<h1>Service unavailable</h1>").wait_for()
        self.assertEqual(self.asked(self.world, "POST"), [("endpoints/ops/test", None)])
        self.shoot(self.page, "test-result")

    def test_pause_and_resume_swap_places(self):
        self.page = self.open(self.daemon.url, "endpoints/audit")
        self.button("Pause").click()
        self.said("audit is paused")
        self.button("Resume").click()
        self.said("audit is active")
        self.assertEqual(
            self.asked(self.world, "POST"), [("endpoints/audit/pause", None), ("endpoints/audit/resume", None)]
        )

    def test_a_dead_letter_is_replayed(self):
        self.page = self.open(self.daemon.url, f"deliveries/{DEAD}")
        self.button("Replay").click()
        self.said(f"{DEAD} is queued again")
        self.page.get_by_text("pending", exact=True).wait_for()
        self.assertEqual(self.asked(self.world, "POST"), [(f"deliveries/{DEAD}/replay", None)])

    def test_replaying_all_asks_first(self):
        self.page = self.open(self.daemon.url, "endpoints/ops")
        self.button("Replay all…").click()
        self.page.get_by_role("dialog", name="Replay deliveries of ops").wait_for()
        self.shoot(self.page, "replay-dialog")
        self.page.keyboard.press("Escape")
        self.button("Replay all…").click()
        self.button("Cancel").click()
        self.assertEqual(self.asked(self.world, "POST"), [])
        self.assertFalse(self.page.get_by_role("alert").is_visible())
        self.button("Replay all…").click()
        self.page.get_by_label("Ended within").select_option("the last day")
        self.page.get_by_role("dialog").get_by_role("button", name="Replay").click()
        self.said("ops: 3 deliveries queued again")
        [(path, body)] = self.asked(self.world, "POST")
        self.assertEqual((path, body["endpoint"], body["state"]), ("replay", "ops", "dead"))
        self.assertRegex(body["since"], r"^20\d\d-\d\d-\d\dT[\d:.]+Z$")

    def test_dropping_a_removed_endpoint_asks_first(self):
        self.page = self.open(self.daemon.url, "endpoints/old-crm")
        self.button("Drop…").click()
        self.button("Cancel").click()
        self.assertEqual(self.asked(self.world, "DELETE"), [])
        self.button("Drop…").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Drop").click()
        self.said("old-crm: 0 dropped")
        self.page.get_by_role("heading", name="Endpoints").wait_for()
        self.assertNotIn("old-crm", self.world.endpoints)

    def test_a_chat_is_polled_now(self):
        self.page = self.open(self.daemon.url, "chats/chat019f540d7c")
        self.button("Poll now").click()
        self.said("Poll of All-staff: changed, 1 event, one change")
        self.assertEqual(self.asked(self.world, "POST"), [("chats/chat019f540d7c/poll", None)])

    def test_a_refusal_is_shown_with_title_and_detail(self):
        self.expected.append("409")
        self.page = self.open(self.daemon.url, "chats/chat019f540d7c")
        self.world.refusals["POST", "chats/chat019f540d7c/poll"] = Refused(
            409, "The calls are spent", "5000 of 5000 this month"
        )
        self.button("Poll now").click()
        alert = self.page.get_by_role("alert").filter(has_text="The calls are spent")
        alert.wait_for()
        self.assertIn("5000 of 5000 this month", alert.inner_text())
        self.assertEqual(self.page.evaluate(CONTRAST), [])
        self.shoot(self.page, "refusal")
        self.button("Close").click()
        self.assertFalse(alert.is_visible())

    def test_a_refused_reload_lists_every_problem(self):
        self.expected.append("422")
        self.page = self.open(self.daemon.url)
        problems = ["config.json:12:7: endpoints[1].url: missing", "config.json:3:1: watch.minIntervall: unknown"]
        self.world.refusals["POST", "reload"] = Refused(422, "Invalid", "the old one stays in force", problems=problems)
        self.button("Reload configuration").click()
        for problem in problems:
            self.page.get_by_role("alert").filter(has_text=problem).wait_for()
        self.button("Reload configuration").click()
        self.said('Configuration reloaded: endpoint "ops" changed')

    def test_what_is_no_longer_kept_is_said_on_its_page(self):
        self.expected.append("404")
        self.page = self.open(self.daemon.url, "events/evt_forgotten")
        self.page.get_by_text("evt_forgotten is not known, or no longer kept").wait_for()
        self.button("Try again").wait_for()

    def test_lists_are_filtered_and_paged_by_the_address(self):
        daemon = self.serve(scenes.crowd())
        self.page = self.open(daemon.url, "events")
        self.page.get_by_role("link", name="Older").click()
        self.page.get_by_role("link", name="Newest").wait_for()
        self.page.get_by_label("Chat (id or label)").fill("chat0007")
        self.page.keyboard.press("Enter")
        self.page.wait_for_function("() => document.querySelectorAll('tbody tr').length === 1")
        self.assertEqual(self.page.evaluate("location.hash"), "#/events?chat=chat0007")
        self.page.get_by_label("Type").select_option("chat.renamed")
        self.page.get_by_text("No such events.").wait_for()
        self.page.go_back()
        self.page.wait_for_function("() => document.querySelectorAll('tbody tr').length === 1")
        self.assertEqual(self.page.get_by_label("Type").input_value(), "")
        self.page.get_by_role("heading", name="Events").click()
        self.page.go_back()
        self.page.wait_for_function("() => document.querySelectorAll('tbody tr').length > 1")
        self.assertEqual(self.page.get_by_label("Chat (id or label)").input_value(), "")


class SearchTest(MockTest):
    def setUp(self):
        super().setUp()
        self.daemon = self.serve(scenes.crowd())
        self.world = self.daemon.world
        self.page = self.open(self.daemon.url, "chats")

    def search(self, text):
        self.page.get_by_role("searchbox").fill("")
        self.page.get_by_role("searchbox").press_sequentially(text)
        self.page.wait_for_url(f"**/#/chats?{urllib.parse.urlencode({'search': text})}")
        self.page.wait_for_function("() => !document.querySelector('main').hasAttribute('aria-busy')")

    def found(self, told):
        self.page.get_by_role("status").filter(has_text=told).wait_for()
        return self.page.locator("tbody th").all_inner_texts()

    def test_a_chat_beyond_the_first_page_is_found_by_a_part_of_its_name_label_or_id(self):
        self.world.chats["chat0250"]["label"] = "Night watch"
        for text, expected in (("group 27", 11), ("T WATC", 1), ("hat0299", 1)):
            with self.subTest(text):
                self.search(text)
                told = "1 chat matches" if expected == 1 else f"{expected} chats match"
                self.assertEqual(len(self.found(told)), expected)
        self.shoot(self.page, "search")
        self.assertEqual(self.page.evaluate("document.activeElement.name"), "search")
        self.page.go_back()
        self.assertNotIn("search", self.page.evaluate("location.hash"))

    def test_an_exact_id_or_label_is_found_among_those_that_are_configured_no_more(self):
        self.expected.append("404")
        self.world.chats["chat0007"].update(configured=False, label="Left")
        self.search("Left")
        self.assertEqual(self.found("1 chat matches"), ["Left"])
        self.assertEqual(self.page.get_by_role("button", name="Poll now").count(), 0)
        self.search("Nobody")
        self.page.get_by_text("No such chats.").wait_for()
        self.found("0 chats match")

    def test_deliveries_and_events_are_filtered_by_a_label(self):
        self.world.chats["chat0007"]["label"] = "Board"
        for event in self.world.events[:9]:
            self.world.add_delivery(event, "endpoint-with-a-rather-long-name-1", [])
        for path in ("events", "deliveries"):
            self.page.goto(f"{self.daemon.url}#/{path}")
            self.page.get_by_role("heading", name=path.title()).wait_for()
            self.page.get_by_label("Chat (id or label)").fill("Board")
            self.page.keyboard.press("Enter")
            self.page.wait_for_function("() => document.querySelectorAll('tbody tr').length === 1")
            self.assertIn("chat=Board", self.page.url)


class ChatTest(MockTest):
    def test_members_who_joined_and_left_between_two_polls_are_one_point(self):
        world = scenes.quiet_day()
        daemon = self.serve(world)
        world.events.clear()
        added = {"field": "useridlist", "added": [f"n{i}" for i in range(50)], "count": 90}
        left = {"field": "useridlist", "removed": [f"o{i}" for i in range(60)], "count": 30}
        for kind, change in (("added", added), ("removed", left)):
            event = world.add_event("chat009f540d7c", f"chat.members.{kind}", change, ago=300)
            event["data"]["observed"]["by"] = world.events[0]["data"]["observed"]["by"]
        page = self.open(daemon.url, "chats/chat009f540d7c")
        label = page.get_by_role("img", name="Members, people").get_attribute("aria-label")
        self.assertRegex(label, "latest 30, highest 30 at")

    def test_when_a_dismissed_chat_was_last_seen_is_known_after_a_restart(self):
        daemon = self.serve(scenes.bad_night())
        daemon.world.chats["chat069f540d7c"]["lastPoll"] = None
        page = self.open(daemon.url, "chats")
        self.assertIn("2 h 30 min ago", page.locator("tr", has_text="Payroll").inner_text())
        self.assertIn("before this start", page.locator("tr", has_text="Plant 2").inner_text())


class TroubleTest(MockTest):
    def test_a_complaint_of_loading_goes_when_loading_works_again(self):
        self.expected.append("503")
        daemon = self.serve(scenes.quiet_day())
        page = self.open(daemon.url, "endpoints")
        page.get_by_text("Live", exact=True).wait_for()
        daemon.world.refusals["GET", "endpoints"] = Refused(503, "The store is busy", "try again")
        tell = lambda: daemon.world.tell("delivery", daemon.world.brief(daemon.world.deliveries[0]))
        tell()
        alert = page.get_by_role("alert").filter(has_text="The store is busy")
        alert.wait_for()
        tell()
        alert.wait_for(state="hidden")

    def test_a_page_that_could_not_be_loaded_comes_by_itself_once_the_daemon_is_back(self):
        self.expected.append("ERR_INTERNET_DISCONNECTED")
        daemon = self.serve(scenes.quiet_day())
        page = self.open(daemon.url)
        page.get_by_text("Live", exact=True).wait_for()
        page.context.set_offline(True)
        page.get_by_role("link", name="Endpoints").first.click()
        page.get_by_role("heading", name="This page cannot be shown").wait_for()
        self.assertEqual(page.evaluate(CONTRAST), [])
        self.shoot(page, "daemon-gone")
        page.context.set_offline(False)
        page.get_by_role("heading", name="Endpoints").wait_for()


class TokenTest(MockTest):
    def test_the_token_is_asked_for_and_kept_for_the_tab_only(self):
        self.expected.append("401")
        daemon = self.serve(scenes.quiet_day())
        daemon.world.token = "right"
        page = self.open(daemon.url)
        self.assertEqual(page.locator("h1").inner_text(), "Token needed")
        self.shoot(page, "token")
        page.get_by_label("Token").fill("wrong")
        page.keyboard.press("Enter")
        page.get_by_text("The token was refused").wait_for()
        page.get_by_label("Token").fill("right")
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("heading", name="Healthy").wait_for()
        page.get_by_text("Live", exact=True).wait_for()
        kept = page.evaluate(
            "[JSON.stringify(sessionStorage), JSON.stringify(localStorage), document.cookie, location.href]"
        )
        self.assertEqual([("right" in text) for text in kept], [True, False, False, False])
        daemon.world.add_event("chat009f540d7c", "chat.renamed", {"field": "name", "from": "a", "to": "told live"})
        page.get_by_role("link", name="told live").wait_for()
        page.get_by_role("button", name="Forget token").click()
        page.get_by_role("heading", name="Token needed").wait_for()


class KeyboardTest(MockTest):
    def test_everything_is_reached_and_seen_with_the_tab_key_alone(self):
        daemon = self.serve(scenes.bad_night())
        page = self.open(daemon.url)
        page.get_by_text("Live", exact=True).wait_for()
        wanted = page.evaluate("""() => document.querySelectorAll(
            'a[href], button, input, select, summary, pre, svg[tabindex]').length""")
        hidden = page.evaluate("document.querySelectorAll('#notice button').length")
        page.evaluate("""() => {
            window.visited = new Set();
            window.unseen = [];
            document.addEventListener('focusin', ({ target }) => {
                visited.add(target);
                const { outlineStyle, outlineWidth } = getComputedStyle(target);
                if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) unseen.push(target.outerHTML.slice(0, 80));
            });
        }""")
        for _ in range(wanted + 3):
            page.keyboard.press("Tab")
        self.assertEqual(page.evaluate("visited.size"), wanted - hidden)
        self.assertEqual(page.evaluate("unseen"), [])

    def test_a_walk_from_the_overview_to_a_replay_needs_no_mouse(self):
        daemon = self.serve(scenes.bad_night())
        page = self.open(daemon.url)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        self.assertEqual(page.evaluate("document.activeElement.id"), "main")
        self.tab_to(page, 'endpoint "ops"')
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="ops", exact=True).wait_for()
        page.wait_for_function("() => document.activeElement.tagName === 'H1'")
        self.tab_to(page, "Replay all…")
        page.keyboard.press("Space")
        page.get_by_role("dialog").wait_for()
        self.tab_to(page, "Replay")
        page.keyboard.press("Enter")
        page.get_by_role("status").filter(has_text="3 deliveries queued again").wait_for()
        self.assertEqual(page.evaluate("document.activeElement.textContent"), "Replay all…")

    def test_focus_stays_near_when_an_action_takes_its_button_away(self):
        daemon = self.serve(scenes.bad_night())
        page = self.open(daemon.url, "deliveries?state=dead")
        button = page.get_by_role("button", name="Replay chat.").first
        row = button.evaluate("(element) => element.closest('tr').dataset.key")
        button.focus()
        page.keyboard.press("Enter")
        page.get_by_role("status").filter(has_text=f"{row} is queued again").wait_for()
        page.wait_for_function("() => document.activeElement.tagName === 'H1'")
        page.goto(f"{daemon.url}#/endpoints")
        page.get_by_role("button", name="Try now: ops").focus()
        daemon.world.endpoints["ops"]["failures"] = 0
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.activeElement.textContent === 'ops'")
        self.tab_to(page, "Close")
        page.keyboard.press("Enter")
        self.assertNotEqual(page.evaluate("document.activeElement.tagName"), "BODY")

    def test_every_button_of_a_list_has_a_name_of_its_own(self):
        daemon = self.serve(scenes.bad_night())
        page = self.open(daemon.url)
        for path in ("", "endpoints", "chats", "deliveries", f"events/{EVENT}"):
            page.goto(f"{daemon.url}#/{path}")
            page.wait_for_function("() => !document.querySelector('main').hasAttribute('aria-busy')")
            names = page.evaluate("""() => [...document.querySelectorAll('main button')]
                .map((button) => button.getAttribute('aria-label') ?? button.textContent)""")
            self.assertEqual(len(names), len(set(names)), names)

    def tab_to(self, page, text):
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent").startswith(text):
                return
        self.fail(f"{text} is not reached")

    def test_the_page_is_told_apart_by_landmarks_and_headings(self):
        page = self.open(self.serve(scenes.bad_night()).url)
        for role in ("banner", "main", "contentinfo"):
            self.assertEqual(page.get_by_role(role).count(), 1, role)
        page.get_by_role("navigation", name="Pages").wait_for()
        levels = [
            int(tag[1]) for tag in page.evaluate("[...document.querySelectorAll('h1, h2, h3')].map((e) => e.tagName)")
        ]
        self.assertEqual(levels[0], 1)
        self.assertTrue(all(after - before <= 1 for before, after in zip(levels, levels[1:])), levels)
        for table in page.locator("table").all():
            self.assertTrue(table.locator("caption").inner_text())
            self.assertEqual(table.locator("thead th[scope=col]").count(), table.locator("thead th").count())
            self.assertGreater(table.locator("tbody th[scope=row]").count(), 0)


class BasePathTest(MockTest):
    def test_it_works_below_a_path(self):
        daemon = self.serve(scenes.quiet_day(), "/ops/belfry/")
        page = self.open(daemon.url, "endpoints/ops")
        page.get_by_role("button", name="Pause").click()
        page.get_by_role("status").filter(has_text="ops is paused").wait_for()
        page.get_by_role("link", name="Belfry").click()
        page.get_by_role("heading", name="Healthy").wait_for()
        self.assertTrue(json.dumps(page.url).startswith(json.dumps(daemon.url)[:-1]))


if __name__ == "__main__":
    unittest.main()
