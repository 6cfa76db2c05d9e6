"""What is in the image, and what is not."""

import os
import pathlib
import stat
import unittest

import engine

MEGABYTE = 1_000_000


@unittest.skipUnless(engine.IMAGE, "scripts/container builds the image")
class ImageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        image = engine.configured(engine.IMAGE)
        # podman shows the health check beside the rest.
        cls.configuration = {"Healthcheck": image.get("Healthcheck"), **image["Config"]}
        cls.root = pathlib.Path(engine.podman("image", "mount", engine.IMAGE).stdout.strip())
        cls.addClassCleanup(engine.podman, "image", "unmount", engine.IMAGE)
        cls.files = {
            "/" + str(path.relative_to(cls.root)): path.lstat() for path in cls.root.rglob("*") if not path.is_dir()
        }

    def test_it_is_small(self):
        sizes = {name: status.st_size for name, status in self.files.items()}
        total = sum(sizes.values())
        program = sizes["/usr/bin/belfry"]
        print(f"\nimage: {total / MEGABYTE:.1f} MB unpacked in {len(sizes)} files, the program {program / MEGABYTE:.1f} MB of it")
        self.assertLess(total, 60 * MEGABYTE)

    def test_it_holds_one_program_and_no_shell(self):
        programs = {name for name, status in self.files.items() if status.st_mode & 0o111 and ".so" not in name}
        self.assertEqual(programs, {"/usr/bin/belfry"})

    def test_the_user_can_change_nothing_in_it_but_the_data(self):
        uid, gid = map(int, self.configuration["User"].split(":"))
        self.assertNotEqual(uid, 0)
        for path in [self.root, *self.root.rglob("*")]:
            status, name = path.lstat(), "/" + str(path.relative_to(self.root))
            with self.subTest(name):
                self.assertFalse(status.st_mode & (stat.S_ISUID | stat.S_ISGID))
                if name == "/data":
                    self.assertEqual((status.st_uid, status.st_gid), (uid, gid))
                else:
                    self.assertEqual((status.st_uid, status.st_gid), (0, 0))
                    self.assertTrue(stat.S_ISLNK(status.st_mode) or not status.st_mode & 0o002)

    def test_it_says_how_it_is_run(self):
        self.assertEqual(self.configuration["Entrypoint"], ["/usr/bin/belfry"])
        self.assertEqual(self.configuration["Cmd"], ["run"])
        self.assertEqual(self.configuration["StopSignal"], "SIGTERM")
        self.assertEqual(self.configuration["Healthcheck"]["Test"], ["CMD", "/usr/bin/belfry", "health"])
        self.assertEqual(self.configuration["WorkingDir"], "/data")
        self.assertIn("/data", self.configuration["Volumes"])

    def test_it_trusts_the_public_authorities(self):
        bundle = (self.root / "etc/ssl/certs/ca-certificates.crt").read_text()
        self.assertGreater(bundle.count("BEGIN CERTIFICATE"), 50)


if __name__ == "__main__":
    unittest.main()
