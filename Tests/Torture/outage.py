"""A receiver that is dead for as long as it takes to queue an hour's events, and comes back: all kept, in order, in flat memory."""

import subprocess
import sys
import threading
import time

import harness

from Torture import mill
from Torture.crowd import Mill, Sink
from Torture.report import Report
from Torture.stage import Stage

NAME = "outage"
# A hundred events a second for an hour.
EVENTS = 360_000
# Of resident memory, for each delivery that waits. A queue in memory takes the event's own size, hundreds of bytes, at least.
BYTES = 48
# Fewer deliveries than this tell nothing of memory.
ENOUGH = 100_000


def add_options(parser):
    group = parser.add_argument_group(NAME)
    group.add_argument("--outage-events", type=int, help=f"how many events wait ({EVENTS:,}; short: 2,000)")


class Gauge:
    """Samples a process's resident memory, by how much waits: in the outage, and in the drain."""

    def __init__(self, process, waiting):
        self.process = process
        self.waiting = waiting
        self.samples = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        while not self._over.wait(0.5):
            try:
                with open(f"/proc/{self.process.pid}/statm") as file:
                    resident = int(file.read().split()[1]) * 4096
            except (FileNotFoundError, ProcessLookupError, IndexError):
                return
            self.samples.append((self.waiting(), resident))

    def stop(self):
        self._over.set()
        self._thread.join()

    def growth(self, count):
        """Bytes for each delivery that was added since a tenth of them waited; nil without samples of both."""
        early = [resident for waiting, resident in self.samples if 0.05 * count <= waiting <= 0.2 * count]
        late = [resident for waiting, resident in self.samples if waiting >= 0.5 * count]
        if not early or not late:
            return None
        return (max(late) - max(early)) / (0.9 * count)


def queue_and_drain(count, forget=0, **overrides):
    """Returns the sink's counts, the events that there were, the gauge, and what was wrong."""
    chats = 400 if count >= ENOUGH else 20
    platform = Mill(chats, -(-(count // chats - 1) // mill.EVENTS))
    sink, wrong = Sink(), []
    sink.tell("close")
    if forget:
        sink.tell(f"forget {forget}")
    stage = Stage(
        [harness.endpoint("dead", sink_address(sink), events=["chat.*"], retry={}, **overrides)], platform=platform,
        log={"level": "info"}, watch={"minInterval": "20ms", "maxInterval": "100ms"},
        dingtalk={
            "baseURL": platform.url, "apiBaseURL": platform.url, "appKey": "demo-key", "appSecret": "demo-secret",
            "requestsPerSecond": 10_000, "callsPerMonth": None, "timeout": "10s",
        },
    )
    gauge = None
    try:
        stage.start()
        gauge = Gauge(stage.daemon.process, lambda: stage.pending().get("dead", 0))
        began = time.monotonic()
        harness.eventually(lambda: incomplete(stage, platform.events), timeout=3600, interval=0.5)
        queued = time.monotonic() - began
        if stage.pending().get("dead", 0) != platform.events:
            wrong.append(f"{stage.pending()} wait of {platform.events} events")
        sink.tell("open")
        stage.resume("dead")
        began = time.monotonic()
        harness.eventually(lambda: stage.pending() or None, timeout=3600, interval=0.5)
        drained = time.monotonic() - began
        gauge.stop()
        stage.stop_daemon()
        dead = [reason for _, reason in stage.finished("dead") if reason]
        if dead:
            wrong.append(f"{len(dead)} are dead: {dead[0]}")
        if stage.workplace.rows("PRAGMA integrity_check") != [("ok",)]:
            wrong.append("the store is damaged")
        return sink.tell("report"), platform.events, gauge, wrong, (queued, drained)
    finally:
        stage.stop()
        sink.stop()
        platform.stop()


def incomplete(stage, events):
    count = stage.workplace.rows("SELECT COUNT(*) FROM events WHERE sequence > 0 AND chat > 1")[0][0]
    return f"{count} of {events} events" if count < events else None


def sink_address(sink):
    class Address:
        url = sink.url("dead")
    return Address


def hoards(count):
    """What a program that keeps its queue in memory would show the gauge."""
    script = "import sys, time\nkept = []\nfor n in range(20):\n    kept += [bytes(500) for _ in range(int(sys.argv[1]) // 20)]\n" \
        "    print(len(kept), flush=True)\n    time.sleep(0.6)\n"
    process = subprocess.Popen([sys.executable, "-c", script, str(count)], stdout=subprocess.PIPE, text=True)
    waiting = [0]
    gauge = Gauge(process, lambda: waiting[0])
    for line in process.stdout:
        waiting[0] = int(line)
    gauge.stop()
    process.wait()
    process.stdout.close()
    return gauge.growth(count)


def run(options):
    report = Report(NAME)
    count = options.outage_events or (2_000 if options.short else EVENTS)
    counts, events, gauge, wrong, (queued, drained) = queue_and_drain(count)
    report.runs = events
    report.lost = events - counts["events"] if counts["events"] < events else 0
    report.reordered, report.duplicates = counts["ahead"], counts["again"]
    report.breaches += wrong
    report.expect(counts["events"] == events, f"{counts['events']} of {events} events arrived")
    report.expect(counts["ahead"] == 0, f"{counts['ahead']} came ahead of their turn")
    report.expect(counts["again"] == 0, f"{counts['again']} came again, and no try had an unknown outcome")
    report.expect(counts["forged"] == 0, f"{counts['forged']} signatures are not valid")
    residents = [resident for _, resident in gauge.samples]
    report.notes.append(
        f"{events} deliveries kept and drained, queued in {queued:.0f} s, drained in {drained:.0f} s, resident at most "
        f"{max(residents) >> 20} MiB")
    if count >= ENOUGH:
        growth = gauge.growth(count)
        report.expect(growth is not None and growth <= BYTES, f"memory grows by {growth} bytes for each that waits")
        report.notes.append(f"{growth:.1f} bytes of memory for each that waits")
        report.control("a queue that is kept in memory", hoards(count) > BYTES)
    counts, events, *_ = queue_and_drain(min(count, 2_000), forget=100)
    report.control("one event in a hundred that is forgotten", counts["ahead"] > 0)
    counts, events, *_ = queue_and_drain(min(count, 2_000), ordering="none")
    report.control("an endpoint without order", counts["ahead"] > 0)
    return report
