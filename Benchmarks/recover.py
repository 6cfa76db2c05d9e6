"""How soon deliveries go on after a kill."""

import contextlib

from ground import Closing, Place, World, endpoint
from table import Row

EVENTS = 100_000


def measure(place, world, events=EVENTS):
    """Milliseconds from the start after a kill, with most of the events still waiting, to the first delivery."""
    place.backlog(events)
    configuration = place.configuration(world, [endpoint(world)])
    world.reset()
    daemon = place.daemon(configuration)
    world.wait_for(events // 20)
    daemon.kill()
    world.reset()
    daemon = place.daemon(configuration)
    try:
        stats = world.wait_for(1)
        return (stats["first"] - daemon.started) * 1000
    finally:
        daemon.kill()


def run(options):
    with Place() as place, contextlib.closing(Closing()) as closing:
        world = closing.add(World())
        times = [measure(place, world) for _ in range(options.rounds)]
    return [Row(f"start after a kill to first delivery, {EVENTS:,} waiting", "ms", times, goal="< 500 ms")]
