"""SIGKILL before every k-th write, sync and send of the daemon, by strace's injection into the unmodified program."""

import random
import subprocess

from Torture.receipts import Forgetful, Receiver
from Torture.report import Report
from Torture.strace import Strace
from Torture.world import World

NAME = "kills"

# How many calls a thread makes in a run of some seconds: beyond the first, which are tried one by one, places are drawn up to here.
CALLS = {"pwrite64": 1000, "fdatasync": 100, "sendto": 200}
# Kills of one world, before it is drained and judged.
SERIES = 10


def add_options(parser):
    parser.add_argument("--kills", type=int, help="how often the daemon is killed at each kind of call (100; short: 3)")


def run(options):
    report = Report(NAME)
    if reason := Strace.refusal():
        report.skipped.append(reason)
        return report
    count = options.kills or (3 if options.short else 100)
    kills = {}
    chance = random.Random(options.seed)
    for call, far in CALLS.items():
        kills[call] = 0
        places = [place if place <= count // 2 else chance.randint(1, far) for place in range(1, count + 1)]
        while places:
            series, places = places[:SERIES], places[SERIES:]
            kills[call] += one(report, call, series, chance)
        if kills[call] < count:
            report.breaches.append(f"{call}: {kills[call]} kills happened of {count}")
    report.notes.append("killed at " + ", ".join(f"{number} {call}" for call, number in kills.items()))
    control(report, chance)
    return report


def one(report, call, places, chance):
    """One world, killed before each of these calls in turn. Returns how often it was."""
    with World(chats=20, seed=chance.randrange(1 << 32)) as world:
        killed = 0
        for place in places:
            killed += killed_at(world, call, place, chance)
        world.start()
        report.add(world.finish(), runs=killed)
    return killed


def killed_at(world, call, place, chance):
    """Whether the daemon was killed at that call."""
    daemon = world.launch(wrapper=Strace.killing(world.workplace.path / "strace.log", call, place))
    for _ in range(600):
        world.mutate(chance.randint(1, 10))
        try:
            return daemon.process.wait(0.2) == -9
        except subprocess.TimeoutExpired:
            continue
    daemon.kill()
    return False


class Mixed(Receiver):
    """Remembers everything, the newest first."""

    def snapshot(self):
        return super().snapshot()[::-1]


def control(report, chance):
    """Receivers that do not tell what they were sent: that must be seen."""
    receivers = {"forgetful": Forgetful(lambda receipt: receipt.sequence == 2), "mixed": Mixed()}
    with World(chats=3, receivers=receivers, seed=chance.randrange(1 << 32)) as world:
        world.start()
        world.drain()
        world.mutate(20)
        findings = world.finish()
    report.control("an event that its receiver forgot", any("forgetful" in complaint for complaint in findings.lost))
    report.control("an order that its receiver mixed up", any("mixed" in complaint for complaint in findings.reordered))
