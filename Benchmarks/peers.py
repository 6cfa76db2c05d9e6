"""What else takes messages from a disk to a webhook. Each is optional: `missing` says why it cannot be measured."""

import importlib.util
import json
import pathlib
import shutil
import socket
import subprocess
import sys
import time

from ground import SECRET, Program, Sampler, World, check

BODY_SIZE = 600


def messages(count):
    """Bodies of 600 bytes, an event each."""
    for number in range(count):
        front = f'{{"id":"evt_{number:010d}","text":"'
        yield front + "x" * (BODY_SIZE - len(front) - 2) + '"}'


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class SyslogNG:
    """syslog-ng's `http()` behind its reliable disk buffer: one message a request, unsigned, no tries recorded."""

    def __init__(self, workers):
        self.workers = workers
        self.name = f"syslog-ng, {workers} worker{'s' if workers > 1 else ''}"

    def missing(self):
        modules = list(pathlib.Path("/usr/lib").glob("*/syslog-ng/*/libhttp.so")) + list(pathlib.Path("/usr/lib").glob("syslog-ng/*/libhttp.so"))
        return None if shutil.which("syslog-ng") and modules else "not installed"

    def drain(self, directory, count):
        """Fills the buffer while nobody listens, then lets it out."""
        place = directory / f"syslog-{self.workers}-{time.monotonic_ns()}"
        place.mkdir()
        source, sink = free_port(), free_port()
        (place / "syslog-ng.conf").write_text(f"""@version: 3.38
options {{ stats-freq(0); time-reopen(1); keep-hostname(yes); use-dns(no); }};
source s {{ network(ip("127.0.0.1") port({source}) transport("tcp") flags(no-parse) log-iw-size(20000)); }};
destination d {{
  http(url("http://127.0.0.1:{sink}/plain") method("POST") headers("content-type: application/json") body("${{MESSAGE}}")
    workers({self.workers}) batch-lines(1) timeout(10) retries(1000000)
    disk-buffer(reliable(yes) mem-buf-size(16777216) disk-buf-size(1073741824) dir("{place}")));
}};
log {{ source(s); destination(d); flags(flow-control); }};
""")
        peer = Program(
            "syslog-ng", "-F", "--no-caps", "-f", place / "syslog-ng.conf", "-R", place / "persist", "-c", place / "control",
            "-p", place / "pid")
        world = None
        try:
            self._feed(source, count)
            time.sleep(1.5)
            world = World(port=sink)
            return measured(peer, world, count)
        finally:
            peer.kill()
            if world:
                world.kill()

    @staticmethod
    def _feed(port, count):
        deadline = time.monotonic() + 20
        while True:
            try:
                connection = socket.create_connection(("127.0.0.1", port))
                break
            except ConnectionRefusedError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        with connection:
            connection.sendall("".join(message + "\n" for message in messages(count)).encode())


class Worker:
    """See worker.py."""

    name = "Python asyncio worker"

    def missing(self):
        return None if importlib.util.find_spec("aiohttp") else "not installed"

    def drain(self, directory, count):
        place = directory / f"worker-{time.monotonic_ns()}.db"
        program = pathlib.Path(__file__).with_name("worker.py")
        subprocess.run([sys.executable, program, "fill", place], input="\n".join(messages(count)).encode(), check=True)
        world = World()
        peer = Program(sys.executable, program, "deliver", place, world.url + "/hook", SECRET)
        try:
            return measured(peer, world, count)
        finally:
            peer.kill()
            world.kill()


def measured(peer, world, count):
    sampler = Sampler(peer, world)
    try:
        stats = world.wait_for(count, timeout=240)
    finally:
        sampler.end()
    check(stats, count)
    return (count - 1) / (stats["last"] - stats["first"]), sampler.cost()


ALL = [SyslogNG(1), SyslogNG(4), SyslogNG(16), Worker()]
