"""What the daemon takes while nothing happens: memory and processor time, for few chats and for many."""

import contextlib
import signal
import time

from ground import Closing, Place, World, endpoint
from table import Row

SECONDS = 20
SETTLING = 15


def measure(chats):
    """MiB resident and % of a core at ten polls a second, once every chat has been polled in this process."""
    with Place() as place, contextlib.closing(Closing()) as closing:
        world = closing.add(World())

        def configuration(polls):
            return place.configuration(
                world, [endpoint(world)], chats=chats, dingtalk={"requestsPerSecond": polls}, watch={"minInterval": "1s"})

        daemon = closing.add(place.daemon(configuration(10_000)))
        world.wait_for(chats, "unique")
        world.wait_for(2 * chats, "polls")
        configuration(10)
        daemon.process.send_signal(signal.SIGHUP)
        world.reset()
        # What the fast polls left under way, and the reload itself.
        time.sleep(SETTLING)
        started, before, polls = time.monotonic(), daemon.cpu(), world.stats()["polls"]
        time.sleep(SECONDS)
        used, rate = daemon.cpu() - before, (world.stats()["polls"] - polls) / (time.monotonic() - started)
        if not 9 < rate < 11:
            raise AssertionError(f"{rate:.1f} polls a second, not the ten that were asked for")
        return daemon.resident() / 2**20, used / SECONDS * 100


def run(options):
    rows = []
    for chats, memory_goal in ((1_000, 40), (100_000, 250)):
        memory, processor = zip(*(measure(chats) for _ in range(options.rounds if chats == 1_000 else 1)))
        rows.append(Row(f"resident, {chats:,} chats", "MiB", list(memory), goal=f"< {memory_goal} MiB", digits=1))
        rows.append(Row(f"processor, {chats:,} chats, 10 polls a second", "%", list(processor), goal="< 0.5 %", digits=2))
    return rows
