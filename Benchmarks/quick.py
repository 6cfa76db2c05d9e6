"""Whether the benchmarks themselves work: each part once and small. Counts are asserted, times are not."""

import contextlib
import json
import sqlite3
import subprocess

import backlog
import deliver
import detect
import poll
import recover
import store
from ground import Certificate, Closing, Place, World, endpoint, limit
from table import Row, text


def quick_deliver(place, closing):
    world = closing.add(World())
    for order in ("chat", "none"):
        place.backlog(1_000, chats=100, ordering=order)
        deliver.drain(place, world, place.configuration(world, [endpoint(world, ordering=order)]), 1_000)
    deliver.raw(world, 1_000)


def quick_tls(place, closing):
    certificate = Certificate(place.path)
    world = closing.add(World(tls=certificate))
    place.backlog(500, chats=100)
    network = {"caFile": str(certificate.authority)}
    deliver.drain(place, world, place.configuration(world, [endpoint(world)], network=network), 500)
    deliver.raw(world, 500, ca_file=certificate.authority)


def quick_hung(place, closing):
    world = closing.add(World())
    names = ("hung", "a", "b")
    place.backlog(200, chats=20, endpoints=names)
    endpoints = [endpoint(world, name, f"/{name}", concurrency=16) for name in names]
    deliver.drain_many(place, world, place.configuration(world, endpoints), 400)
    assert world.stats()["hung"] > 0, "the hung endpoint was not asked"


def quick_detect(place, closing):
    found, stats = detect.delays(chats=20, seconds=2, polls=100)
    assert found and stats["repeated"] == 0 and stats["malformed"] == 0, stats


def quick_recover(place, closing):
    """A kill loses nothing and repeats no more than the tries whose outcome it left unknown."""
    world = closing.add(World())
    place.backlog(2_000, chats=100)
    configuration = place.configuration(world, [endpoint(world)])
    daemon = place.daemon(configuration)
    world.wait_for(300)
    daemon.kill()
    daemon = place.daemon(configuration)
    stats = world.wait_for(2_000)
    daemon.stop()
    with contextlib.closing(sqlite3.connect(place.store)) as database:
        [unknown] = database.execute("SELECT count(*) FROM attempts WHERE result = 'unknown'").fetchone()
    # Tries are recorded ahead of the wire: as many again as may be in flight (docs/guarantees.md).
    assert unknown <= 2 * deliver.IN_FLIGHT, unknown
    assert stats["unique"] == 2_000 and stats["malformed"] == 0 and stats["repeated"] <= unknown, (stats, unknown)


def quick_poll(place, closing):
    world = closing.add(World(members=poll.MEMBERS))
    url = world.url + "/chat/get?access_token=a-token&chatid=chat%032d"
    assert limit("requests", "get", url, 200, 8)["requests"] == 200
    rate, _ = poll.polls(world, place, chats=50, seconds=0.5)
    assert rate > 0


def quick_store(place, closing):
    for batch in (1, 10):
        rate, size = store.committed(place, 200, batch, chats=100)
        assert rate > 0 and 1 <= size <= batch, size
        assert store.rows_written(place, 200, batch, chats=100) > 0


def run():
    for part in (quick_deliver, quick_tls, quick_hung, quick_detect, quick_recover, quick_poll, quick_store):
        with Place() as place, contextlib.closing(Closing()) as closing:
            part(place, closing)
        print(f"{part.__name__.removeprefix('quick_')}: nothing lost, nothing repeated" if part not in (quick_poll, quick_store)
              else f"{part.__name__.removeprefix('quick_')}: counted")
    # The table is a part of the harness, too.
    assert "MISSED" in text([Row("a figure", "/s", [1.0, 2.0], [4.0, 4.0], "a limit", ">= 0.70")])
