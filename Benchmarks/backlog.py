"""Whether a long queue costs more than a short one: memory, the start, and the rate."""

import contextlib
import time

from ground import Closing, Place, World, endpoint
from table import Row

SAMPLE = 50_000


def measure(place, world, events, sample=SAMPLE):
    """Deliveries a second over the first `sample`, seconds from the start to the first, and MiB resident at the end."""
    place.backlog(events)
    configuration = place.configuration(world, [endpoint(world)])
    world.reset()
    daemon = place.daemon(configuration)
    try:
        stats = world.wait_for(min(sample, events))
        resident = daemon.resident() / 2**20
        return (stats["unique"] - 1) / (stats["last"] - stats["first"]), stats["first"] - daemon.started, resident
    finally:
        daemon.kill()


def idle(place, world):
    place.clear()
    daemon = place.daemon(place.configuration(world, [endpoint(world)]))
    time.sleep(2)
    try:
        return daemon.resident() / 2**20
    finally:
        daemon.kill()


def run(options):
    sizes = [10_000, 100_000, 1_000_000] + ([10_000_000] if options.ten_million else [])
    found = {size: [] for size in sizes}
    resting = []
    with Place() as place, contextlib.closing(Closing()) as closing:
        world = closing.add(World())
        for _ in range(options.rounds):
            resting.append(idle(place, world))
            for size in sizes:
                found[size].append(measure(place, world, size))
    few = [rate for rate, _, _ in found[10_000]]
    rows = []
    for size in sizes:
        rates, starts, memory = (list(column) for column in zip(*found[size]))
        many = size >= 1_000_000
        if size > 10_000:
            rows.append(Row(f"deliveries, backlog of {size:,}", "/s", rates, few, "of 10,000", ">= 0.90" if many else ""))
        rows.append(Row(
            f"start to first delivery, backlog of {size:,}", "ms", [start * 1000 for start in starts],
            goal="< 1000 ms" if many else ""))
        rows.append(Row(
            f"resident beyond idle, backlog of {size:,}", "MiB", [one - other for one, other in zip(memory, resting)],
            goal="<= 20 MiB" if many else "", digits=1))
    options.plots["backlog"] = {size: [rate for rate, _, _ in found[size]] for size in sizes}
    return rows
