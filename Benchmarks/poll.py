"""Polls that find nothing new, beside what libcurl reads by itself."""

import contextlib
import time

from ground import Closing, Place, World, limit
from table import Row

CHATS = 1000
MEMBERS = 500
IN_FLIGHT = 64
SECONDS = 4


def polls(world, place, chats=CHATS, seconds=SECONDS):
    """Polls a second and µs of processor time each, once every chat is known."""
    place.clear()
    configuration = place.configuration(
        world, [], chats=chats, dingtalk={"requestsPerSecond": 10_000}, watch={"minInterval": "10ms"})
    world.reset()
    daemon = place.daemon(configuration)
    try:
        world.wait_for(4 * chats, "polls")
        before, used, start = world.stats()["polls"], daemon.cpu(), time.monotonic()
        time.sleep(seconds)
        count, cost, passed = world.stats()["polls"] - before, daemon.cpu() - used, time.monotonic() - start
        return count / passed, cost / count * 1e6
    finally:
        daemon.stop()


def run(options):
    rate, cost = ([], []), ([], [])
    with Place() as place, contextlib.closing(Closing()) as closing:
        world = closing.add(World(members=MEMBERS))
        url = world.url + "/chat/get?access_token=a-token&chatid=chat%032d"
        for _ in range(options.rounds):
            own = polls(world, place)
            other = limit("requests", "get", url, 40_000, IN_FLIGHT)
            for figures, found in ((0, own), (1, (other["requests"] / other["seconds"], other["cpu"]))):
                rate[figures].append(found[0])
                cost[figures].append(found[1])
    return [
        Row(f"unchanged polls, {MEMBERS} members", "/s", *rate, "raw libcurl", ">= 0.75"),
        Row("processor time a poll", "µs", cost[0], goal="< 100 µs", digits=1),
    ]
