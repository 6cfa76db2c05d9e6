"""What the benchmarks stand on: processes with their figures, files that are made once, and a certificate."""

import contextlib
import json
import math
import os
import pathlib
import shutil
import signal
import ssl
import subprocess
import tempfile
import threading
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
LIMITS = ROOT / ".build" / "benchmarks"
BELFRY = os.environ.get("BELFRY_BINARY", str(ROOT / ".build" / "release" / "belfry"))
STORE_BENCHMARK = os.environ.get("STORE_BENCHMARK", str(ROOT / ".build" / "release" / "store-benchmark"))
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
TICK = os.sysconf("SC_CLK_TCK")


def build_limits():
    """The C programs, where they are older than their sources."""
    LIMITS.mkdir(parents=True, exist_ok=True)
    sources = ROOT / "Benchmarks" / "Limits"
    for name, libraries in [("world", ["ssl", "crypto"]), ("requests", ["curl", "crypto"]), ("rows", ["sqlite3"])]:
        program, source = LIMITS / name, sources / f"{name}.c"
        newest = max(source.stat().st_mtime, (sources / "measure.h").stat().st_mtime)
        if program.exists() and program.stat().st_mtime > newest:
            continue
        subprocess.run(
            [compiler(), "-O2", "-Wall", "-Wextra", "-o", program, source, *(f"-l{library}" for library in libraries)],
            check=True)


def compiler():
    return next(name for name in (os.environ.get("CC"), "cc", "clang") if name and shutil.which(name))


