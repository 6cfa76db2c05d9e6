"""Every class of the platform's failures, met by the built program: what it does about each, and that no event is lost."""

import datetime
import json
import time
import unittest

import harness


class FailureTest(unittest.TestCase):
    def setUp(self):
        self.workplace = harness.Workplace()
        self.addCleanup(self.workplace.clean)
        self.simulator = harness.Simulator(3)
        self.addCleanup(self.simulator.stop)
        self.receiver = harness.Receiver()
        self.addCleanup(self.receiver.stop)
        self.chats = sorted(self.simulator.chats())
        self.settings = harness.configuration(
            self.simulator, self.workplace, self.chats, [harness.endpoint("ops", self.receiver)], maxInterval="2s"
        )
        self.settings["dingtalk"]["timeout"] = "1s"
        self.daemon = harness.start(self.workplace.write(self.settings))
        self.addCleanup(lambda: self.daemon.kill())
        self.settled(3)

    def settled(self, events):
        harness.eventually(
            lambda: None if len(self.receiver.accepted()[0]) >= events else f"{len(self.receiver.accepted()[0])} events"
        )

    def fault(self, **fault):
        self.simulator.control("POST", "/faults", {"path": "/chat/get", **fault})

    def mend(self):
        self.simulator.control("DELETE", "/faults")

    def rename(self, name, chat=0):
        self.simulator.control("PATCH", f"/chats/{self.chats[chat]}", {"name": name})

    def calls(self):
        return self.simulator.control("GET", "/stats")["calls"].get("/chat/get", 0)

    def events(self):
        return [event for event in self.receiver.accepted()[0] if event["type"] != "chat.watched"]

    def types(self):
        return [event["type"] for event in self.events()]

    def told(self, *types, after=0):
        """Waits until just these events have come, behind the first `after`."""
        harness.eventually(lambda: None if self.types()[after:] == list(types) else f"events: {self.types()}")

    def arrives(self, name):
        harness.eventually(
            lambda: None if any(e["data"]["change"].get("to") == name for e in self.events()) else f"no {name}: {self.types()}"
        )

    def test_a_throttle_is_waited_for_until_the_time_it_names(self):
        until = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))) + datetime.timedelta(seconds=4)
        text = until.strftime("%Y-%m-%d %H:%M:%S")
        body = {
            "errcode": 88, "sub_code": "90018", "errmsg": "ding talk error[subcode=90018]",
            "sub_msg": f"您的服务器调用钉钉开放平台接口过于频繁, 限制将在 {text} 结束",
        }
        self.fault(body=json.dumps(body, ensure_ascii=False), count=1)
        self.daemon.wait_for("90018")
        before, began = self.calls(), time.monotonic()
        self.rename("after the penalty")
        time.sleep(1.5)
        self.assertEqual(self.calls(), before)
        self.arrives("after the penalty")
        self.assertGreater(time.monotonic() - began, 1.5)
        self.assertEqual(self.types(), ["chat.renamed"])

    def test_a_busy_platform_is_asked_again(self):
        self.fault(errcode=-1, count=2)
        self.rename("after being busy")
        self.arrives("after being busy")
        self.assertEqual(self.types(), ["chat.renamed"])

    def test_a_spent_month_pauses_the_polls_over_restarts_and_deliveries_go_on(self):
        self.receiver.stop()
        self.rename("before the end")
        self.daemon.wait_for("chat.renamed")
        self.fault(errcode=90020, wrapped=True)
        self.daemon.wait_for("watch.failing")
        self.receiver.reopen(self.receiver.server.server_port)
        harness.eventually(
            lambda: None if sorted(self.types()) == ["chat.renamed", "watch.failing"] else f"events: {self.types()}"
        )
        failing = next(event for event in self.events() if event["type"] == "watch.failing")
        self.assertEqual(failing["data"]["change"]["errcode"], 90020)
        self.assertIn("next month", failing["data"]["change"]["hint"])
        self.mend()
        self.assertEqual(self.daemon.stop(), 0)
        before = self.calls()
        self.daemon = harness.start(self.workplace.write(self.settings))
        time.sleep(2)
        self.assertEqual(self.calls(), before)

    def test_a_missing_permission_is_told_once_with_what_to_mend(self):
        self.fault(errcode=43007)
        self.daemon.wait_for("watch.failing")
        time.sleep(2)
        self.told("watch.failing")
        self.assertIn("qyapi_chat_read", self.events()[0]["data"]["change"]["hint"])

    def test_a_chat_that_is_refused_three_times_is_told_and_the_others_go_on(self):
        self.fault(errcode=40016, chatid=self.chats[0])
        self.told("chat.unreachable")
        self.rename("another", chat=1)
        self.arrives("another")
        self.mend()
        self.told("chat.unreachable", "chat.renamed", "chat.reachable")

    def test_a_blocked_address_is_told(self):
        self.fault(body="<html>blocked</html>", count=3)
        self.daemon.wait_for("watch.failing")
        self.told("watch.failing")
        self.assertIn("blocked", self.events()[0]["data"]["change"]["hint"])

    def test_one_chat_with_odd_answers_slows_nobody(self):
        body = {"errcode": 0, "errmsg": "ok", "chat_info": {"chatid": self.chats[1], "name": "somebody else"}}
        self.fault(body=json.dumps(body), chatid=self.chats[0])
        self.daemon.wait_for("about another chat")
        for number in range(5):
            self.rename(f"name {number}", chat=1)
            self.arrives(f"name {number}")
        self.assertEqual(set(self.types()), {"chat.renamed"})

    def test_a_slow_host_and_one_that_hangs_up_are_told_and_found_again(self):
        for fault in ({"delay": "3s"}, {"close": True}):
            told = len(self.events())
            self.fault(**fault)
            self.told("watch.failing", after=told)
            self.mend()
            self.told("watch.failing", "watch.recovered", after=told)


if __name__ == "__main__":
    unittest.main()
