"""A configuration that changes while the daemon runs."""

import json
import signal
import time
import unittest

import harness


class ReloadTest(unittest.TestCase):
    def setUp(self):
        self.workplace = harness.Workplace()
        self.addCleanup(self.workplace.clean)
        self.simulator = harness.Simulator(4)
        self.addCleanup(self.simulator.stop)
        self.receiver = harness.Receiver()
        self.addCleanup(self.receiver.stop)
        self.chats = sorted(self.simulator.chats())
        self.list = self.workplace.path / "chats.txt"
        self.list.write_text(f"{self.chats[0]} Board\n{self.chats[1]}\n")
        self.settings = harness.configuration(
            self.simulator, self.workplace, [], [harness.endpoint("ops", self.receiver)], chatsFile=str(self.list)
        )
        self.config = self.workplace.write(self.settings)
        self.daemon = harness.start(self.config)
        self.addCleanup(lambda: self.daemon.kill())
        self.settled(self.receiver, 2)

    def settled(self, receiver, events):
        harness.eventually(
            lambda: None if len(receiver.accepted()[0]) >= events else f"{len(receiver.accepted()[0])} of {events}"
        )

    def hang_up(self, settings):
        self.workplace.write(settings)
        self.daemon.process.send_signal(signal.SIGHUP)

    def last_call(self, chat):
        return self.simulator.control("GET", "/stats")["chats"].get(chat)

    def test_a_new_chats_file_takes_effect_by_itself(self):
        self.list.write_text(f"{self.chats[1]}\n{self.chats[2]}\n{self.chats[3]}\n")
        self.daemon.wait_for(f"chat {self.chats[0]} removed")
        self.settled(self.receiver, 4)
        before = self.last_call(self.chats[0])
        time.sleep(1.5)
        self.assertEqual(self.last_call(self.chats[0]), before)

    def test_a_wrong_chats_file_changes_nothing_and_says_where_it_is_wrong(self):
        self.list.write_text(f"{self.chats[2]}\n{self.chats[3]} x\ncid/bad id\n")
        self.daemon.wait_for(r"chats\.txt:3:1")
        self.simulator.control("PATCH", f"/chats/{self.chats[0]}", {"name": "still watched"})
        self.settled(self.receiver, 3)

    def test_what_waits_for_a_removed_chat_still_goes_out(self):
        port = self.receiver.server.server_port
        self.receiver.stop()
        self.simulator.control("PATCH", f"/chats/{self.chats[0]}", {"name": "last words"})
        self.daemon.wait_for("chat.renamed")
        self.list.write_text(f"{self.chats[1]}\n")
        self.daemon.wait_for(f"chat {self.chats[0]} removed")
        self.receiver.reopen(port)
        self.settled(self.receiver, 3)

    def test_a_hangup_adds_and_removes_endpoints_and_keeps_what_waits(self):
        second = harness.Receiver()
        self.addCleanup(second.stop)
        both = {**self.settings, "endpoints": [harness.endpoint("ops", self.receiver), harness.endpoint("new", second)]}
        self.hang_up(both)
        self.daemon.wait_for('endpoint "new" added')
        self.simulator.control("PATCH", f"/chats/{self.chats[1]}", {"name": "for two"})
        self.settled(second, 1)
        self.settled(self.receiver, 3)
        second.stop()
        self.simulator.control("PATCH", f"/chats/{self.chats[1]}", {"name": "for later"})
        self.settled(self.receiver, 4)
        self.hang_up(self.settings)
        self.daemon.wait_for('endpoint "new" removed; what waits for it is kept')
        self.hang_up(both)
        second.reopen(second.server.server_port)
        names = lambda: [event["data"]["change"].get("to") for event in second.accepted()[0]]
        harness.eventually(lambda: None if "for later" in names() else f"{names()}")
        self.assertEqual(self.daemon.stop(), 0)

    def test_an_invalid_configuration_leaves_the_old_one_in_force(self):
        broken = json.loads(json.dumps(self.settings))
        broken["endpoints"][0]["timeout"] = "soon"
        broken["watch"]["minInterval"] = "9h"
        self.hang_up(broken)
        self.daemon.wait_for("the old one stays in force")
        self.daemon.wait_for(r"endpoints\[0\]\.timeout")
        self.simulator.control("PATCH", f"/chats/{self.chats[1]}", {"name": "as before"})
        self.settled(self.receiver, 3)

    def test_what_needs_a_restart_is_said(self):
        self.hang_up({**self.settings, "log": {"level": "info"}})
        self.daemon.wait_for("log.level changed from debug to info, which needs a restart")


if __name__ == "__main__":
    unittest.main()
