"""Many chats and endpoints for a long time, with every fault at a low rate: memory and descriptors must stay where they are."""

import pathlib
import random
import re
import subprocess
import sys
import time

from Torture.receipts import Receiver
from Torture.report import Report
from Torture.trend import Trend
from Torture.world import World

NAME = "soak"

MIB = 1 << 20
# By how much each may grow in an hour: bytes, and descriptors.
LIMIT = MIB
DESCRIPTOR_LIMIT = 12
# What is shorter proves nothing: its figures are printed and not judged.
LEAST_DURATION = 300
# The daemon's caches are full once its store is larger than they are (16 MiB of pages). Until then memory grows, and must.
WARM = 20 * MIB
# An answer of each kind a thousand answers; the rest are accepted.
ODDS = {503: 5, 404: 2, 429: 1, Receiver.NO_ANSWER: 5}
SLOW_SHARE = 0.01
# At each sample, of which there is one a second, in a short soak more.
CHANGES = 5
# What the platform does to a single call: each kind that it answers by mistake, and those that make the daemon ask for a token. Several in a
# row are an outage or a block, which the watch waits out for minutes, and nothing would be left to watch.
MISTAKES = [
    {"status": 503}, {"close": True}, {"body": "<html>busy</html>"}, {"body": '{"errcode":0,"chat_info":{"na'}, {"delay": "1s"},
    {"errcode": -1}, {"status": 429},
]
STALE_TOKENS = [{"path": "/chat/get", "errcode": 42001}, {"path": "/gettoken", "status": 503}]
# Seconds between two of them, on average.
BETWEEN_MISTAKES, BETWEEN_STALE_TOKENS = 4, 150


def duration(text):
    """Seconds of a duration such as 90s, 10m or 2h."""
    if not (found := re.fullmatch(r"(\d+)(s|m|h)", text)):
        raise ValueError(f"expected a duration such as 10m, found {text!r}")
    return int(found[1]) * {"s": 1, "m": 60, "h": 3600}[found[2]]


def add_options(parser):
    parser.add_argument("--duration", type=duration, help="of the soak (10m; short: 8s)")
    parser.add_argument("--chats", type=int, help="of the soak (2000; short: 100)")
    parser.add_argument("--endpoints", type=int, help="of the soak (50; short: 10)")


class Flaky(Receiver):
    """Fails now and then in every way that an answer can."""

    def receive(self, headers, body):
        if self._chance.random() < SLOW_SHARE:
            time.sleep(0.5)
        return super().receive(headers, body)

    def judge(self, headers, event):
        return self._chance.choices([200, *ODDS], [1000 - sum(ODDS.values()), *ODDS.values()])[0]


class Usage:
    """Of a process: samples of resident bytes and of open descriptors, each with its second."""

    def __init__(self, process):
        self._directory = pathlib.Path("/proc") / str(process.pid)
        self._began = time.monotonic()
        self.resident, self.descriptors = [], []

    def sample(self):
        now = time.monotonic() - self._began
        status = (self._directory / "status").read_text()
        self.resident.append((now, int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024))
        self.descriptors.append((now, len(list((self._directory / "fd").iterdir()))))

    @staticmethod
    def trend(samples):
        """Over the last half."""
        return Trend(samples[len(samples) // 2:])


def run(options):
    report = Report(NAME)
    seconds = options.duration or (8 if options.short else 600)
    count = options.chats or (100 if options.short else 2000)
    endpoints = options.endpoints or (10 if options.short else 50)
    chance = random.Random(options.seed)
    with World(
        chats=count, receivers=lambda chats: flaky(chats, endpoints, chance), seed=chance.randrange(1 << 32)
    ) as world:
        # A few unlucky calls in a row pause the watch for minutes.
        world.PATIENCE = 900
        world.start()
        if seconds >= LEAST_DURATION:
            warm(world)
        leak = subprocess.Popen([sys.executable, str(pathlib.Path(__file__).with_name("leak.py"))])
        try:
            daemon, leaking = live(world, leak, seconds, chance)
        finally:
            leak.kill()
            leak.wait()
        world.simulator.control("DELETE", "/faults")
        report.add(world.finish(resident=512 * MIB, descriptors=64 + 16 * endpoints))
        events = world.rows("SELECT COUNT(*) FROM events")[0][0]
        tries = world.rows("SELECT COUNT(*) FROM attempts")[0][0]
    memory, descriptors = daemon.trend(daemon.resident), daemon.trend(daemon.descriptors)
    if seconds >= LEAST_DURATION:
        report.expect(memory.least <= LIMIT, "I9 memory grows")
        report.expect(descriptors.least <= DESCRIPTOR_LIMIT, "I9 descriptors grow")
    else:
        report.notes.append("too short to judge memory and descriptors by")
    report.control("a process that leaks 225 MiB an hour", leaking.trend(leaking.resident).least > LIMIT)
    report.control("a process that leaks descriptors", leaking.trend(leaking.descriptors).least > DESCRIPTOR_LIMIT)
    counts = [count for _, count in daemon.descriptors[len(daemon.descriptors) // 2:]]
    report.notes += [
        f"{count} chats, {endpoints} endpoints, {events} events, {tries} tries in {seconds} s",
        f"memory {daemon.resident[-1][1] / MIB:.1f} MiB at the end, slope {memory.slope / MIB:+.2f} ± {memory.margin / MIB:.2f} MiB an hour",
        f"descriptors {min(counts)} to {max(counts)}, slope {descriptors.slope:+.1f} ± {descriptors.margin:.1f} an hour",
    ]
    return report


def flaky(chats, count, chance):
    """That many receivers, each of a tenth of the chats."""
    return {
        f"endpoint-{number}": Flaky(
            seed=chance.randrange(1 << 32), thrifty=True, chats=chance.sample(chats, max(1, len(chats) // 10)))
        for number in range(1, count + 1)
    }


def warm(world):
    """Lets much happen until the caches are full."""
    while world.store.stat().st_size < WARM:
        world.mutate(20)
        time.sleep(0.2)
    world.drain()


def live(world, leak, seconds, chance):
    """Lets things happen, and samples the daemon and the leaking process."""
    daemon, leaking = Usage(world.daemon.process), Usage(leak)
    began = time.monotonic()
    interval = min(1, seconds / 100)
    while (now := time.monotonic() - began) < seconds:
        world.mutate(CHANGES)
        # One at a time: they would pile up while the watch pauses.
        if not world.simulator.control("GET", "/faults")["data"]:
            if chance.random() < interval / BETWEEN_MISTAKES:
                world.fault(path="/chat/get", count=1, **chance.choice(MISTAKES))
            elif chance.random() < interval / BETWEEN_STALE_TOKENS:
                world.fault(count=1, **chance.choice(STALE_TOKENS))
        for usage in (daemon, leaking):
            usage.sample()
        time.sleep(max(0, interval - (time.monotonic() - began - now)))
    return daemon, leaking
