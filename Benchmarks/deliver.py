"""How fast a durable backlog goes out, beside libcurl with nothing around it, and beside peers."""

import contextlib

import peers
from ground import Certificate, Closing, Place, Sampler, World, check, endpoint, limit
from table import Row

EVENTS = 60_000
IN_FLIGHT = 64


def drain(place, world, configuration, expected, figure="unique", timeout=180, **options):
    """Lets the daemon deliver what waits. Returns deliveries a second and µs of processor time each."""
    world.reset()
    daemon = place.daemon(configuration, **options)
    sampler = Sampler(daemon, world, figure)
    try:
        stats = world.wait_for(expected, figure, timeout)
    finally:
        sampler.end()
        daemon.stop()
    check(stats, expected)
    return (stats["unique"] - 1) / (stats["last"] - stats["first"]), sampler.cost()


def raw(world, events, in_flight=IN_FLIGHT, ca_file=None):
    """The same from libcurl alone."""
    world.reset()
    figures = limit("requests", "post", world.url + "/hook", events, in_flight, *([ca_file] if ca_file else []))
    stats = world.stats()
    check(stats, events)
    return (events - 1) / (stats["last"] - stats["first"]), figures["cpu"]


def beside_raw(options, tls):
    rate, cost = ([], []), ([], [])
    with Place() as place, contextlib.closing(Closing()) as closing:
        certificate = Certificate(place.path) if tls else None
        world = closing.add(World(tls=certificate))
        for _ in range(options.rounds):
            place.backlog(EVENTS)
            network = {"caFile": str(certificate.authority)} if tls else {}
            configuration = place.configuration(world, [endpoint(world)], network=network)
            for figures, found in (
                (0, drain(place, world, configuration, EVENTS)),
                (1, raw(world, EVENTS, ca_file=certificate.authority if tls else None)),
            ):
                rate[figures].append(found[0])
                cost[figures].append(found[1])
    kind = "TLS 1.3" if tls else "HTTP/1.1"
    return [
        Row(f"deliveries, {kind}", "/s", *rate, "raw libcurl", ">= 0.80" if tls else ">= 0.70"),
        Row(f"processor time a delivery, {kind}", "µs", *cost, "raw libcurl", "" if tls else "<= 1.6", digits=1),
    ]


def ordering(options):
    """Chats in their order against no order at all."""
    rates = ([], [])
    with Place() as place, contextlib.closing(Closing()) as closing:
        world = closing.add(World())
        for _ in range(options.rounds):
            for rate, order in zip(rates, ("chat", "none")):
                place.backlog(EVENTS, ordering=order)
                configuration = place.configuration(world, [endpoint(world, ordering=order)])
                rate.append(drain(place, world, configuration, EVENTS)[0])
    return [Row("deliveries, ordering chat over 1,000 chats", "/s", *rates, "ordering none", ">= 0.95")]


def one_hung(options, endpoints=20):
    """What 19 endpoints get while the twentieth never answers, against the same without it."""
    rates = ([], [])
    names = [f"endpoint{number}" for number in range(endpoints)]
    each = EVENTS // endpoints
    with Place() as place, contextlib.closing(Closing()) as closing:
        world = closing.add(World())
        healthy = [endpoint(world, name, f"/{name}", concurrency=16) for name in names[1:]]
        hung = endpoint(world, names[0], "/hung", concurrency=16)
        expected = each * (endpoints - 1)
        for _ in range(options.rounds):
            for rate, configured in zip(rates, (healthy + [hung], healthy)):
                place.backlog(each, endpoints=tuple(names))
                configuration = place.configuration(world, configured)
                rate.append(drain_many(place, world, configuration, expected))
    return [Row("deliveries of 19 endpoints, a 20th hung", "/s", *rates, "19 alone", ">= 0.95")]


def drain_many(place, world, configuration, expected):
    """One event goes to many endpoints under one id: requests are counted."""
    world.reset()
    daemon = place.daemon(configuration)
    try:
        stats = world.wait_for(expected, "requests")
    finally:
        daemon.kill()
    if stats["requests"] != expected:
        raise AssertionError(f"expected {expected}, received {stats['requests']}")
    return (expected - 1) / (stats["last"] - stats["first"])


def beside_peers(options):
    """The peers sign nothing but for the Python worker, record no tries, and sync no disk but for the Python worker."""
    rows = []
    with contextlib.closing(Closing()) as closing:
        world = closing.add(World())
        for peer in peers.ALL:
            reason = peer.missing()
            if reason:
                rows.append(Row("deliveries", "", [], beside=f"{peer.name}: {reason}"))
                continue
            cost, rate = ([], []), ([], [])
            with Place() as place:
                for _ in range(options.rounds):
                    place.backlog(EVENTS // 2)
                    own = drain(place, world, place.configuration(world, [endpoint(world)]), EVENTS // 2)
                    other = peer.drain(place.path, EVENTS // 2)
                    for figures, found in ((0, own), (1, other)):
                        rate[figures].append(found[0])
                        cost[figures].append(found[1])
            rows.append(Row("deliveries", "/s", *rate, peer.name))
            rows.append(Row("processor time a delivery", "µs", *cost, peer.name, "< 1", digits=1))
    return rows


def run(options):
    rows = beside_raw(options, tls=False) + beside_raw(options, tls=True) + ordering(options) + one_hung(options)
    return rows + (beside_peers(options) if options.peers else [])
