"""What `check` finds beyond single values: what cannot be had together."""

import json
import re
import unittest

import harness

VARIABLES = {
    "DINGTALK_APP_KEY": "k", "DINGTALK_APP_SECRET": "s", "SLACK_WEBHOOK_URL": "https://hooks.slack.com/services/x",
}


class CombinationTest(unittest.TestCase):
    def setUp(self):
        self.workplace = harness.Workplace()
        self.addCleanup(self.workplace.clean)

    def check(self, watch, **members):
        path = self.workplace.write(
            json.dumps({"dingtalk": {"appKey": "k", "appSecret": "s"}, "watch": watch, "endpoints": [], **members})
        )
        code, out, err = harness.run("check", "--config", path)
        return code, out.replace(path, "config.json"), err.replace(path, "config.json")

    def test_intervals_that_the_calls_cannot_pay_for_are_refused_with_the_arithmetic(self):
        chats = [{"id": f"chat{number}", "interval": "1m"} for number in range(100)]
        code, out, err = self.check({"chats": chats})
        self.assertEqual((code, out), (78, ""))
        self.assertRegex(
            err,
            r"^config\.json:1:\d+: watch\.chats: 100 chats cannot be polled every minute with 5,000 calls a month: "
            r"that takes 4,320,000\n$",
        )

    def test_a_bound_that_the_calls_cannot_keep_is_a_warning(self):
        chats = [f"chat{number}" for number in range(50)]
        code, out, err = self.check({"chats": chats, "maxInterval": "6h"})
        self.assertEqual((code, out), (0, "config.json: valid; 50 chats, 0 endpoints\n"))
        self.assertRegex(err, r"^config\.json:1:\d+: warning: watch\.maxInterval: 50 chats cannot be polled every 6h .+\n$")
        self.assertEqual(self.check({"chats": chats})[2], "")

    def test_a_hundred_thousand_chats_in_a_file_are_read_at_once(self):
        (self.workplace.path / "chats.txt").write_text("".join(f"chat{n:032x}  Group {n}\n" for n in range(100_000)))
        code, out, err = self.check({"chatsFile": "chats.txt"})
        self.assertEqual((code, err), (0, ""))
        self.assertIn("100000 chats", out)

    def test_the_documented_configuration_is_accepted(self):
        text = (harness.ROOT / "docs" / "configuration.md").read_text()
        snippet = re.search(r"(?ms)^```json\n(.*?)^```", text)[1]
        code, _, err = harness.run("check", "--config", self.workplace.write(snippet), env=VARIABLES)
        self.assertEqual((code, err), (0, ""))


if __name__ == "__main__":
    unittest.main()
