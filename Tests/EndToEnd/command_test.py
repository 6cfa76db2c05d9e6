"""What the commands say and with which code they end, for good input and for bad."""

import json
import pathlib
import re
import subprocess
import time
import unittest

import harness


class CheckTest(unittest.TestCase):
    def setUp(self):
        self.workplace = harness.Workplace()
        self.addCleanup(self.workplace.clean)

    def check(self, text, *options):
        path = self.workplace.write(text)
        code, out, err = harness.run("check", "--config", path, *options)
        return code, (out + err).replace(path, "config.json")

    def test_three_mistakes_give_three_lines_with_their_places(self):
        code, output = self.check(
            """{
  "dingtalk": {"appKey": "k", "appSecret": "${NO_SUCH_VARIABLE_HERE}", "callsPerMonth": null},
  "watch": {"chats": ["chat0123456789abcdef0123456789abcdef"], "minIntervall": "5s"},
  "endpoints": [{"name": "a", "url": "https://example.com/x", "retry": {"maxAge": "soon"}}]
}"""
        )
        self.assertEqual(code, 78)
        lines = output.strip().splitlines()
        self.assertEqual(len(lines), 3, output)
        self.assertRegex(lines[0], r"^config\.json:2:\d+: dingtalk\.appSecret: .*NO_SUCH_VARIABLE_HERE")
        self.assertRegex(lines[1], r"^config\.json:3:\d+: watch\.minIntervall: .*did you mean .*minInterval")
        self.assertRegex(
            lines[2], r'^config\.json:4:\d+: endpoints\[0\]\.retry\.maxAge: expected a duration such as "30s", found "soon"$'
        )

    def test_a_missing_file_and_a_broken_one_are_said_in_a_line(self):
        code, out, err = harness.run("check", "--config", "/nonexistent/config.json")
        self.assertEqual((code, out), (78, ""))
        self.assertRegex(err, r"^/nonexistent/config\.json: cannot be read: .+\n$")
        code, output = self.check('{"dingtalk": {"appKey": "k",}}')
        self.assertEqual(code, 78)
        self.assertRegex(output, r"^config\.json:1:\d+: .+\n$")

    def test_a_wrong_option_is_a_usage_error(self):
        self.assertEqual(harness.run("run", "--no-such-option")[0], 64)
        self.assertEqual(harness.run("no-such-command")[0], 64)
        self.assertEqual(harness.run("receive", "--status", "99")[0], 64)
        self.assertEqual(harness.run("sign", "--id", "x", stdin="", env={"BELFRY_SECRET": ""})[0], 64)

    def test_a_bad_secret_or_event_is_said_in_a_line_that_does_not_repeat_it(self):
        code, _, err = harness.run("sign", "--secret", "whsec_tooshort", "--id", "x", stdin="{}")
        self.assertEqual(code, 1)
        self.assertEqual(len(err.strip().splitlines()), 1, err)
        self.assertNotIn("tooshort", err)
        code, _, err = harness.run("render", "--format", "standard", "--event", "-", stdin='{"id": 7')
        self.assertEqual(code, 1)
        self.assertEqual(len(err.strip().splitlines()), 1, err)

    def test_every_command_has_help_and_the_version_names_its_libraries(self):
        for command in ["run", "check", "demo", "simulate", "receive", "render", "sign", "verify"]:
            code, out, _ = harness.run(command, "--help")
            self.assertEqual(code, 0)
            self.assertIn(f"belfry {command}", out)
        self.assertRegex(
            harness.run("--version")[1],
            r"^belfry \d+\.\d+\.\d+ \(libcurl [\d.]+, \S+, SQLite [\d.]+\)\n(warning: \S+ [\d.]+ has .+ \(fixed in .+\): .+\n)*$",
        )

    def test_render_prints_what_is_sent(self):
        for name in ["standard", "slack"]:
            code, out, _ = harness.run("render", "--format", name)
            self.assertEqual(code, 0)
            json.loads(out.split("\n\n", 1)[1])


