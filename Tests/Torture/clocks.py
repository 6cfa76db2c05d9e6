"""Clocks that are set and processes that sleep: no storm of polls, no stall, and the order kept."""

import base64
import hashlib
import hmac
import random
import signal
import time

import harness
from Torture.clock import Clock
from Torture.receipts import Receiver
from Torture.report import Report
from Torture.world import World

NAME = "clocks"

HOUR = 3600
# By how many seconds the wall clock is set while the daemon runs.
STEPS = {"an hour back": -HOUR, "a day ahead": 24 * HOUR, "an hour ahead": HOUR, "a day back": -24 * HOUR}
# Seconds that a process sleeps.
SLEEPS = [3, 8]
# Seconds over which polls are counted, and the least between two polls of a chat.
WINDOW = 4
INTERVAL = 0.3


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


def run(options):
    report = Report(NAME)
    chance = random.Random(options.seed)
    count = options.clocks or (1 if options.short else 3)
    steps = list(STEPS.items())[:1] if options.short else list(STEPS.items()) * count
    sleeps = [] if options.short else SLEEPS * count
    if reason := Clock.refusal():
        report.skipped.append(reason)
        steps = []
    for what, seconds in steps:
        stepped(report, what, seconds, chance)
    for seconds in sleeps:
        asleep(report, seconds, chance)
    report.notes.append(f"{len(steps)} clocks set, {len(sleeps)} sleeps")
    return report


def calls(world):
    return world.simulator.control("GET", "/stats")["calls"]["/chat/get"]


def watch(world, seconds):
    """Lets changes go on for a time. Returns how many polls there were, and how many there may be."""
    before, began = calls(world), time.monotonic()
    while time.monotonic() < began + seconds:
        world.mutate(2)
        time.sleep(0.2)
    polls = calls(world) - before
    return polls, len(world.initial) * ((time.monotonic() - began) / INTERVAL + 2)


def stepped(report, what, seconds, chance):
    receivers = {"untimely": Untimely(failure_share=0.1), "punctual": Punctual()}
    with World(receivers=receivers, seed=chance.randrange(1 << 32)) as world:
        clock = Clock(world.workplace.path)
        world.start(env=clock.environment)
        world.drain()
        clock.set(seconds)
        judge(report, world, what)
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
        # It has failed for long enough to be tried seldom.
        world.ask("/api/v1/endpoints/punctual/resume", method="POST")
        report.add(world.finish())
    report.control(f"{what}: a receiver that refuses signatures of another time", refused > 0)


def judge(report, world, what):
    """No storm: not more polls than at other times. No stall: every chat is polled again, and changes arrive."""
    polls, bound = watch(world, WINDOW)
    report.expect(polls <= bound, f"{what}: {polls} polls where {bound:.0f} are the most: a storm")
    polled = {chat: calls["calls"] for chat, calls in world.simulator.control("GET", "/stats")["chats"].items()}
    arrived = {name: len(receiver.snapshot()) for name, receiver in world.receivers.items()}

    def standing():
        world.mutate(1)
        alive = [chat for chat, state in world.simulator.chats().items() if state.get("status") != 2]
        now = world.simulator.control("GET", "/stats")["chats"]
        still = [chat for chat in alive if now[chat]["calls"] == polled[chat]]
        silent = [name for name, receiver in world.receivers.items() if len(receiver.snapshot()) == arrived[name]]
        return (still or silent) and f"no poll of {still}, nothing at {silent}"

    try:
        harness.eventually(standing, timeout=world.PATIENCE)
    except AssertionError as error:
        report.breaches.append(f"{what}: a stall: {error}")


def asleep(report, seconds, chance):
    """A process that is stopped and goes on, as when its machine sleeps."""
    with World(seed=chance.randrange(1 << 32)) as world:
        daemon = world.start()
        world.drain()
        daemon.process.send_signal(signal.SIGSTOP)
        polls, _ = watch(world, seconds)
        report.expect(polls <= 1, f"{polls} polls by a process that sleeps")
        daemon.process.send_signal(signal.SIGCONT)
        judge(report, world, f"asleep for {seconds} s")
        report.add(world.finish())
