"""Fake destinations with their real answers, a 200 that hides a refusal among them: what was rejected never counts as delivered."""

import json
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import harness

# What each destination says when it takes a message, and when it refuses one for good: (status, body).
ANSWERS = {
    "standard": ((200, b"{}"), None),
    "cloudevents": ((204, b""), None),
    "cloudevents-binary": ((202, b""), None),
    "slack": ((200, b"ok"), (404, b"no_service")),
    "discord": ((204, b""), None),
    "teams": ((202, b""), None),
    "dingtalk": ((200, b'{"errcode":0,"errmsg":"ok"}'), (200, b'{"errcode":300005,"errmsg":"token is not exist"}')),
    "feishu": ((200, b'{"code":0,"msg":"success"}'), (200, b'{"code":19001,"msg":"param invalid: incoming webhook access token invalid"}')),
    "wecom": ((200, b'{"errcode":0,"errmsg":"ok"}'), (200, b'{"errcode":93000,"errmsg":"invalid webhook url"}')),
    "ntfy": ((200, b'{"id":"x"}'), None),
    "template": ((200, b'{"code":0}'), None),
}


class Destinations:
    """One server; the first part of a path says which destination it plays, the second whether it takes what it gets."""

    def __init__(self):
        self.received = {}
        self.robot_refusals = 0
        self._robot_times = []
        self._lock = threading.Lock()
        destinations = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                name, mood = self.path.split("?")[0].strip("/").split("/")
                status, answer = destinations.answer(name, mood, body)
                self.send_response(status)
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, name, mood, body):
        with self._lock:
            if mood == "robot":
                return self._robot(body)
            accepted, refused = ANSWERS[name]
            answer = refused if mood == "refuse" else accepted
            self.received.setdefault(f"{name}-{mood}", []).append(body)
            return answer

    def _robot(self, body):
        """Twenty in any minute, as DingTalk's robots have it; beyond that a 200 that says no."""
        now = time.monotonic()
        self._robot_times = [then for then in self._robot_times if now - then < 60]
        if len(self._robot_times) >= 20:
            self.robot_refusals += 1
            return 200, b'{"errcode":410100,"errmsg":"send too fast"}'
        self._robot_times.append(now)
        self.received.setdefault("robot", []).append(body)
        return ANSWERS["dingtalk"][0]

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class DestinationTest(unittest.TestCase):
    def setUp(self):
        self.destinations = Destinations()
        self.addCleanup(self.destinations.stop)
        self.workplace = harness.Workplace()
        self.addCleanup(self.workplace.clean)

    def endpoint(self, name, mood, **overrides):
        settings = {
            "name": f"{name}-{mood}", "format": name, "url": f"{self.destinations.url}/{name}/{mood}", "rate": "1000/s",
            "events": ["chat.*"], **overrides,
        }
        if name == "template":
            settings["template"] = {"body": {"text": "{{data.chat.name}}: {{type}}"}}
            settings["success"] = {"status": [200], "json": {"code": 0}}
        return settings

    def test_every_destination_is_judged_by_what_it_really_says(self):
        simulator = harness.Simulator(3)
        self.addCleanup(simulator.stop)
        endpoints = [self.endpoint(name, "accept") for name in ANSWERS]
        refusing = [name for name, (_, refused) in ANSWERS.items() if refused]
        endpoints += [self.endpoint(name, "refuse") for name in refusing]
        config = self.workplace.write(
            harness.configuration(simulator, self.workplace, sorted(simulator.chats()), endpoints)
        )
        daemon = harness.start(config)
        simulator.control("POST", "/mutate", {"count": 10})

        def counts():
            return {
                name: (pending, delivered, dead)
                for name, pending, delivered, dead in self.workplace.rows(
                    "SELECT name, pending, delivered, dead FROM endpoints"
                )
            }

        def complaint():
            now = counts()
            waiting = [name for name in ANSWERS if now.get(f"{name}-accept", (1, 0, 0))[0] or not now[f"{name}-accept"][1]]
            unjudged = [name for name in refusing if not now[f"{name}-refuse"][2]]
            return f"waiting {waiting}, unjudged {unjudged}" if waiting or unjudged else None

        time.sleep(1)
        harness.eventually(complaint)
        self.assertEqual(daemon.stop(), 0)
        final = counts()
        for name in ANSWERS:
            pending, delivered, dead = final[f"{name}-accept"]
            self.assertEqual((pending, dead), (0, 0), name)
            self.assertEqual(delivered, len(self.destinations.received[f"{name}-accept"]), name)
        for name in refusing:
            self.assertEqual(final[f"{name}-refuse"][1], 0, f"{name}: a refused message counts as delivered")
            self.assertGreater(final[f"{name}-refuse"][2], 0, name)

    def test_a_throttled_robot_gets_everything_in_digests_and_refuses_nothing(self):
        simulator = harness.Simulator(10, seed=5)
        self.addCleanup(simulator.stop)
        robot = self.endpoint("dingtalk", "robot", overflow="digest")
        del robot["rate"]
        config = self.workplace.write(
            harness.configuration(simulator, self.workplace, sorted(simulator.chats()), [robot], minInterval="100ms")
        )
        daemon = harness.start(config)
        made = 0
        while made < 500:
            simulator.control("POST", "/mutate", {"count": 25})
            time.sleep(0.15)
            made = self.workplace.rows("SELECT COUNT(*) FROM events")[0][0]

        def complaint():
            pending = self.workplace.rows("SELECT SUM(pending) FROM endpoints")[0][0]
            return f"{pending} pending" if pending else None

        harness.eventually(complaint, timeout=150)
        self.assertEqual(daemon.stop(), 0)
        delivered = self.workplace.rows("SELECT delivered, dead FROM endpoints")[0]
        events = self.workplace.rows("SELECT COUNT(*) FROM events")[0][0]
        self.assertEqual(delivered, (events, 0))
        self.assertEqual(self.destinations.robot_refusals, 0)
        messages = self.destinations.received["robot"]
        self.assertLess(len(messages), events / 5)
        for message in messages:
            self.assertLessEqual(len(message), 20_000)
            json.loads(message)
        print(f"{events} events in {len(messages)} messages, none refused")


class TrialTest(unittest.TestCase):
    def test_a_trial_shows_request_answer_and_rule_and_no_secret(self):
        simulator = harness.Simulator(1)
        self.addCleanup(simulator.stop)
        destinations = Destinations()
        self.addCleanup(destinations.stop)
        workplace = harness.Workplace()
        self.addCleanup(workplace.clean)
        config = workplace.write(
            harness.configuration(
                simulator, workplace, sorted(simulator.chats()),
                [
                    {"name": name, "format": "dingtalk", "url": f"{destinations.url}/dingtalk/{mood}?access_token=canary1",
                     "headers": {"x-own": "canary2"}, "signing": [{"scheme": "dingtalk", "secret": "SECcanary3"}]}
                    for name, mood in [("good", "accept"), ("bad", "refuse")]
                ],
            )
        )
        code, out, err = harness.run("test", "good", "--config", config)
        self.assertEqual(code, 0, out + err)
        self.assertRegex(out, r"(?m)^delivered: .+")
        self.assertRegex(out, r"(?m)^< status 200")
        self.assertNotIn("canary", out + err)
        code, out, err = harness.run("test", "bad", "--config", config)
        self.assertEqual(code, 1)
        self.assertRegex(out, r"(?m)^rejected: .*300005")
        code, out, err = harness.run("test", "nobody", "--config", config)
        self.assertEqual((code, out), (1, ""))
        self.assertIn('"good"', err)


if __name__ == "__main__":
    unittest.main()
