"""What Prometheus reads, and what is made of it: the page, the alerts, the Grafana dashboard."""

import json
import pathlib
import re
import subprocess
import sys
import unittest
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "EndToEnd"))
import harness

DEPLOY = harness.ROOT / "deploy"
PROMISED = """
belfry_build_info belfry_polls_total belfry_poll_duration_seconds belfry_chats belfry_calls_remaining
belfry_last_poll_success_timestamp_seconds belfry_events_total belfry_delivery_attempts_total belfry_deliveries_total
belfry_delivery_latency_seconds belfry_queue_depth belfry_queue_oldest_age_seconds belfry_endpoint_state
belfry_store_commit_duration_seconds belfry_store_size_bytes belfry_store_limit_bytes belfry_config_last_reload_successful
process_cpu_seconds_total process_resident_memory_bytes process_open_fds process_start_time_seconds
""".split()


def promtool(*arguments, stdin=None):
    result = subprocess.run(["promtool", *arguments], input=stdin, capture_output=True, text=True)
    return result.returncode, result.stdout + result.stderr


class PageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        workplace = harness.Workplace()
        cls.addClassCleanup(workplace.clean)
        simulator = harness.Simulator(3)
        cls.addClassCleanup(simulator.stop)
        receiver = harness.Receiver(failure_share=0.3)
        cls.addClassCleanup(receiver.stop)
        settings = harness.configuration(
            simulator, workplace, sorted(simulator.chats()), [harness.endpoint("ops", receiver)]
        )
        settings["dingtalk"]["callsPerMonth"] = 1_000_000
        settings["admin"] = {"listen": "127.0.0.1:0"}
        daemon = harness.start(workplace.write(settings))
        cls.addClassCleanup(daemon.stop)
        url = harness.admin_url(daemon) + "/metrics"
        harness.eventually(lambda: None if len(receiver.accepted()[0]) >= 3 else "baselines missing")

        def read():
            with urllib.request.urlopen(url, timeout=10) as response:
                cls.content_type = response.headers["content-type"]
                cls.page = response.read().decode()

        def complaint():
            read()
            found = re.search(r'belfry_deliveries_total\{endpoint="ops",outcome="delivered"\} (\d+)', cls.page)
            return None if found and int(found[1]) == 3 else "not all counted"

        harness.eventually(complaint)

    def samples(self, name):
        return re.findall(rf"^{name}(?:\{{([^}}]*)\}})? (\S+)$", self.page, re.M)

    def test_promtool_finds_nothing_to_say(self):
        self.assertEqual(self.content_type, "text/plain; version=0.0.4; charset=utf-8")
        self.assertEqual(promtool("check", "metrics", stdin=self.page), (0, ""))

    def test_every_promised_metric_is_there(self):
        told = set(re.findall(r"^# TYPE (\S+)", self.page, re.M))
        self.assertEqual(set(PROMISED) - told, set())

    def test_the_figures_are_those_of_what_happened(self):
        self.assertIn(('type="chat.watched"', "3"), self.samples("belfry_events_total"))
        self.assertEqual(self.samples("belfry_delivery_latency_seconds_count"), [('endpoint="ops"', "3")])
        self.assertIn(('state="watched"', "3"), self.samples("belfry_chats"))
        self.assertEqual(self.samples("belfry_queue_depth"), [('endpoint="ops"', "0")])
        self.assertIn(('endpoint="ops",state="active"', "1"), self.samples("belfry_endpoint_state"))
        self.assertGreater(int(self.samples("belfry_store_commit_duration_seconds_count")[0][1]), 0)

    def test_the_dashboard_and_the_alerts_ask_for_nothing_else(self):
        told = set(re.findall(r"^# TYPE (\S+)", self.page, re.M))
        told |= {name + end for name in told for end in ("_bucket", "_sum", "_count")}
        dashboard = json.loads((DEPLOY / "grafana-dashboard.json").read_text())
        texts = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
        texts.append((DEPLOY / "alerts.yml").read_text())
        asked = set(re.findall(r"\b(?:belfry|process)_\w+", "\n".join(texts)))
        self.assertGreater(len(asked), 12)
        self.assertEqual(asked - told, set())


class RulesTest(unittest.TestCase):
    def test_the_rules_are_sound_and_fire_on_what_they_are_for(self):
        code, output = promtool("check", "rules", str(DEPLOY / "alerts.yml"))
        self.assertEqual(code, 0, output)
        code, output = promtool("test", "rules", str(harness.ROOT / "Tests" / "Operations" / "alerts_test.yml"))
        self.assertEqual(code, 0, output)

    def test_every_runbook_is_a_heading(self):
        headings = re.findall(r"^#+ (.*)$", (harness.ROOT / "docs" / "operations.md").read_text(), re.M)
        anchors = {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}
        runbooks = re.findall(r"runbook: docs/operations\.md#(\S+)", (DEPLOY / "alerts.yml").read_text())
        alerts = re.findall(r"^ *- alert: ", (DEPLOY / "alerts.yml").read_text(), re.M)
        self.assertEqual(len(runbooks), len(alerts))
        self.assertEqual(set(runbooks) - anchors, set())


if __name__ == "__main__":
    unittest.main()
