"""Containers by podman, as scripts/container has set it up, and the services of compose.yaml as arguments for it."""

import json
import os
import pathlib
import re
import subprocess
import time

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
IMAGE = os.environ.get("BELFRY_IMAGE")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
# Each service has an address, as in a container network.
ADDRESSES = {"belfry": "10.89.0.2", "simulator": "10.89.0.3", "receiver": "10.89.0.4"}


def podman(*arguments, check=True, timeout=60):
    result = subprocess.run(["podman", *arguments], capture_output=True, text=True, timeout=timeout)
    if check and result.returncode:
        raise AssertionError(f"podman {' '.join(arguments)}: {result.returncode}\n{result.stdout}{result.stderr}")
    return result


def configured(image):
    return json.loads(podman("image", "inspect", image).stdout)[0]


def with_defaults(text):
    """As compose replaces variables when none is set."""
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text)


def arguments(name):
    """What `podman run` needs to run this service as compose would. Limits need control groups, which are not at hand."""
    service = COMPOSE["services"][name]
    result = ["--name", name, "--pull", "never", "--detach"]
    for host, address in ADDRESSES.items():
        result += ["--add-host", f"{host}:{address}"]
    if service["read_only"]:
        # Without the writable /tmp and /run that podman would add and Docker does not.
        result += ["--read-only", "--read-only-tmpfs=false"]
    for capability in service["cap_drop"]:
        result += ["--cap-drop", capability]
    for option in service["security_opt"]:
        result += ["--security-opt", option.removesuffix(":true")]
    for key, value in service.get("environment", {}).items():
        result += ["--env", f"{key}={with_defaults(value)}"]
    for volume in service.get("volumes", []):
        # A path is relative to the file; a name is a volume's.
        result += ["--volume", str(ROOT / volume) if volume.startswith("./") else volume]
    for mount in service.get("tmpfs", []):
        result += ["--tmpfs", mount]
    return result + [service["image"], *service.get("command", [])]


class Container:
    def __init__(self, name):
        self.name = name
        podman("run", *arguments(name))
        self.pid = int(self.state()["Pid"])

    def state(self):
        return json.loads(podman("container", "inspect", self.name).stdout)[0]["State"]

    def logs(self):
        result = podman("logs", self.name)
        return result.stdout + result.stderr

    def belfry(self, *command):
        """Runs a command of the program in the container: exit code and what it printed."""
        result = podman("exec", self.name, "/usr/bin/belfry", *command, check=False)
        return result.returncode, result.stdout + result.stderr

    def status(self):
        """The kernel's view of the first process, by key."""
        text = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        return {key: value.strip() for key, value in (line.split(":", 1) for line in text.splitlines())}

    def stop(self, grace):
        """Asks it to end: exit code and seconds."""
        started = time.monotonic()
        podman("stop", "--time", str(grace), self.name, timeout=grace + 30)
        return self.state()["ExitCode"], time.monotonic() - started


def eventually(condition, timeout=30, interval=0.3):
    """Waits until the condition is true; raises with what `condition` last was when it never is."""
    deadline = time.monotonic() + timeout
    while not (value := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"still {value!r} after {timeout} s")
        time.sleep(interval)
    return value