class OnlineCheckTest(unittest.TestCase):
    def setUp(self):
        self.workplace = harness.Workplace()
        self.addCleanup(self.workplace.clean)
        self.simulator = harness.Simulator(2)
        self.addCleanup(self.simulator.stop)
        self.receiver = harness.Receiver()
        self.addCleanup(self.receiver.stop)

    def check(self, **dingtalk):
        configuration = harness.configuration(
            self.simulator, self.workplace, sorted(self.simulator.chats()), [harness.endpoint("ops", self.receiver)]
        )
        configuration["dingtalk"].update(dingtalk)
        path = self.workplace.write(configuration)
        code, out, err = harness.run("check", "--online", "--config", path)
        return code, out + err

    def test_reads_every_chat_and_reaches_every_endpoint(self):
        code, output = self.check()
        self.assertEqual(code, 0, output)
        self.assertEqual(len(re.findall(r"(?m)^chat chat\w+: \".+\", \d+ members; polled about every \w+, a change is seen after \w+ on average$", output)), 2, output)
        self.assertRegex(output, r'(?m)^endpoint "ops": reachable')
        self.assertEqual(self.receiver.snapshot(), [], "a check must not send events")

    def test_refused_credentials_and_an_unreachable_host_are_named(self):
        code, output = self.check(appSecret="wrong")
        self.assertEqual(code, 1)
        self.assertIn("dingtalk.appKey", output)
        code, output = self.check(baseURL="http://127.0.0.1:1")
        self.assertEqual(code, 1)
        self.assertIn("dingtalk.baseURL", output)

    def test_an_unknown_chat_is_named(self):
        self.simulator.control("POST", "/faults", {"path": "/chat/get", "errcode": 40016, "count": 1})
        code, output = self.check()
        self.assertEqual(code, 1)
        self.assertRegex(output, r"chat chat\w+: refused with 40016")


class DemoTest(unittest.TestCase):
    def test_the_demo_adds_up(self):
        code, out, err = harness.run("demo", "--duration", "9s", "--changes-per-minute", "120", timeout=60)
        self.assertEqual(code, 0, out + err)
        self.assertIn("Everything adds up.", out)
        self.assertNotIn("still waiting", out)
        self.assertRegex(out, r"(?m)^200 verified  chat\.\S+ .*  try \d+$", "no retry that succeeded")
        self.assertRegex(out, r"retries\s+[1-9]")

    def test_an_interrupt_ends_it_with_its_accounts(self):
        process = harness.Process("demo", "--chats", "2")
        process.wait_for("200 verified")
        self.assertEqual(process.stop(), 0, process.output)
        self.assertIn("deliveries", process.output)


class ExampleTest(unittest.TestCase):
    def test_the_example_runs_as_it_is_against_the_simulator(self):
        simulator = harness.Process("simulate", "--chats", "3", "--changes-per-minute", "120")
        self.addCleanup(simulator.stop)
        simulator.wait_for("8781")
        secret = re.search(r"whsec_[A-Za-z0-9+/=]+", (harness.ROOT / "config.example.json").read_text())[0]
        receiver = harness.Process("receive", "--secret", secret)
        self.addCleanup(receiver.stop)
        receiver.wait_for("8782")
        workplace = harness.Workplace()
        self.addCleanup(workplace.clean)
        path = workplace.write((harness.ROOT / "config.example.json").read_text())
        daemon = harness.Process("run", "--config", path)
        receiver.wait_for("200 verified  chat.watched")
        self.assertEqual(daemon.stop(), 0, daemon.output)


