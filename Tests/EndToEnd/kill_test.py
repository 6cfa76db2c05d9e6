"""Nothing is lost, reordered or invented when the process is killed at any moment."""

import random
import time
import unittest

import harness


class KillTest(unittest.TestCase):
    CHATS = 50
    CHANGES = 1000
    KILLS = 20

    def test_every_visible_change_arrives_in_order_over_twenty_kills(self):
        chance = random.Random(20261123)
        simulator = harness.Simulator(self.CHATS, seed=7)
        self.addCleanup(simulator.stop)
        receivers = {"steady": harness.Receiver(), "shaky": harness.Receiver(failure_share=0.2, seed=3)}
        workplace = harness.Workplace()
        self.addCleanup(workplace.clean)
        for receiver in receivers.values():
            self.addCleanup(receiver.stop)
        config = workplace.write(
            harness.configuration(
                simulator, workplace, sorted(simulator.chats()),
                [harness.endpoint(name, receiver) for name, receiver in receivers.items()],
            )
        )

        daemon = harness.Process("run", "--config", config)
        for _ in range(self.KILLS):
            simulator.control("POST", "/mutate", {"count": self.CHANGES // self.KILLS})
            time.sleep(chance.uniform(0.05, 1.2))
            self.assertIsNone(daemon.process.poll(), daemon.output)
            daemon.kill()
            daemon = harness.Process("run", "--config", config)
        self.addCleanup(daemon.kill)
        daemon.wait_for(r"\bwatching\b")

        def unfinished():
            actual = simulator.chats()
            for name, receiver in receivers.items():
                told = harness.by_chat(receiver.accepted()[0])
                for chat, state in actual.items():
                    wrong = harness.differences(harness.fold(told.get(chat, [])), state)
                    if wrong:
                        return f"{name}, {chat}: {wrong}"
            pending = workplace.rows("SELECT SUM(pending) FROM endpoints")[0][0]
            return f"{pending} deliveries pending" if pending else None

        harness.eventually(unfinished, timeout=90)
        self.assertEqual(daemon.stop(), 0, daemon.output)

        unknown = dict(
            workplace.rows(
                "SELECT e.name, COUNT(*) FROM attempts a JOIN endpoints e ON e.number = a.endpoint "
                "WHERE a.result = 'unknown' GROUP BY e.name"
            )
        )
        for name, receiver in receivers.items():
            events, repeated = receiver.accepted()
            self.assertEqual(receiver.forged, [])
            bodies = {}
            for identity, _, body in receiver.snapshot():
                self.assertEqual(bodies.setdefault(identity, body), body, "two copies of one event differ")
            for chat, told in harness.by_chat(events).items():
                sequences = [event["data"]["sequence"] for event in told]
                self.assertEqual(sequences, list(range(1, len(told) + 1)), f"{name}, {chat}")
            self.assertLessEqual(repeated, unknown.get(name, 0), f"{name}: more repetitions than tries in flight at the kills")
            recorded = workplace.rows(
                f"SELECT COUNT(*) FROM attempts a JOIN endpoints e ON e.number = a.endpoint WHERE e.name = '{name}'"
            )[0][0]
            self.assertLessEqual(len(receiver.snapshot()), recorded, "sent without a record")
            print(
                f"{name}: {len(events)} events, {len(receiver.snapshot())} receipts, {recorded} tries recorded, "
                f"{repeated} repetitions, {unknown.get(name, 0)} tries in flight at {self.KILLS} kills"
            )
        self.assertEqual(workplace.rows("PRAGMA integrity_check"), [("ok",)])


if __name__ == "__main__":
    unittest.main()
