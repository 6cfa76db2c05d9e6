"""The admin API of a running daemon: what it says of itself is true, and a stream outlives a killed daemon."""

import json
import pathlib
import subprocess
import sys
import unittest
import urllib.error
import urllib.request

import harness

TOKEN = "a-token-for-tests"
# A stream does not end by itself, and a backup would write files of whatever names are made up.
LEFT_OUT = ["/api/v1/stream", "/api/v1/backup"]


def ask(url, method="GET", headers=None, timeout=30):
    request = urllib.request.Request(url, method=method, headers={"authorization": f"Bearer {TOKEN}", **(headers or {})})
    return urllib.request.urlopen(request, timeout=timeout)


class ApiTest(unittest.TestCase):
    def setUp(self):
        self.simulator = harness.Simulator(chats=5, changes_per_minute=300)
        self.addCleanup(self.simulator.stop)
        self.receiver = harness.Receiver()
        self.addCleanup(self.receiver.stop)
        self.workplace = harness.Workplace()
        self.addCleanup(self.workplace.clean)

    def configure(self, listen="127.0.0.1:0"):
        unreachable = harness.endpoint("unreachable", self.receiver, url="http://127.0.0.1:9/")
        configuration = harness.configuration(
            self.simulator, self.workplace, list(self.simulator.chats()),
            [harness.endpoint("ops", self.receiver), unreachable],
        )
        configuration["admin"] = {"listen": listen, "token": TOKEN}
        return self.workplace.write(configuration)

    def test_schemathesis_finds_nothing_that_the_description_does_not_say(self):
        daemon = harness.start(self.configure())
        self.addCleanup(daemon.stop)
        url = harness.admin_url(daemon)
        folder = self.workplace.path
        with ask(url + "/openapi.json") as response:
            (folder / "openapi.json").write_bytes(response.read())
        (folder / "schemathesis.toml").write_text(f'[auth.openapi.token]\nbearer = "{TOKEN}"\n')
        left_out = [word for path in LEFT_OUT for word in ("--exclude-path", path)]
        result = subprocess.run(
            [
                pathlib.Path(sys.executable).with_name("schemathesis"), "--no-color", "run", "openapi.json", "--url", url,
                "--max-examples", "30", "--phases", "examples,coverage,fuzzing,stateful", "--seed", "1", *left_out,
            ],
            cwd=folder, capture_output=True, text=True, timeout=600,
        )
        self.assertEqual(result.returncode, 0, result.stdout[-6000:] + result.stderr[-2000:])

    def test_without_the_token_nothing_is_told(self):
        daemon = harness.start(self.configure())
        self.addCleanup(daemon.stop)
        url = harness.admin_url(daemon)
        for path in ["/api/v1/status", "/metrics", "/openapi.json", "/api/v1/stream", "/nowhere"]:
            with self.assertRaises(urllib.error.HTTPError) as refusal:
                urllib.request.urlopen(url + path, timeout=30)
            self.assertEqual(refusal.exception.code, 401, path)
            self.assertEqual(json.load(refusal.exception)["status"], 401)
            refusal.exception.close()
        for path in ["/healthz", "/"]:
            with urllib.request.urlopen(url + path, timeout=30) as response:
                self.assertEqual(response.status, 200)

    def test_a_stream_that_is_resumed_after_a_kill_leaves_nothing_out(self):
        daemon = harness.start(self.configure())
        url = harness.admin_url(daemon)
        with ask(url + "/api/v1/stream", headers={"last-event-id": "0"}) as stream:
            seen = self.numbers(stream, 20)
            daemon.kill()
        daemon = harness.start(self.configure(listen=url.removeprefix("http://")))
        self.addCleanup(daemon.stop)
        self.assertEqual(harness.admin_url(daemon), url)
        with ask(url + "/api/v1/stream", headers={"last-event-id": str(seen[-1])}) as stream:
            seen += self.numbers(stream, 20)
        self.assertEqual(seen, list(range(seen[0], seen[0] + 40)))

    @staticmethod
    def numbers(stream, count):
        """The ids of the next events."""
        found, kind = [], None
        while len(found) < count:
            line = stream.readline()
            if not line:
                raise AssertionError(f"the stream ended after {found}")
            name, _, value = line.decode().strip().partition(": ")
            if name == "event":
                kind = value
            elif name == "id" and kind == "event":
                found.append(int(value))
        return found


if __name__ == "__main__":
    unittest.main()
