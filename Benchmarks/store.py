"""Events that the store takes in, beside the same rows from a plain C program."""

import json
import subprocess

from ground import STORE_BENCHMARK, Place, limit
from table import Row

CHATS = 1000
EVENTS = {1: 3_000, 10: 20_000, 100: 60_000}


def committed(place, events, at_once, chats=CHATS):
    place.clear()
    result = subprocess.run(
        [STORE_BENCHMARK, "commit", place.store, str(events), str(chats), str(at_once)], check=True, capture_output=True)
    found = json.loads(result.stdout)
    return found["events"] / found["seconds"], found["events"] / found["transactions"]


def rows_written(place, events, batch, chats=CHATS):
    # A new file in which every chat was seen once, as at the start of the other.
    place.backlog(chats, chats, endpoints=("a",))
    found = limit("rows", place.store, events, chats, batch)
    return found["events"] / found["seconds"]


def run(options):
    rows = []
    with Place() as place:
        for batch, events in EVENTS.items():
            rates, sizes = ([], []), []
            for _ in range(options.rounds):
                rate, size = committed(place, events, batch)
                rates[0].append(rate)
                sizes.append(size)
                rates[1].append(rows_written(place, events, batch))
            rows.append(Row(
                f"events stored, {batch} at once ({sum(sizes) / len(sizes):.0f} a transaction)", "/s", *rates, "C program", ">= 0.80"))
    return rows
