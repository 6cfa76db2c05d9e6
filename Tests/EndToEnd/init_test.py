"""A first configuration, from options and from answers typed on a terminal."""

import json
import os
import pty
import re
import select
import stat
import subprocess
import time
import unittest

import harness

CHAT = "chatbf77ce84c697862adae1171408b0f996"
OTHER = "chatd04b9a77fa0de62a921f679bbf733163"
VARIABLES = {"DINGTALK_APP_KEY": "demo-key", "DINGTALK_APP_SECRET": "demo-secret"}


class Terminal:
    """A command on a terminal of its own: waits for what is asked, and types."""

    def __init__(self, *arguments, cwd):
        self.descriptor, end = pty.openpty()
        self.process = subprocess.Popen([harness.BELFRY, *arguments], stdin=end, stdout=end, stderr=end, cwd=cwd)
        os.close(end)
        self.shown = ""
        self._seen = 0

    def _read(self, timeout):
        if not select.select([self.descriptor], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self.descriptor, 4096)
        except OSError:
            # Linux says so once the other end is closed.
            data = b""
        self.shown += data.decode().replace("\r\n", "\n")
        return bool(data)

    def expect(self, text, timeout=30):
        deadline = time.monotonic() + timeout
        while text not in self.shown[self._seen:]:
            if not self._read(max(0, deadline - time.monotonic())):
                raise AssertionError(f"{text!r} is not asked:\n{self.shown}")
        self._seen = self.shown.index(text, self._seen) + len(text)

    def type(self, text):
        os.write(self.descriptor, text.encode())

    def answer(self, question, text):
        self.expect(question)
        self.type(text + "\n")

    def end(self, timeout=30):
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline and self._read(max(0, deadline - time.monotonic())):
            pass
        code = self.process.wait(timeout)
        os.close(self.descriptor)
        return code


