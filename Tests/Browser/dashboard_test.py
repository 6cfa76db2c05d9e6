"""The dashboard as the program serves it: a simulated platform is watched, receivers accept or refuse, and we click."""

import json
import pathlib
import socket
import sys
import unittest
import urllib.error
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "EndToEnd"))

import harness  # noqa: E402
from browser import BrowserTest  # noqa: E402

MARKUP = '<img src=x onerror="document.title=1">'
TOKEN = "a-token-that-only-the-tests-know"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Site:
    """Simulator, two receivers (one never accepts) and a daemon with its dashboard."""

    def __init__(self, token=None):
        self.stack = []
        self.simulator = self.keep(harness.Simulator(3), "stop")
        self.accepting = self.keep(harness.Receiver(), "stop")
        self.refusing = self.keep(harness.Receiver(failure_share=1.0), "stop")
        self.workplace = self.keep(harness.Workplace(), "clean")
        self.chats = sorted(self.simulator.chats())
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self.admin = {"listen": f"127.0.0.1:{self.port}", **({"token": token} if token else {})}
        # One chat waits long enough that no poll but the asked one can see a change.
        watched = [self.chats[0], {"id": self.chats[1], "interval": "6h"}, self.chats[2]]
        impatient = {"schedule": ["100ms"], "maxAge": "1h"}
        self.endpoints = [
            harness.endpoint("audit", self.accepting),
            harness.endpoint("ops", self.refusing, retry=impatient),
            harness.endpoint("leaving", self.refusing),
        ]
        self.configuration = harness.configuration(self.simulator, self.workplace, watched, self.endpoints)
        self.configuration["admin"] = self.admin
        self.path = self.workplace.write(self.configuration)
        self.start()

    def start(self):
        self.daemon = harness.start(self.path)
        harness.admin_url(self.daemon)

    def keep(self, thing, end):
        self.stack.append(getattr(thing, end))
        return thing

    def close(self):
        self.daemon.stop()
        for end in reversed(self.stack):
            end()

    def restart(self):
        self.daemon.stop()
        self.start()

    def rename(self, index, name):
        self.simulator.control("PATCH", f"/chats/{self.chats[index]}", {"name": name})

    def api(self, path):
        with urllib.request.urlopen(f"{self.url}api/v1/{path}", timeout=30) as response:
            return json.loads(response.read())

    def received(self, receiver, identity):
        return sum(one == identity for one, _, _ in receiver.snapshot())

    def eventually(self, condition, what):
        harness.eventually(lambda: None if condition() else what)


