"""Where the commands of the pages are run: a simulated platform, a receiver and a daemon, on ports that are free.

What the pages name and what stands for it here is in the tables of this file, and nowhere else.
"""

import json
import os
import shutil
import socket
import subprocess

import pages  # makes the next one findable
import harness  # noqa: I001

# Addresses that the pages write, by what listens there.
PAGES_PLATFORM, PAGES_RECEIVER, PAGES_ADMIN = "127.0.0.1:8781", "127.0.0.1:8782", "127.0.0.1:8780"
# Endpoints that the pages write about, all at the one receiver.
ENDPOINTS = ["audit", "webhook", "ops"]
# What is set where a page's command or configuration refers to it.
ENVIRONMENT = {
    "DINGTALK_APP_KEY": "demo-key",
    "DINGTALK_APP_SECRET": "demo-secret",
    "DINGTALK_ROBOT_SECRET": "SECtest",
    "DINGTALK_ROBOT_URL": "https://oapi.dingtalk.com/robot/send?access_token=x",
    "DISCORD_WEBHOOK_URL": "https://discord.com/api/webhooks/1/x",
    "FEISHU_ROBOT_SECRET": "test",
    "FEISHU_ROBOT_URL": "https://open.feishu.cn/open-apis/bot/v2/hook/x",
    "NTFY_TOKEN": "tk_x",
    "NTFY_TOPIC": "topic",
    "SLACK_WEBHOOK_URL": "https://hooks.slack.com/services/T0/B0/x",
    "TEAMS_WEBHOOK_URL": "https://example.webhook.office.com/x",
    "WECOM_ROBOT_URL": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x",
    "AUDIT_SECRET": harness.SECRET,
    "BELFRY_ADMIN_TOKEN": "a-token-for-the-pages",
    "NO_COLOR": "1",
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Stage:
    def __init__(self):
        self.workplace = harness.Workplace()
        self.path = self.workplace.path
        self.simulator = harness.Simulator(3, changes_per_minute=60)
        self.receiver = harness.Receiver()
        self.admin = f"127.0.0.1:{free_port()}"
        self.hosts = {
            PAGES_PLATFORM: self.simulator.url.removeprefix("http://"),
            PAGES_RECEIVER: self.receiver.url.removeprefix("http://").removesuffix("/hook"),
            PAGES_ADMIN: self.admin,
        }
        # Outgoing requests of the pages' own hosts end at the receiver.
        self.configuration = self.example()
        endpoint = self.configuration["endpoints"][0]
        endpoint["signing"][0]["secret"] = harness.SECRET
        self.configuration["endpoints"] = [{**endpoint, "name": name} for name in ENDPOINTS]
        self.shims = self.path / "bin"
        self.shims.mkdir()
        self.shim("belfry", f'exec {harness.BELFRY} "$@"')
        if shutil.which("curl"):
            self.shim("curl", f'exec {shutil.which("curl")} --silent --show-error --fail "$@"')
        self.fill(self.path)
        self.daemon = harness.Process("run", "--config", str(self.path / "config.json"))
        try:
            self.daemon.wait_for(r"\bwatching\b")
            harness.admin_url(self.daemon)
        except AssertionError:
            self.stop()
            raise

    def example(self):
        """config.example.json at this stage's addresses, still with one endpoint."""
        example = json.loads(self.substituted((pages.ROOT / "config.example.json").read_text()))
        example["admin"] = {"listen": self.admin}
        return example

    def fill(self, directory, **changes):
        """The files that commands find where they are run."""
        configuration = {**self.configuration, **changes}
        for name in ["config.json", "config.example.json"]:
            (directory / name).write_text(json.dumps(configuration, indent=2))

    def apart(self, name):
        """A directory for a command that must not meet the daemon of the stage."""
        directory = self.path / name
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir()
        self.fill(directory, admin={"listen": f"127.0.0.1:{free_port()}"})
        return directory

    def shim(self, name, text):
        path = self.shims / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)

    def substituted(self, text):
        for written, real in self.hosts.items():
            text = text.replace(written, real)
        return text

    @property
    def environment(self):
        return {**os.environ, **ENVIRONMENT, "PATH": f"{self.shims}:{os.environ['PATH']}"}

    def run(self, command, directory=None, timeout=30):
        """Runs a command as a shell does, to its end: exit code and all that it wrote."""
        result = subprocess.run(
            ["bash", "-c", self.substituted(command)], cwd=directory or self.path, env=self.environment, timeout=timeout,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        )
        return result.returncode, result.stdout

    def reload(self, endpoints):
        """Has the daemon work with these endpoints of the pages from now on."""
        chosen = [endpoint for endpoint in self.configuration["endpoints"] if endpoint["name"] in endpoints]
        self.fill(self.path, endpoints=chosen)
        code, output = self.run("belfry reload")
        assert code == 0, output

    def stop(self):
        for part in [self.daemon, self.simulator, self.receiver]:
            part.stop()
        self.workplace.clean()
