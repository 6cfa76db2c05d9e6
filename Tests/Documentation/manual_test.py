"""The manual pages and the shell completions, which are made of the program itself."""

import json
import pathlib
import subprocess
import tempfile
import unittest

import pages  # makes the next one findable
import harness  # noqa: I001


class ManualTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        cls.path = pathlib.Path(directory.name)
        script = pages.ROOT / "scripts" / "manual"
        subprocess.run([script, cls.path], check=True, capture_output=True, timeout=600)

    def complete(self, *words):
        """What bash offers for the last word."""
        script = self.path / "completions" / "belfry.bash"
        line = " ".join(f"'{word}'" for word in words)
        previous = words[-2] if len(words) > 1 else ""
        result = subprocess.run(
            [
                "bash", "-c",
                f"source {script}; COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; "
                f"_belfry belfry '{words[-1]}' '{previous}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            ],
            check=True, capture_output=True, text=True,
        )
        return result.stdout.split()

    def test_every_command_has_a_page_that_groff_finds_nothing_wrong_with(self):
        described = json.loads(harness.run("--experimental-dump-help")[1])
        commands = {command["commandName"] for command in described["command"]["subcommands"]}
        self.assertGreater(len(commands), 20)
        found = {path.name for path in self.path.glob("man1/*.1")}
        self.assertEqual({"belfry.1"} | {f"belfry-{command}.1" for command in commands} - found, {"belfry.1"})
        for path in self.path.glob("man1/*.1"):
            result = subprocess.run(["groff", "-mandoc", "-ww", "-Tutf8", path], capture_output=True, text=True)
            self.assertEqual((result.returncode, result.stderr), (0, ""), path.name)
            self.assertIn(f'.Dt {path.stem.upper()} 1\n', path.read_text())

    def test_bash_completes_commands_and_the_values_of_options(self):
        self.assertEqual(self.complete("belfry", "endp"), ["endpoints"])
        self.assertLessEqual({"pending", "delivered", "dead"}, set(self.complete("belfry", "deliveries", "--state", "")))

    def test_there_are_completions_for_each_shell(self):
        for shell in ["bash", "zsh", "fish"]:
            self.assertIn("deliveries", (self.path / "completions" / f"belfry.{shell}").read_text())


if __name__ == "__main__":
    unittest.main()
