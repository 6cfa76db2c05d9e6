"""The services of compose.yaml, run in containers with a read-only root, no capability and no network but the loopback device."""

import json
import unittest
import urllib.error
import urllib.request

import engine

TOKEN = "belfry-demo"


@unittest.skipUnless(engine.IMAGE, "scripts/container builds the image")
class ComposeTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.simulator = cls.started("simulator")
        cls.receiver = cls.started("receiver")
        cls.belfry = cls.started("belfry")
        engine.eventually(lambda: cls.belfry.belfry("health")[0] == 0)
        cls.wanted = len(cls.ask("/api/v1/chats")["data"])

    @classmethod
    def started(cls, name):
        # Registered first: what fails to start is removed as well.
        cls.addClassCleanup(engine.podman, "rm", "--force", "--time", "0", "--volumes", name, check=False)
        return engine.Container(name)

    @staticmethod
    def ask(path, token=TOKEN):
        request = urllib.request.Request(f"http://127.0.0.1:8780{path}")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.loads(response.read())

    def receipts(self):
        return self.receiver.logs().count("200 verified")

    def test_events_arrive_signed(self):
        self.assertGreaterEqual(self.wanted, 6)
        # A first sight of every group, and a change after that.
        engine.eventually(lambda: self.receipts() > self.wanted)

    def test_the_image_s_own_health_check_succeeds(self):
        engine.podman("healthcheck", "run", "belfry")

    def test_the_program_is_no_one_and_can_become_no_one_else(self):
        for container in (self.belfry, self.simulator, self.receiver):
            status = container.status()
            self.assertEqual(status["Uid"].split(), ["10001"] * 4)
            self.assertEqual(status["Gid"].split(), ["10001"] * 4)
            for capabilities in ("CapEff", "CapPrm", "CapBnd", "CapAmb"):
                self.assertEqual(int(status[capabilities], 16), 0, capabilities)
            self.assertEqual(status["NoNewPrivs"], "1")

    def test_it_writes_to_its_data_and_nowhere_else(self):
        code, output = self.belfry.belfry("backup", "/data/copy.db")
        self.assertEqual(code, 0, output)
        for path in ("/copy.db", "/etc/copy.db", "/tmp/copy.db"):
            code, output = self.belfry.belfry("backup", path)
            self.assertEqual(code, 1, output)

    def test_the_root_is_mounted_read_only(self):
        with open(f"/proc/{self.belfry.pid}/mountinfo") as file:
            mounts = {fields[4]: fields[5].split(",") for fields in map(str.split, file)}
        self.assertIn("ro", mounts["/"])
        self.assertIn("rw", mounts["/data"])

    def test_the_api_wants_the_token(self):
        with self.assertRaises(urllib.error.HTTPError) as refused:
            self.ask("/api/v1/status", token=None)
        with refused.exception as answer:
            self.assertEqual(answer.code, 401)

    def test_it_is_content_with_little_memory(self):
        resident = int(self.belfry.status()["VmRSS"].removesuffix(" kB")) * 1024 / 1_000_000
        print(f"\ndaemon: {resident:.1f} MB resident")
        self.assertLess(resident, 45)

    # By its name the last: it ends what the others need.
    def test_zz_a_stop_ends_each_in_order_and_in_time(self):
        for container in (self.belfry, self.receiver, self.simulator):
            code, seconds = container.stop(grace=30)
            self.assertEqual(code, 0, container.logs()[-2000:])
            self.assertLess(seconds, 25)


if __name__ == "__main__":
    unittest.main()
