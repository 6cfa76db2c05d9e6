"""Hints that poll a chat before its turn: by command, by the API, and by the platform's own pushed events."""

import base64
import hashlib
import json
import os
import struct
import time
import unittest
import urllib.error
import urllib.request

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

import harness

TOKEN = "123456"
AES_KEY = "1234567890123456789012345678901234567890123"


class Pusher:
    """The platform's side of a callback, after its published description."""

    def __init__(self, url, owner="demo-key"):
        self.url = url + "/dingtalk/callback"
        self.owner = owner
        self.key = base64.b64decode(AES_KEY + "=")

    def push(self, message, token=TOKEN):
        """Sends an event; returns the decrypted answer and how long it took."""
        plain = os.urandom(16) + struct.pack(">I", len(message)) + message.encode() + self.owner.encode()
        padding = 32 - len(plain) % 32
        cipher = Cipher(algorithms.AES(self.key), modes.CBC(self.key[:16])).encryptor()
        encrypt = base64.b64encode(cipher.update(plain + bytes([padding]) * padding) + cipher.finalize()).decode()
        timestamp, nonce = str(int(time.time() * 1000)), os.urandom(6).hex()
        signature = self.sign(token, timestamp, nonce, encrypt)
        request = urllib.request.Request(
            f"{self.url}?signature={signature}&timestamp={timestamp}&nonce={nonce}",
            data=json.dumps({"encrypt": encrypt}).encode(), headers={"content-type": "application/json"},
        )
        began = time.monotonic()
        with urllib.request.urlopen(request, timeout=10) as response:
            answer = json.loads(response.read())
        took = time.monotonic() - began
        expected = self.sign(TOKEN, str(answer["timeStamp"]), answer["nonce"], answer["encrypt"])
        if answer["msg_signature"] != expected:
            raise AssertionError("the answer's signature is wrong")
        cipher = Cipher(algorithms.AES(self.key), modes.CBC(self.key[:16])).decryptor()
        plain = cipher.update(base64.b64decode(answer["encrypt"])) + cipher.finalize()
        plain = plain[: -plain[-1]]
        length = struct.unpack(">I", plain[16:20])[0]
        return plain[20 : 20 + length].decode(), took

    @staticmethod
    def sign(*parts):
        return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


