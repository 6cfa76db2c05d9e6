"""How each command of the pages is run. One that is not in the table is run to its end and must succeed."""

import os
import pty
import re
import shlex
import signal
import subprocess

import pages  # makes the next one findable
import harness  # noqa: I001

# Only these are run. The others on the pages are a reader's own, such as setting a variable.
STARTS = ("belfry", ".build/release/belfry", "scripts/", "printf", "curl")
CHAT = "chatbf77ce84c697862adae1171408b0f996"


def is_run(command):
    return command.startswith(STARTS)


def until(pattern, ends=0):
    """A command that runs until it is stopped: it says `pattern`, and then ends well, or by the signal itself."""

    def run(stage, command):
        directory = stage.apart("until")
        arguments = shlex.split(stage.substituted(command), comments=True)[1:]
        before = os.getcwd()
        os.chdir(directory)
        try:
            process = harness.Process(*arguments, env=stage.environment)
        finally:
            os.chdir(before)
        process.wait_for(pattern)
        return process.stop() - ends, process.output

    return run


def tail(stage, command):
    """Watches the stage's daemon until the signal, which it does not catch."""
    return until("chat", ends=-signal.SIGTERM)(stage, f"{command} --address http://{stage.admin}")


def listening(pattern):
    """The same for a server, which takes a free port in place of its usual one."""
    return lambda stage, command: until(pattern)(stage, command.rstrip("& ") + " --listen 127.0.0.1:0")


def briefly(stage, command):
    """The demo, for a shorter time."""
    return stage.run(re.sub(r"--duration \S+", "--duration 4s", command), timeout=60)


def script(stage, command):
    """Scripts build, which has been done. That they are there and hand their options on is looked at instead."""
    path = pages.ROOT / command.split()[0]
    assert os.access(path, os.X_OK), f"{path} cannot be run"
    if path.name != "demo":
        return 0, ""
    assert path.read_text().rstrip().endswith('exec .build/debug/belfry demo "$@"'), "scripts/demo has changed"
    return briefly(stage, command.replace("scripts/demo", "belfry demo"))


def in_empty_directory(stage, command):
    directory = stage.apart("empty")
    for file in directory.iterdir():
        file.unlink()
    code, output = stage.run(command, directory)
    assert code or (directory / "config.json").stat().st_mode & 0o077 == 0
    return code, output


def answering(stage, command):
    """`belfry init` on a terminal, with its four answers typed."""
    directory = stage.apart("answers")
    (directory / "config.json").unlink()
    terminal, side = pty.openpty()
    os.write(terminal, f"\n{CHAT}\nhttps://audit.example.com/hooks/dingtalk\n\n".encode())
    result = subprocess.run(
        ["bash", "-c", command], cwd=directory, env=stage.environment, stdin=side, stderr=side, stdout=subprocess.PIPE,
        text=True, timeout=30,
    )
    os.close(side)
    os.close(terminal)
    code, output = stage.run("belfry check", directory)
    return result.returncode or code, result.stdout + output


def without_its_endpoint(stage, command):
    """What drops an endpoint needs one that was removed from the configuration."""
    name = command.split()[-1]
    try:
        stage.reload([endpoint["name"] for endpoint in stage.configuration["endpoints"] if endpoint["name"] != name])
        return stage.run(command)
    finally:
        stage.reload([endpoint["name"] for endpoint in stage.configuration["endpoints"]])


def fresh_backup(stage, command):
    (stage.path / command.split()[-1]).unlink(missing_ok=True)
    return stage.run(command)


TABLE = [
    (r"scripts/", script),
    (r"belfry run\b", until(r"\bwatching\b")),
    (r"belfry tail\b", tail),
    (r"belfry simulate\b", listening("simulating")),
    (r"belfry receive\b", listening("receiving")),
    (r"belfry demo .*--duration", briefly),
    (r"belfry demo\b", until("200 verified")),
    (r"belfry init --", in_empty_directory),
    (r"belfry init\b", answering),
    (r"belfry endpoints drop\b", without_its_endpoint),
    (r"belfry backup\b", fresh_backup),
]


def run(stage, command):
    """Exit code and output."""
    command = re.sub(r"^\.build/release/", "", command)
    for pattern, way in TABLE:
        if re.match(pattern, command):
            return way(stage, command)
    return stage.run(command)
