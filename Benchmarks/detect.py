"""How long it takes from an answer of the platform that shows a change to the post that tells of it."""

import contextlib
import statistics
import time

from ground import Closing, Place, World, endpoint
from table import Row

CHATS = 1000
POLLS_A_SECOND = 200
SECONDS = 15


def delays(chats=CHATS, seconds=SECONDS, polls=POLLS_A_SECOND):
    """Milliseconds, one for each change that was told, and the counts of the receiver."""
    with Place() as place, contextlib.closing(Closing()) as closing:
        world = closing.add(World(changes=25))
        configuration = place.configuration(
            world, [endpoint(world)], chats=chats, dingtalk={"requestsPerSecond": polls}, watch={"minInterval": "1s"})
        daemon = closing.add(place.daemon(configuration))
        # Until every chat has been seen once and what that brought is out.
        world.wait_for(2 * chats, "polls")
        world.reset()
        time.sleep(seconds)
        found = sorted(delay / 1000 for delay in world.ask("/delays"))
        stats = world.stats()
        daemon.stop()
        return found, stats


def run(options):
    medians, tails = [], []
    for _ in range(options.rounds):
        found, _ = delays()
        medians.append(statistics.median(found))
        tails.append(found[int(len(found) * 0.99)])
    what = f"{CHATS:,} chats, {POLLS_A_SECOND} polls a second"
    return [
        Row(f"from a change to its post, median ({what})", "ms", medians, goal="< 3 ms", digits=2),
        Row(f"from a change to its post, 99th percentile ({what})", "ms", tails, goal="< 15 ms", digits=2),
    ]
