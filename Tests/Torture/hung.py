"""Many endpoints that hang beside some that are well: those that are well do not notice."""

import statistics
import time

import harness

from Torture.crowd import Hole, Sink
from Torture.report import Report
from Torture.stage import Stage

NAME = "hung"
ENDPOINTS = 50
HUNG = 32
CHATS = 20
LIMIT = 2
# What the control has of each hundred requests of those that are well: a second's wait for a place.
STALL = 0.05


def add_options(parser):
    group = parser.add_argument_group(NAME)
    group.add_argument("--hung-rounds", type=int, help="pairs of runs, with and without those that hang (5; short: 1)")
    group.add_argument("--hung-seconds", type=float, help="of each run (20; short: 2)")


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure(options, seconds, hung, stall=0):
    """Runs a daemon; returns the latencies of the endpoints that are well, and what was wrong."""
    sink, holes = Sink(stall), [Hole() for _ in range(hung)]
    endpoints = [
        {
            "name": f"well-{number}", "url": sink.url(f"well-{number}"), "events": ["chat.*"],
            "signing": [{"scheme": "standard", "secret": harness.SECRET}],
        }
        for number in range(ENDPOINTS - HUNG)
    ]
    for number, hole in enumerate(holes):
        # Half of them fill all their places for as long as the run lasts, half fail and are probed.
        endpoints.append({
            "name": f"hung-{number}", "url": hole.url, "events": ["chat.*"], "timeout": "10m" if number % 2 else "2s",
        })
    stage = Stage(endpoints, chats=CHATS, seed=options.seed, log={"level": "info"})
    try:
        stage.start()
        harness.eventually(lambda: None if sink.tell("report")["receipts"] >= CHATS else "the well ones got nothing")
        # Those that hang have their places filled, and the first have failed.
        time.sleep(1)
        sink.tell("report")
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            stage.simulator.control("POST", "/mutate", {"count": 1})
            time.sleep(0.1)
        expected = stage.workplace.rows("SELECT COUNT(*) FROM events v JOIN chats c ON c.number = v.chat WHERE c.id <> ''")

        def missing():
            report.update(sink.tell("report"))
            latencies.extend(report["latencies"])
            short = (ENDPOINTS - HUNG) * expected[0][0] - report["receipts"]
            return f"{short} are missing" if short > 0 else None

        report, latencies = {}, []
        harness.eventually(missing, timeout=60)
        reached = sum(1 for hole in holes if hole.connections)
        return latencies, report, reached
    finally:
        stage.stop()
        for hole in holes:
            hole.stop()
        sink.stop()


def note(counts, report):
    report.lost += counts["ahead"]
    report.duplicates += counts["again"]
    if counts["forged"]:
        report.breaches.append(f"{counts['forged']} signatures are not valid")


def run(options):
    report = Report(NAME)
    seconds = options.hung_seconds or (2 if options.short else 20)
    ratios, middles, samples = [], [], 0
    # One short pair may meet a busy moment of the machine; what starves the well ones does so every time.
    for _ in range(options.hung_rounds or (3 if options.short else 5)):
        alone, counts, _ = measure(options, seconds, 0)
        note(counts, report)
        among, counts, reached = measure(options, seconds, HUNG)
        note(counts, report)
        report.expect(reached == HUNG, f"only {reached} of {HUNG} were called at all: nothing hung")
        ratios.append(percentile(among, 0.99) / percentile(alone, 0.99))
        middles.append(percentile(among, 0.5) / percentile(alone, 0.5))
        samples += len(among)
        report.runs += 1
        if options.short and ratios[-1] <= LIMIT:
            break
    found = min(ratios) if options.short else statistics.median(ratios)
    report.expect(found <= LIMIT, f"the 99th percentile is {found:.2f} times that without them: {ratios}")
    report.expect(report.lost == 0, f"{report.lost} events came ahead of others or not at all")
    report.notes.append(
        f"p99 {found:.2f} times, median {statistics.median(middles):.2f} times that without the {HUNG} of {ENDPOINTS} that hang "
        f"(p99 from {min(ratios):.2f} to {max(ratios):.2f}; {samples} deliveries)")
    stalled, _, _ = measure(options, seconds, HUNG, stall=STALL)
    report.control("well ones that wait for a place", percentile(stalled, 0.99) / percentile(alone, 0.99) > LIMIT)
    return report
