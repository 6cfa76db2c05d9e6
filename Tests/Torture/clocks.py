"""Clocks that are set and processes that sleep: no storm of polls, no stall, and the order kept."""

import base64
import hashlib
import hmac
import pathlib
import random
import signal
import subprocess
import time

import harness
from Torture.receipts import Receiver
from Torture.report import Report
from Torture.world import World

NAME = "clocks"

HOUR = 3600
# By how many seconds the wall clock is set while the daemon runs.
STEPS = {"an hour back": -HOUR, "a day ahead": 24 * HOUR, "an hour ahead": HOUR, "a day back": -24 * HOUR}
# Seconds that a process sleeps.
SLEEPS = [3, 8]
# Polls are compared over as many seconds before and after.
WINDOW = 4


def add_options(parser):
    parser.add_argument("--clocks", type=int, help="how often each clock is set and each sleep slept (3; short: one clock)")


class Untimely(Receiver):
    """Accepts every signature that is right for the time that it names, whatever that is."""

    def forgery(self, headers, body):
        headers = {name.lower(): value for name, value in headers.items()}
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        key = base64.b64decode(harness.SECRET.removeprefix("whsec_"))
        expected = "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
        return None if headers["webhook-signature"] == expected else f"signature {headers['webhook-signature']}"


class Punctual(Receiver):
    """Refuses what is signed for another time, as receivers that are strict do."""

    def __init__(self, **rest):
        self.refused = 0
        super().__init__(**rest)

    def forgery(self, headers, body):
        return None

    def judge(self, headers, event):
        stamp = int({name.lower(): value for name, value in headers.items()}["webhook-timestamp"])
        if abs(stamp - time.time()) <= 300:
            return 200
        self.refused += 1
        return 401


class Clock:
    """A wall clock for one process, by libfaketime. The clocks that only elapse are left alone."""

    LIBRARY = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"

    def __init__(self, directory):
        self._file = pathlib.Path(directory) / "clock"
        self.set(0)

    def set(self, seconds):
        """By how many seconds it differs from now on."""
        partial = self._file.with_suffix(".new")
        partial.write_text(f"{seconds:+d}s\n")
        partial.replace(self._file)

    @property
    def environment(self):
        return {
            "LD_PRELOAD": self.LIBRARY, "FAKETIME_TIMESTAMP_FILE": str(self._file), "FAKETIME_NO_CACHE": "1",
            "DONT_FAKE_MONOTONIC": "1",
            # Given, though there is no such memory: else the library adds it to the environment, and Swift's runtime, which looks
            # for the arguments in front of that, finds none.
            "FAKETIME_SHARED": "/none /none",
        }

    @classmethod
    def refusal(cls):
        """Why no program here can be shown another time; None when one can."""
        found = sorted(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
        if not found:
            return "libfaketime is not installed"
        cls.LIBRARY = str(found[0])
        result = subprocess.run(
            ["date", "+%s"], env={"LD_PRELOAD": cls.LIBRARY, "FAKETIME": "+1d"}, capture_output=True, text=True)
        shift = int(result.stdout or 0) - time.time()
        return None if abs(shift - 24 * HOUR) < HOUR else f"libfaketime does not work here: {result.stderr.strip()}"


def run(options):
    report = Report(NAME)
    chance = random.Random(options.seed)
    count = options.clocks or (1 if options.short else 3)
    steps = list(STEPS.items())[:1] if options.short else list(STEPS.items()) * count
    if reason := Clock.refusal():
        report.skipped.append(reason)
    else:
        for what, seconds in steps:
            stepped(report, what, seconds, chance)
    if not options.short:
        for seconds in SLEEPS * count:
            asleep(report, seconds, chance)
    return report


def calls(world):
    return world.simulator.control("GET", "/stats")["calls"]["/chat/get"]


def within(world, seconds):
    """How many chats are polled in that time, while changes go on."""
    before = calls(world)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        world.mutate(2)
        time.sleep(0.2)
    return calls(world) - before


def stepped(report, what, seconds, chance):
    receivers = {"untimely": Untimely(failure_share=0.1), "punctual": Punctual()}
    with World(receivers=receivers, seed=chance.randrange(1 << 32)) as world:
        clock = Clock(world.workplace.path)
        world.start(env=clock.environment)
        world.drain()
        usual = within(world, WINDOW)
        clock.set(seconds)
        after = within(world, WINDOW)
        judge(report, world, what, usual, after)
        refused = receivers["punctual"].refused
        clock.set(0)
        world.mutate(20)
        # A start under another clock, and one under the right one.
        clock.set(seconds)
        world.daemon.kill()
        world.start(env=clock.environment)
        world.mutate(20)
        time.sleep(1)
        clock.set(0)
        world.daemon.kill()
        world.start(env=clock.environment)
        report.add(world.finish())
    report.control("a receiver that refuses signatures of another time", refused > 0)


def judge(report, world, what, usual, after):
    """No storm: not more polls than usual and one for each chat that was overdue. No stall: polls at all, and what has changed
    arrives (which the end of the run shows)."""
    chats = len(world.initial)
    report.expect(after <= 2 * usual + chats, f"{what}: {after} polls, {usual} before: a storm")
    report.expect(after > 0, f"{what}: no polls, {usual} before: a stall")


def asleep(report, seconds, chance):
    """A process that is stopped and goes on, as when its machine sleeps."""
    with World(seed=chance.randrange(1 << 32)) as world:
        daemon = world.start()
        world.drain()
        usual = within(world, WINDOW)
        daemon.process.send_signal(signal.SIGSTOP)
        during = within(world, seconds)
        report.expect(during <= 1, f"{during} polls by a process that sleeps")
        daemon.process.send_signal(signal.SIGCONT)
        judge(report, world, f"asleep for {seconds} s", usual, within(world, WINDOW))
        report.add(world.finish())
