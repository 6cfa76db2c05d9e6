"""What the daemon takes while nothing happens: memory and processor time, for few chats and for many."""

import contextlib
import time

from ground import Closing, Place, World, endpoint
from table import Row

SECONDS = 10


def measure(chats):
    """MiB resident and % of a core at ten polls a second. All chats have been polled before, in another process."""
    with Place() as place, contextlib.closing(Closing()) as closing:
        world = closing.add(World())
        first = place.configuration(
            world, [], chats=chats, dingtalk={"requestsPerSecond": 10_000}, watch={"minInterval": "1s"})
        daemon = place.daemon(first)
        world.wait_for(chats, "polls")
        daemon.stop()
        world.reset()
        later = place.configuration(
            world, [endpoint(world)], chats=chats, dingtalk={"requestsPerSecond": 10}, watch={"minInterval": "1s"})
        daemon = closing.add(place.daemon(later))
        world.wait_for(30, "polls")
        before = daemon.cpu()
        time.sleep(SECONDS)
        return daemon.resident() / 2**20, (daemon.cpu() - before) / SECONDS * 100


def run(options):
    rows = []
    for chats, memory_goal in ((1_000, 40), (100_000, 250)):
        memory, processor = zip(*(measure(chats) for _ in range(options.rounds if chats == 1_000 else 1)))
        rows.append(Row(f"resident, {chats:,} chats", "MiB", list(memory), goal=f"< {memory_goal} MiB", digits=1))
        rows.append(Row(f"processor, {chats:,} chats, 10 polls a second", "%", list(processor), goal="< 0.5 %", digits=2))
    return rows