class HintTest(unittest.TestCase):
    def setUp(self):
        self.workplace = harness.Workplace()
        self.addCleanup(self.workplace.clean)
        self.simulator = harness.Simulator(3)
        self.addCleanup(self.simulator.stop)
        self.receiver = harness.Receiver()
        self.addCleanup(self.receiver.stop)
        self.chats = sorted(self.simulator.chats())
        # Minutes between two turns of a chat: what arrives sooner comes of a hint.
        self.settings = harness.configuration(
            self.simulator, self.workplace, self.chats, [harness.endpoint("ops", self.receiver)],
            minInterval="300ms", maxInterval="6h",
        )
        self.settings["dingtalk"]["callsPerMonth"] = 20_000
        self.settings["dingtalk"]["callback"] = {"token": TOKEN, "aesKey": AES_KEY}
        self.settings["admin"] = {"listen": "127.0.0.1:0"}
        self.config = self.workplace.write(self.settings)
        self.daemon = harness.start(self.config)
        self.addCleanup(self.daemon.kill)
        self.url = harness.admin_url(self.daemon)
        for chat in self.chats:
            code, out, err = harness.run("poll", chat, "--address", self.url)
            self.assertEqual((code, err), (0, ""), out)

    def rename(self, name, chat=0):
        self.simulator.control("PATCH", f"/chats/{self.chats[chat]}", {"name": name})

    def arrival(self, name, timeout=20):
        """Seconds until the new name has arrived at the receiver."""
        began = time.monotonic()
        harness.eventually(
            lambda: None
            if any(event["data"]["change"].get("to") == name for event in self.receiver.accepted()[0])
            else f"no {name}",
            timeout=timeout, interval=0.01,
        )
        return time.monotonic() - began

    def calls(self):
        return self.simulator.control("GET", "/stats")["calls"]["/chat/get"]

    def test_a_pushed_event_brings_a_rename_in_under_a_second(self):
        pusher = Pusher(self.url)
        time.sleep(0.4)
        self.rename("pushed")
        answer, took = pusher.push(json.dumps({"EventType": "chat_update_title", "ChatId": self.chats[0]}))
        self.assertEqual(answer, "success")
        self.assertLess(took, 1.5)
        self.assertLess(self.arrival("pushed"), 1)

    def test_many_hints_of_one_chat_are_few_polls(self):
        pusher = Pusher(self.url)
        time.sleep(0.4)
        before = self.calls()
        for _ in range(30):
            pusher.push(json.dumps({"EventType": "chat_add_member", "ChatId": self.chats[1]}))
        time.sleep(1)
        self.assertLess(self.calls() - before, 6)

    def test_a_forged_push_and_one_about_a_strange_chat_poll_nothing(self):
        pusher = Pusher(self.url)
        before = self.calls()
        with self.assertRaises(urllib.error.HTTPError) as caught:
            pusher.push("{}", token="another")
        self.assertEqual(caught.exception.code, 403)
        answer, _ = pusher.push(json.dumps({"EventType": "chat_disband", "ChatId": "chatffffffffffffffffffffffffffffffff"}))
        self.assertEqual(answer, "success")
        time.sleep(0.5)
        self.assertEqual(self.calls(), before)

    def test_poll_says_what_it_found(self):
        code, out, _ = harness.run("poll", self.chats[0], "--address", self.url)
        self.assertEqual((code, out.strip()), (0, "unchanged: nothing has changed"))
        self.rename("by command", chat=1)
        code, out, _ = harness.run("poll", self.chats[1], "--config", self.config, "--address", self.url, "--json")
        answer = json.loads(out)
        self.assertEqual((code, answer["outcome"], answer["detail"]), (0, "changed", "chat.renamed"))
        self.assertEqual(len(answer["events"]), 1)
        self.arrival("by command")
        self.simulator.control("POST", "/faults", {"path": "/chat/get", "errcode": 40016})
        code, out, _ = harness.run("poll", self.chats[2], "--address", self.url)
        self.assertEqual(code, 1)
        self.assertIn("40016", out)
        code, _, err = harness.run("poll", "chat0", "--address", self.url)
        self.assertEqual(code, 1)
        self.assertIn('no chat "chat0" is watched', err)

    def test_a_dismissed_chat_is_polled_only_when_asked_for(self):
        self.simulator.control("PATCH", f"/chats/{self.chats[0]}", {"status": 2})
        code, out, _ = harness.run("poll", self.chats[0], "--address", self.url)
        self.assertIn("chat.dismissed", out)
        self.simulator.control("PATCH", f"/chats/{self.chats[0]}", {"status": 1})
        code, out, _ = harness.run("poll", self.chats[0], "--address", self.url)
        self.assertEqual(code, 0)
        self.assertIn("chat.restored", out)

    def test_no_endpoint_may_reach_the_admin_server(self):
        self.settings["admin"]["listen"] = self.url.removeprefix("http://")
        self.settings["endpoints"] = [{"name": "own", "format": "standard", "url": f"{self.url}/api/v1/reload"}]
        code, out, _ = harness.run("test", "own", "--config", self.workplace.write(self.settings, "own.json"))
        self.assertEqual(code, 1)
        self.assertIn("own listener", out)

    def test_health_and_unreachable_daemons_have_their_exit_codes(self):
        self.assertEqual(harness.run("health", "--address", self.url)[0], 0)
        self.assertEqual(self.daemon.stop(), 0)
        code, _, err = harness.run("health", "--address", self.url)
        self.assertEqual(code, 69)
        self.assertIn("no daemon answers", err)


if __name__ == "__main__":
    unittest.main()