class Program:
    """A process whose processor time and memory can be read while it runs."""

    def __init__(self, *arguments, env=None, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        self.process = subprocess.Popen(
            [str(argument) for argument in arguments], stdout=stdout, stderr=stderr, env={**os.environ, **(env or {})})
        self.started = time.clock_gettime(time.CLOCK_MONOTONIC)

    def cpu(self):
        """Seconds of processor time so far, of all threads."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def resident(self):
        """Bytes; without pages of files, which the system takes back when it needs them."""
        lines = pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        fields = dict(line.split(":", 1) for line in lines if ":" in line)
        return int(fields["RssAnon"].split()[0]) * 1024 + int(fields["RssFile"].split()[0]) * 1024

    def is_running(self):
        return self.process.poll() is None

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.is_running():
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.kill()
            raise


class World(Program):
    """Platform and receiver: see Limits/world.c."""

    def __init__(self, members=3, changes=0, tls=None, port=0):
        secure = ["--tls", tls.certificate, tls.key] if tls else []
        super().__init__(
            LIMITS / "world", "--port", port, "--members", members, "--changes", changes, *secure, stdout=subprocess.PIPE)
        self.port = int(self.process.stdout.readline())
        self._scheme, self._context = ("https", tls.context()) if tls else ("http", None)
        self.url = f"{self._scheme}://127.0.0.1:{self.port}"

    def ask(self, path):
        with urllib.request.urlopen(self.url + path, timeout=30, context=self._context) as answer:
            return json.load(answer)

    def stats(self):
        return self.ask("/stats")

    def reset(self):
        return self.ask("/reset")

    def wait_for(self, count, figure="unique", timeout=120):
        """Returns the counts once there are so many."""
        deadline = time.monotonic() + timeout
        while True:
            stats = self.stats()
            if stats[figure] >= count:
                return stats
            if time.monotonic() > deadline:
                raise AssertionError(f"{figure} came to {stats[figure]} of {count} in {timeout} s")
            time.sleep(0.02)


class Certificate:
    """An authority and a certificate for 127.0.0.1, both for a day."""

    def __init__(self, directory):
        self.authority, self._authority_key = directory / "ca.pem", directory / "ca.key"
        self.certificate, self.key = directory / "own.pem", directory / "own.key"
        self._issue(self.authority, self._authority_key, "a benchmark's authority", "basicConstraints=critical,CA:TRUE")
        self._issue(
            self.certificate, self.key, "127.0.0.1", "basicConstraints=critical,CA:FALSE", "subjectAltName=IP:127.0.0.1",
            issuer=["-CA", self.authority, "-CAkey", self._authority_key])

    @staticmethod
    def _issue(certificate, key, name, *extensions, issuer=()):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
             "-subj", f"/CN={name}", "-keyout", key, "-out", certificate, *issuer,
             *(part for extension in extensions for part in ("-addext", extension))],
            check=True, capture_output=True)

    def context(self):
        return ssl.create_default_context(cafile=str(self.authority))


class Place:
    """A directory for one benchmark's files."""

    def __init__(self):
        self._directory = tempfile.TemporaryDirectory(prefix="belfry-bench-")
        self.path = pathlib.Path(self._directory.name)
        self._backlogs = {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._directory.cleanup()

    def backlog(self, events, chats=1000, ordering="none", endpoints=("sink",)):
        """A fresh copy of a store with that many events waiting for each endpoint."""
        key = (events, chats, ordering, tuple(endpoints))
        if key not in self._backlogs:
            made = self.path / f"backlog-{len(self._backlogs)}.db"
            subprocess.run([STORE_BENCHMARK, "fill", made, str(events), str(chats), ordering, *endpoints], check=True)
            self._backlogs[key] = made
        self.clear()
        shutil.copyfile(self._backlogs[key], self.store)
        # What a copy leaves to be written must not be written while somebody is measured.
        os.sync()
        return self.store

    @property
    def store(self):
        return self.path / "belfry.db"

    def clear(self):
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.remove(str(self.store) + suffix)

    def configuration(self, world, endpoints, chats=0, **parts):
        """Writes a configuration; `parts` replace members of its sections."""
        chats_file = self.path / "chats.txt"
        chats_file.write_text("".join(f"chat{number:032d}\n" for number in range(chats)))
        settings = {
            "dingtalk": {
                "baseURL": world.url, "apiBaseURL": world.url, "appKey": "key", "appSecret": "secret", "callsPerMonth": None},
            "watch": {"chatsFile": str(chats_file), "minInterval": "1h", "maxInterval": "24h"},
            "endpoints": endpoints, "storage": {"path": str(self.store)}, "admin": None,
            "network": {"allow": ["127.0.0.1/32"]}, "log": {"level": "warning"}, "shutdownTimeout": "5s",
        }
        for name, members in parts.items():
            settings[name] = {**settings[name], **members} if isinstance(members, dict) else members
        path = self.path / "config.json"
        path.write_text(json.dumps(settings))
        return path

    def daemon(self, configuration, **options):
        return Program(BELFRY, "run", "--config", configuration, **options)


def endpoint(world, name="sink", path="/hook", **overrides):
    return {
        "name": name, "format": "standard", "url": world.url + path, "concurrency": 64,
        "signing": [{"scheme": "standard", "secret": SECRET}], **overrides,
    }


class Sampler:
    """Reads a program's processor time and a world's count together, again and again, on a thread."""

    def __init__(self, program, world, figure="unique"):
        self._read = lambda: (world.stats()[figure], program.cpu())
        self.samples = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self):
        while not self._ended.wait(0.1):
            self.samples.append(self._read())

    def end(self):
        self._ended.set()
        self._thread.join()

    def cost(self):
        """µs of processor time for each that was counted, between the first and the last tenth; NaN for too short a run."""
        last = self.samples[-1][0] if self.samples else 0
        inner = [sample for sample in self.samples if 0.1 * last <= sample[0] <= 0.9 * last]
        if len(inner) < 2 or inner[0][0] == inner[-1][0]:
            return math.nan
        (count_0, cpu_0), (count_1, cpu_1) = inner[0], inner[-1]
        return (cpu_1 - cpu_0) / (count_1 - count_0) * 1e6


def limit(*arguments):
    """Runs one of the C programs and returns what it prints."""
    result = subprocess.run([str(argument) for argument in (LIMITS / arguments[0], *arguments[1:])], check=True, capture_output=True)
    return json.loads(result.stdout)


def check(stats, expected):
    """Nothing lost, nothing repeated, nothing malformed: else there is nothing to measure."""
    counts = {name: stats[name] for name in ("unique", "repeated", "malformed")}
    if counts != {"unique": expected, "repeated": 0, "malformed": 0}:
        raise AssertionError(f"expected {expected} once each, received {counts}")


class Closing:
    """Programs that end with a block."""

    def __init__(self):
        self._programs = []

    def add(self, program):
        self._programs.append(program)
        return program

    def close(self):
        for program in self._programs:
            program.kill()