class RunTest(unittest.TestCase):
    def setUp(self):
        self.workplace = harness.Workplace()
        self.addCleanup(self.workplace.clean)
        self.simulator = harness.Simulator(3)
        self.addCleanup(self.simulator.stop)
        self.receiver = harness.Receiver()
        self.addCleanup(self.receiver.stop)
        self.settings = harness.configuration(
            self.simulator, self.workplace, sorted(self.simulator.chats()), [harness.endpoint("ops", self.receiver)]
        )

    def start(self):
        return harness.Process("run", "--config", self.workplace.write(self.settings))

    def settled(self, events):
        def complaint():
            count = len(self.receiver.accepted()[0])
            return None if count >= events else f"{count} of {events} events"

        harness.eventually(complaint)

    def test_a_second_process_on_one_store_is_refused(self):
        first = self.start()
        self.settled(3)
        second = self.start()
        self.assertEqual(second.process.wait(20), 1)
        second.wait_for("used by another")
        self.assertEqual(first.stop(), 0)

    def test_a_store_of_another_kind_stops_the_start_with_a_line(self):
        self.workplace.store.write_text("this is not a database, but it is long enough to be taken for one " * 200)
        process = self.start()
        self.assertEqual(process.process.wait(20), 1)
        self.assertEqual(len(process.lines), 1, process.output)
        self.assertIn(str(self.workplace.store), process.output)

    def test_an_unreachable_platform_is_told_once_and_once_when_it_is_back(self):
        daemon = self.start()
        self.settled(3)
        self.simulator.control("POST", "/faults", {"path": "/chat/get", "status": 503})
        daemon.wait_for("watch.failing")
        self.simulator.control("DELETE", "/faults")
        daemon.wait_for("watch.recovered", timeout=60)
        self.settled(5)
        self.assertEqual(daemon.stop(), 0)
        types = [event["type"] for event in self.receiver.accepted()[0]]
        self.assertEqual(types.count("watch.failing"), 1)
        self.assertEqual(types.count("watch.recovered"), 1)

    def test_a_dismissed_chat_is_told_and_polled_no_more(self):
        daemon = self.start()
        self.settled(3)
        chat = self.settings["watch"]["chats"][0]
        self.simulator.control("PATCH", f"/chats/{chat}", {"status": 2})
        self.settled(4)
        self.assertEqual(self.receiver.accepted()[0][-1]["type"], "chat.dismissed")
        daemon.wait_for("polled no more")
        before = self.simulator.control("GET", "/stats")
        time.sleep(1.5)
        after = self.simulator.control("GET", "/stats")
        self.assertEqual(before["chats"][chat], after["chats"][chat])
        daemon.kill()
        restarted = harness.start(self.workplace.write(self.settings))
        restarted.wait_for("chats=2 dismissed=1")
        self.assertEqual(restarted.stop(), 0)

    def test_what_a_receiver_was_down_for_arrives_when_it_is_back(self):
        daemon = self.start()
        self.settled(3)
        port = self.receiver.server.server_port
        self.receiver.stop()
        self.simulator.control("POST", "/mutate", {"count": 30})
        time.sleep(2)
        daemon.kill()
        daemon = harness.start(self.workplace.write(self.settings))
        self.receiver.reopen(port)
        harness.eventually(
            lambda: [
                wrong
                for chat, state in self.simulator.chats().items()
                if (wrong := harness.differences(
                    harness.fold(harness.by_chat(self.receiver.accepted()[0]).get(chat, [])), state))
            ]
        )
        self.assertEqual(daemon.stop(), 0)


class FullDiskTest(unittest.TestCase):
    """Needs the right to mount a small file system; containers without it have no way to fill a disk safely."""

    def test_a_full_disk_stops_the_process_and_loses_nothing(self):
        simulator = harness.Simulator(20)
        self.addCleanup(simulator.stop)
        receiver = harness.Receiver()
        self.addCleanup(receiver.stop)
        workplace = harness.Workplace()
        self.addCleanup(workplace.clean)
        disk = workplace.path / "disk"
        disk.mkdir()
        mount = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)], capture_output=True, text=True
        )
        if mount.returncode != 0:
            self.skipTest(f"cannot mount: {mount.stderr.strip()}")
        self.addCleanup(subprocess.run, ["umount", "-l", str(disk)])
        workplace.store = disk / "belfry.db"
        config = workplace.write(
            harness.configuration(
                simulator, workplace, sorted(simulator.chats()), [harness.endpoint("ops", receiver)], minInterval="100ms"
            )
        )
        daemon = harness.Process("run", "--config", config)
        ballast = disk / "ballast"
        harness.eventually(lambda: None if len(receiver.accepted()[0]) >= 20 else "baselines missing")
        try:
            with open(ballast, "wb", buffering=0) as file:
                while file.write(b"\0" * 4096) == 4096:
                    pass
        except OSError:
            pass
        deadline = time.monotonic() + 30
        while daemon.process.poll() is None and time.monotonic() < deadline:
            simulator.control("POST", "/mutate", {"count": 20})
            time.sleep(0.2)
        self.assertEqual(daemon.process.wait(5), 1, daemon.output)
        self.assertRegex(daemon.lines[-1], r"belfry\.db.*(full|space)")
        ballast.unlink()
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        daemon = harness.start(config)
        harness.eventually(
            lambda: [
                wrong
                for chat, state in simulator.chats().items()
                if (wrong := harness.differences(
                    harness.fold(harness.by_chat(receiver.accepted()[0]).get(chat, [])), state))
            ]
        )
        self.assertEqual(daemon.stop(), 0, daemon.output)
        for chat, events in harness.by_chat(receiver.accepted()[0]).items():
            self.assertEqual([event["data"]["sequence"] for event in events], list(range(1, len(events) + 1)), chat)


if __name__ == "__main__":
    unittest.main()