class DashboardTest(BrowserTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.site = Site()
        cls.addClassCleanup(lambda: cls.site.close())
        cls.site.eventually(lambda: cls.site.api("deliveries?endpoint=ops&state=dead")["data"], "nothing is dead yet")

    def visit(self, path="", **options):
        self.page = self.open(self.site.url, path, **options)
        return self.page

    def button(self, name):
        return self.page.get_by_role("button", name=name, exact=True).first

    def said(self, text):
        self.page.get_by_role("status").filter(has_text=text).wait_for(timeout=30_000)

    def dead(self):
        return self.site.api("deliveries?endpoint=ops&state=dead")["data"][0]

    def test_the_overview_tells_what_is_wrong(self):
        self.visit()
        self.page.get_by_text("Live", exact=True).wait_for()
        self.assertIn(self.page.locator("h1").inner_text(), ("Needs attention", "Failing"))
        self.page.locator(".verdict").get_by_role("link", name='endpoint "ops"').wait_for()
        self.assertEqual(self.page.locator("time-plot svg[role=img]").count(), 3, "no budget is configured")
        self.shoot(self.page, "real-overview")

    def test_a_change_on_the_platform_appears_by_itself(self):
        self.visit()
        self.page.get_by_text("Live", exact=True).wait_for()
        self.site.rename(0, "Renamed while you watch")
        self.page.get_by_role("link", name="→ Renamed while you watch").wait_for(timeout=30_000)

    def test_a_hostile_name_stays_text(self):
        self.visit()
        self.site.rename(0, MARKUP)
        self.page.get_by_role("link", name=MARKUP).first.wait_for(timeout=30_000)
        self.page.goto(f"{self.site.url}#/chats/{self.site.chats[0]}")
        self.page.get_by_role("heading", name=MARKUP).wait_for(timeout=30_000)
        self.assertEqual(self.page.locator("main img").count(), 0)
        self.site.rename(0, "Harmless again")

    def test_an_event_shows_its_deliveries_tries_request_and_response(self):
        event = self.dead()["event"]
        self.visit(f"events/{event}")
        self.page.get_by_role("heading", name="ops").wait_for()
        article = self.page.locator("article").filter(has=self.page.get_by_role("heading", name="ops"))
        article.get_by_text("status 503").first.wait_for()
        article.get_by_text("Response to try 1").click()
        article.get_by_label("Response to try 1").get_by_text("ok").wait_for()
        article.get_by_text("Request, as it would be sent now").click()
        request = article.get_by_label("Request, as it would be sent now").inner_text()
        self.assertIn(f"webhook-id: {event}", request)
        self.assertNotIn(harness.SECRET, self.page.content())
        self.shoot(self.page, "real-event")

    def test_poll_now_finds_what_no_other_poll_would(self):
        name = "Found on demand"
        self.site.rename(1, name)
        self.visit(f"chats/{self.site.chats[1]}")
        self.page.get_by_text("Live", exact=True).wait_for()
        self.button("Poll now").click()
        self.said("changed, 1 event")
        self.page.get_by_role("heading", name=name).wait_for()
        self.page.get_by_role("img", name="Members, people").wait_for()
        self.assertEqual(self.site.api(f"chats/{self.site.chats[1]}")["name"], name)
        self.shoot(self.page, "real-chat")

    def test_a_test_is_sent_and_shown(self):
        self.visit("endpoints/audit")
        before = len(self.site.accepting.snapshot())
        self.button("Test").click()
        self.said("Test of audit: delivered")
        bodies = [json.loads(body)["type"] for _, _, body in self.site.accepting.snapshot()[before:]]
        self.assertIn("endpoint.test", bodies)
        self.page.get_by_text("Response to the test").click()
        self.shoot(self.page, "real-endpoint")

    def test_pause_holds_and_resume_releases(self):
        self.visit("endpoints/audit")
        self.button("Pause").click()
        self.said("audit is paused")
        self.assertEqual(self.site.api("endpoints/audit")["state"], "paused")
        self.site.rename(2, "Told only after the pause")
        held = lambda: self.site.api("deliveries?endpoint=audit&state=pending")["data"]
        self.site.eventually(held, "nothing waits")
        event = held()[0]["event"]
        self.assertEqual(self.site.received(self.site.accepting, event), 0)
        self.button("Resume").click()
        self.said("audit is active")
        self.site.eventually(lambda: self.site.received(self.site.accepting, event), "still held")

    def test_a_delivered_one_is_replayed_under_its_id(self):
        delivery = self.site.api("deliveries?endpoint=audit&state=delivered")["data"][-1]
        before = self.site.received(self.site.accepting, delivery["event"])
        self.visit(f"deliveries/{delivery['id']}")
        self.button("Replay").click()
        self.said(f"{delivery['id']} is queued again")
        self.site.eventually(
            lambda: self.site.received(self.site.accepting, delivery["event"]) == before + 1, "not sent again"
        )

    def test_all_that_was_delivered_is_replayed_once_confirmed(self):
        before = len(self.site.accepting.snapshot())
        total = self.site.api("endpoints/audit")["delivered"]
        self.visit("endpoints/audit")
        self.button("Replay all…").click()
        self.button("Cancel").click()
        self.assertEqual(len(self.site.accepting.snapshot()), before)
        self.button("Replay all…").click()
        self.page.get_by_label("Which").select_option("Delivered")
        self.page.get_by_role("dialog").get_by_role("button", name="Replay").click()
        self.said("queued again")
        self.site.eventually(lambda: len(self.site.accepting.snapshot()) >= before + total, "not all were sent again")

    def test_an_endpoint_taken_from_the_configuration_is_reloaded_away_and_dropped(self):
        kept = [endpoint for endpoint in self.site.endpoints if endpoint["name"] != "leaving"]
        self.site.workplace.write({**self.site.configuration, "endpoints": kept})
        self.visit()
        self.button("Reload configuration").click()
        self.said("leaving")
        self.assertFalse(self.site.api("endpoints/leaving")["configured"])
        self.page.goto(f"{self.site.url}#/endpoints/leaving")
        self.button("Drop…").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Drop").click()
        self.said("dropped")
        with self.assertRaises(urllib.error.HTTPError) as refused:
            self.site.api("endpoints/leaving")
        self.assertEqual(refused.exception.code, 404)

    def test_a_restart_of_the_daemon_is_said_and_survived(self):
        self.expected += ["ERR_CONNECTION", "ERR_INCOMPLETE", "ERR_EMPTY_RESPONSE", "503"]
        self.visit()
        self.page.get_by_text("Live", exact=True).wait_for()
        self.site.restart()
        self.page.get_by_text("Live", exact=True).wait_for(timeout=60_000)
        self.site.rename(0, "Seen after the restart")
        self.page.get_by_role("link", name="→ Seen after the restart").wait_for(timeout=30_000)

    def test_every_list_opens(self):
        for path in ("events", "chats", "deliveries", "endpoints"):
            self.visit(path)
            self.page.locator("tbody tr").first.wait_for()
            self.shoot(self.page, f"real-{path}")


class GuardedDashboardTest(BrowserTest):
    def test_nothing_is_shown_without_the_token(self):
        self.expected.append("401")
        site = Site(TOKEN)
        self.addCleanup(site.close)
        page = self.open(site.url)
        self.assertEqual(page.locator("h1").inner_text(), "Token needed")
        self.assertEqual(page.locator("table").count(), 0)
        page.get_by_label("Token").fill(TOKEN)
        page.keyboard.press("Enter")
        page.get_by_text("Live", exact=True).wait_for()
        site.rename(0, "Told to who may know")
        page.get_by_role("link", name="→ Told to who may know").wait_for(timeout=30_000)


if __name__ == "__main__":
    unittest.main()
