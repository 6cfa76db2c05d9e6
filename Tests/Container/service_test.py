"""The unit of systemd, judged by systemd itself."""

import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
UNIT = ROOT / "deploy" / "belfry.service"
# From 0, safe, to 10. What is left: it has to reach the network, by addresses that only its configuration knows.
EXPOSURE = 1.2


@unittest.skipUnless(shutil.which("systemd-analyze"), "systemd-analyze is missing")
class ServiceTest(unittest.TestCase):
    def test_it_is_understood(self):
        with tempfile.TemporaryDirectory() as directory:
            unit = pathlib.Path(directory, "belfry.service")
            # The check insists on a program that is there.
            unit.write_text(UNIT.read_text().replace("/usr/bin/belfry", "/bin/true"))
            result = subprocess.run(["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True)
        self.assertEqual((result.returncode, result.stdout + result.stderr), (0, ""))

    def test_it_is_exposed_to_little(self):
        result = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--no-pager", UNIT], capture_output=True, text=True
        )
        found = re.search(r"exposure level for belfry\.service: ([\d.]+)", result.stdout)
        self.assertIsNotNone(found, result.stdout + result.stderr)
        print(f"\nbelfry.service: exposure {found[1]}")
        self.assertLessEqual(float(found[1]), EXPOSURE)

    def test_it_gives_a_stop_more_time_than_the_daemon_takes(self):
        self.assertIn("TimeoutStopSec=30s", UNIT.read_text())


if __name__ == "__main__":
    unittest.main()
