"""What README and docs say is so: commands run, configurations are valid, links lead somewhere, nothing is left out."""

import json
import re
import shutil
import unittest
import urllib.request

import commands
import pages
import stage

MINIMAL = {
    "dingtalk": {"appKey": "${DINGTALK_APP_KEY}", "appSecret": "${DINGTALK_APP_SECRET}"},
    "watch": {"chats": [commands.CHAT]},
    "endpoints": [],
}


def as_configuration(value):
    """A whole configuration around an example: the whole, some of its keys, or one endpoint. None: it is something else."""
    if not isinstance(value, dict) or "data" in value:
        return None
    if "url" in value:
        return {**MINIMAL, "endpoints": [value]}
    if set(value) <= {*MINIMAL, "admin", "storage", "network", "log", "shutdownTimeout"}:
        return {**MINIMAL, **value}
    return None


def with_files(text, directory):
    """Files with secrets, which services and containers find below /run, are made below `directory` instead."""

    def made(found):
        path = directory / found[1].lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("secret\n")
        return f"${{file:{path}}}"

    return re.sub(r"\$\{file:(/run/[^}]+)\}", made, text)


class RunningTest(unittest.TestCase):
    """What needs a daemon, a platform and a receiver."""

    @classmethod
    def setUpClass(cls):
        cls.stage = stage.Stage()
        cls.addClassCleanup(cls.stage.stop)

    def test_every_metric_is_told_and_no_other(self):
        with urllib.request.urlopen(f"http://{self.stage.admin}/metrics", timeout=10) as response:
            output = response.read().decode()
        served = set(re.findall(r"(?m)^# TYPE (belfry_\w+)", output))
        self.assertEqual(set(re.findall(r"`(belfry_\w+)", pages.page("docs/operations.md").prose)), served)

    def test_every_command_runs(self):
        self.count = 0
        for page in pages.all_pages():
            output = ""
            for block in page.blocks:
                if block.kind in ("sh", "console"):
                    output = "\n".join(self.outputs(block))
                elif block.is_output:
                    told = {line.split()[0] for line in output.splitlines() if line.strip()}
                    with self.subTest("output", place=block.place):
                        self.assertLessEqual(block.beginnings, told, output)
        self.assertGreater(self.count, 40, "the pages' commands are not found any more")

    def test_a_backup_is_restored_as_the_page_says(self):
        known = self.stage.run("belfry events --json --limit 3")[1].splitlines()
        self.assertTrue(known)
        directory = self.stage.apart("restored")
        (directory / "data").mkdir()
        code, output = self.stage.run(f"belfry backup {directory / 'data' / 'belfry.db'}")
        self.assertEqual(code, 0, output)
        # One file is all that there is to a copy.
        self.assertEqual([path.name for path in (directory / "data").iterdir()], ["belfry.db"])
        daemon = stage.harness.Process("run", "--config", str(directory / "config.json"), env=self.stage.environment)
        try:
            address = stage.harness.admin_url(daemon)
            listed = self.stage.run(f"belfry events --json --limit 500 --address {address}")[1].splitlines()
        finally:
            self.assertEqual(daemon.stop(), 0, daemon.output)
        self.assertLessEqual(set(known), set(listed))

    def outputs(self, block):
        for command in filter(commands.is_run, block.commands):
            if command.startswith("curl") and not shutil.which("curl"):
                continue
            with self.subTest(command, place=block.place):
                code, output = commands.run(self.stage, command)
                self.assertEqual(code, 0, output)
                self.count += 1
                yield output


OWN_PAGES = ["README.md", "SECURITY.md"] + [
    f"docs/{name}.md" for name in ["quickstart", "events", "guarantees", "verifying", "operations", "threat-model"]
]


class BlockTest(unittest.TestCase):
    def test_what_is_no_command_is_marked_as_output(self):
        known = {"sh", "console", "text", "json", "nginx", "yaml", "python", "javascript", "go", "java", "php", "ruby", "perl"}
        for page in [pages.page(name) for name in OWN_PAGES]:
            for block in page.blocks:
                self.assertIn(block.kind, known, block.place)


class ConfigurationTest(unittest.TestCase):
    def test_every_example_passes_the_check(self):
        workplace = stage.harness.Workplace()
        self.addCleanup(workplace.clean)
        count = 0
        for page in pages.all_pages():
            for block in page.blocks:
                if block.kind != "json":
                    continue
                value = json.loads(block.text)
                configuration = as_configuration(value)
                if configuration is None:
                    self.assertIn("data", value, f"{block.place} is neither a configuration nor an event")
                    continue
                with self.subTest(place=block.place):
                    text = with_files(json.dumps(configuration), workplace.path)
                    code, out, err = stage.harness.run("check", "--config", workplace.write(text), env=stage.ENVIRONMENT)
                    self.assertEqual(code, 0, out + err)
                    count += 1
        self.assertGreater(count, 10)


class LinkTest(unittest.TestCase):
    def test_every_relative_link_and_anchor_leads_somewhere(self):
        for page in pages.all_pages():
            for link in page.links:
                if re.match(r"[a-z]+:", link):
                    continue
                path, _, anchor = link.partition("#")
                target = (page.path.parent / path).resolve() if path else page.path
                with self.subTest(link, page=page.name):
                    self.assertTrue(target.exists(), f"{target} is not there")
                    if anchor:
                        self.assertIn(anchor, pages.Page(target).anchors)

    def test_every_runbook_of_an_alert_is_a_section(self):
        anchors = pages.page("docs/operations.md").anchors
        for file in sorted((pages.ROOT / "deploy").glob("*")) if (pages.ROOT / "deploy").is_dir() else []:
            for anchor in re.findall(r"docs/operations\.md#([\w-]+)", file.read_text()) if file.is_file() else []:
                self.assertIn(anchor, anchors, file)


class CommandTableTest(unittest.TestCase):
    def test_the_table_has_every_command_and_no_other(self):
        listed = re.findall(r"(?m)^  ([a-z]+) {2,}\S", stage.harness.run("--help")[1])
        rows = re.findall(r"(?m)^\| (`[a-z].*?) \|", pages.page("README.md").prose)
        told = {word for row in rows for word in re.findall(r"`([a-z]+)", row)}
        self.assertEqual(told, set(listed))
        self.assertGreater(len(listed), 20)


class PathTest(unittest.TestCase):
    def test_every_page_is_linked_from_the_readme(self):
        linked = set(pages.page("README.md").links)
        for path in sorted((pages.ROOT / "docs").glob("*.md")):
            self.assertIn(f"docs/{path.name}", linked)

    def test_the_readme_begins_with_the_two_commands(self):
        first = next(block for block in pages.page("README.md").blocks if block.kind == "sh")
        self.assertEqual(
            [command.split("#")[0].strip() for command in first.commands], ["scripts/demo --duration 30s", "scripts/test"]
        )


if __name__ == "__main__":
    unittest.main()
