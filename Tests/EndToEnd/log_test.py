"""What the log says of each event and delivery, and what it never says."""

import json
import re
import unittest

import harness

TOLD_OF_DELIVERIES = {"delivered", "dead", "not delivered, will be tried again", "not delivered, stays in the queue"}


class LogTest(unittest.TestCase):
    def setUp(self):
        self.simulator = harness.Simulator(chats=3)
        self.addCleanup(self.simulator.stop)
        self.receiver = harness.Receiver(failure_share=0.3)
        self.addCleanup(self.receiver.stop)
        self.workplace = harness.Workplace()
        self.addCleanup(self.workplace.clean)

    def lines(self, form):
        """Those of a run with changes, failed tries, and an endpoint of which everything is given up."""
        settings = harness.configuration(
            self.simulator, self.workplace, sorted(self.simulator.chats()),
            [
                harness.endpoint("ops", self.receiver),
                harness.endpoint("gone", self.receiver, url="http://127.0.0.1:9/", retry={"schedule": ["10ms"]}),
            ],
        )
        settings["log"]["format"] = form
        daemon = harness.start(self.workplace.write(settings))
        harness.eventually(lambda: None if len(self.receiver.accepted()[0]) >= 3 else "baselines missing")
        self.simulator.control("POST", "/mutate", {"count": 30})

        def waiting():
            rows = self.workplace.rows("SELECT name, pending, delivered, dead FROM endpoints ORDER BY name DESC")
            (_, pending, delivered, _), (_, _, _, dead) = rows
            return None if pending == 0 and delivered > 10 and dead > 0 else rows

        harness.eventually(waiting)
        self.assertEqual(daemon.stop(), 0, daemon.output)
        return daemon.lines

    def test_every_line_about_a_delivery_names_it_its_event_and_its_endpoint(self):
        lines = [json.loads(line) for line in self.lines("json")]
        for line in lines:
            self.assertLessEqual({"time", "level", "logger", "message"}, set(line))
        about = [line for line in lines if line["message"] in TOLD_OF_DELIVERIES or "delivery" in line]
        for line in about:
            self.assertLessEqual({"event", "delivery", "endpoint"}, set(line), line)
            self.assertIn(line["message"], TOLD_OF_DELIVERIES)
        self.assertLessEqual(
            {"delivered", "dead", "not delivered, will be tried again"}, {line["message"] for line in about})

        ended = [(line["event"], line["endpoint"]) for line in about if line["message"] in ("delivered", "dead")]
        self.assertEqual(len(ended), len(set(ended)), "a delivery ended twice")
        recorded = self.workplace.rows("SELECT SUM(delivered) + SUM(dead) FROM endpoints")[0][0]
        self.assertEqual(len(ended), recorded)
        accepted = {event["id"] for event in self.receiver.accepted()[0]}
        self.assertEqual({event for event, endpoint in ended if endpoint == "ops"}, accepted)

        told = [line for line in lines if re.fullmatch(r"(chat|watch|endpoint)\..*", line["message"])]
        self.assertEqual(len({line["event"] for line in told}), len(told), "an event was told twice")
        self.assertEqual(accepted - {line["event"] for line in told}, set())
        for line in told:
            self.assertIn({"chat": "chat", "endpoint": "endpoint"}.get(line["message"].split(".")[0], "event"), line)

    def test_people_get_one_line_for_each_and_no_secret(self):
        lines = self.lines("text")
        for line in lines:
            self.assertRegex(line, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (debug|info |warn |error) \S")
        delivered = [line for line in lines if re.search(r" delivered delivery=dlv_\S+ endpoint=ops event=evt_\S+", line)]
        self.assertEqual(len(delivered), len(self.receiver.accepted()[0]))
        text = "\n".join(lines)
        for secret in (harness.SECRET, harness.SECRET.removeprefix("whsec_"), "demo-secret", "/hook"):
            self.assertNotIn(secret, text)


if __name__ == "__main__":
    unittest.main()