class InitTest(unittest.TestCase):
    def setUp(self):
        self.workplace = harness.Workplace()
        self.addCleanup(self.workplace.clean)
        self.path = self.workplace.path / "config.json"

    def settings(self):
        return json.loads(self.path.read_text())

    def init(self, *options):
        return harness.run("init", "--output", str(self.path), *options, stdin="")

    def check(self):
        code, out, err = harness.run("check", "--config", str(self.path), env=VARIABLES)
        self.assertEqual((code, err), (0, ""), out)

    def test_options_answer_everything(self):
        code, out, err = self.init("--chat", CHAT, "--chat", OTHER, "--endpoint-url", "https://hooks.slack.com/services/x")
        self.assertEqual((code, err), (0, ""))
        self.assertIn("slack", out)
        self.assertNotIn("whsec_", out)
        self.assertEqual(stat.S_IMODE(self.path.stat().st_mode), 0o600)
        settings = self.settings()
        self.assertEqual(settings["dingtalk"]["appKey"], "${DINGTALK_APP_KEY}")
        self.assertEqual(settings["watch"]["chats"], [CHAT, OTHER])
        self.assertEqual(settings["endpoints"][0]["format"], "slack")
        self.check()

    def test_every_option_reaches_the_file(self):
        code, _, err = self.init(
            "--chat", CHAT, "--endpoint-url", "https://ntfy.sh/x", "--region", "com", "--app-key-env", "CORP_KEY",
            "--app-secret-env", "CORP_WORD",
        )
        self.assertEqual((code, err), (0, ""))
        account = self.settings()["dingtalk"]
        self.assertEqual(account["baseURL"], "https://oapi.dingtalk.com")
        self.assertEqual((account["appKey"], account["appSecret"]), ("${CORP_KEY}", "${CORP_WORD}"))

    def test_a_file_that_is_there_is_left_alone_unless_forced(self):
        self.path.write_text("mine")
        options = ["--chat", CHAT, "--endpoint-url", "https://ntfy.sh/x"]
        code, out, err = self.init(*options)
        self.assertEqual((code, out), (1, ""))
        self.assertEqual(len(err.strip().splitlines()), 1, err)
        self.assertIn("--force", err)
        self.assertEqual(self.path.read_text(), "mine")
        self.assertEqual(self.init(*options, "--force")[0], 0)
        self.check()
        self.assertEqual(stat.S_IMODE(self.path.stat().st_mode), 0o600)
        self.assertEqual([entry.name for entry in self.workplace.path.iterdir()], ["config.json"])

    def test_without_a_terminal_what_is_missing_or_wrong_is_a_usage_error(self):
        url = ["--endpoint-url", "https://ntfy.sh/x"]
        for options in [
            [], ["--chat", CHAT], url, ["--chat", "cidAbc=="] + url, ["--chat", CHAT, "--chat", CHAT] + url,
            ["--chat", CHAT, "--endpoint-url", "nowhere"], ["--chat", CHAT, "--region", "eu"] + url,
            ["--chat", CHAT, "--app-key-env", "A-B"] + url,
        ]:
            with self.subTest(options):
                self.assertEqual(self.init(*options)[0], 64)
                self.assertFalse(self.path.exists())

    def test_a_place_that_cannot_be_written_is_said_in_a_line(self):
        code, _, err = harness.run(
            "init", "--output", "/nonexistent/config.json", "--chat", CHAT, "--endpoint-url", "https://ntfy.sh/x", stdin=""
        )
        self.assertEqual(code, 1)
        self.assertRegex(err, r"^Error: cannot write /nonexistent/config\.json: .+\n$")

    def test_four_questions_on_a_terminal(self):
        terminal = Terminal("init", cwd=self.workplace.path)
        terminal.answer("[DINGTALK_APP_KEY]: ", "")
        terminal.answer("chats to watch", "cidAbc==")
        terminal.answer("openConversationId", f" {CHAT}, {OTHER} ")
        terminal.answer("URL that events are sent to", "audit.example.com")
        terminal.answer("expected a URL", "https://audit.example.com/hooks")
        terminal.answer("[io]: ", "com")
        self.assertEqual(terminal.end(), 0, terminal.shown)
        secret = re.search(r"whsec_\S+", terminal.shown)[0]
        self.assertEqual(terminal.shown.count(secret), 1)
        self.assertIn("DINGTALK_APP_SECRET", terminal.shown)
        settings = self.settings()
        self.assertEqual(settings["watch"]["chats"], [CHAT, OTHER])
        self.assertEqual(settings["dingtalk"]["baseURL"], "https://oapi.dingtalk.com")
        self.assertEqual(settings["endpoints"][0]["signing"], [{"scheme": "standard", "secret": secret}])
        self.assertEqual(stat.S_IMODE(self.path.stat().st_mode), 0o600)
        self.check()

    def test_only_what_the_options_leave_open_is_asked(self):
        terminal = Terminal("init", "--chat", CHAT, "--region", "io", cwd=self.workplace.path)
        terminal.answer("[DINGTALK_APP_KEY]: ", "")
        terminal.answer("URL that events are sent to", "https://hooks.slack.com/services/x")
        self.assertEqual(terminal.end(), 0, terminal.shown)
        self.assertNotIn("chats to watch", terminal.shown)
        self.assertNotIn("Region", terminal.shown)
        self.check()

    def test_an_end_of_input_writes_nothing(self):
        terminal = Terminal("init", cwd=self.workplace.path)
        terminal.answer("[DINGTALK_APP_KEY]: ", "")
        terminal.expect("chats to watch")
        terminal.type("\x04")
        self.assertEqual(terminal.end(), 1, terminal.shown)
        self.assertIn("nothing was written", terminal.shown)
        self.assertFalse(self.path.exists())

    def test_what_is_written_runs(self):
        simulator = harness.Simulator(1)
        self.addCleanup(simulator.stop)
        receiver = harness.Receiver()
        self.addCleanup(receiver.stop)
        chat = next(iter(simulator.chats()))
        code, out, err = self.init("--chat", chat, "--endpoint-url", receiver.url)
        self.assertEqual(code, 0, err)
        settings = self.settings()
        settings["dingtalk"]["baseURL"] = simulator.url
        settings["endpoints"][0]["signing"][0]["secret"] = harness.SECRET
        settings["admin"] = None
        self.path.write_text(json.dumps(settings))
        daemon = harness.Process("run", "--config", str(self.path), env=VARIABLES)
        daemon.wait_for(r"\bwatching\b")
        harness.eventually(lambda: None if receiver.accepted()[0] else f"no event: {daemon.output}")
        self.assertEqual(daemon.stop(), 0, daemon.output)
        self.assertEqual(receiver.accepted()[0][0]["type"], "chat.watched")


if __name__ == "__main__":
    unittest.main()
