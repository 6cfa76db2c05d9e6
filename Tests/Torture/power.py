"""Power cuts, and logs whose last, unsynchronized part is torn."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from Torture import disk
from Torture.refusing_disk import until_end
from Torture.strace import Strace
from Torture.world import World

# Cuts of one world, before it is drained and judged.
SERIES = 5
SECTOR = 512


def add_options(parser):
    parser.add_argument("--power-cuts", type=int, help="how often the power fails (40; short: 0)")
    parser.add_argument("--torn-logs", type=int, help="how often what was not synchronized is torn (40; short: 1)")


def cuts(report, options, chance):
    count = options.power_cuts if options.power_cuts is not None else (0 if options.short else 40)
    if not count:
        return
    if reason := disk.refusal(disk.ImageDisk):
        report.skipped.append(f"power cuts: {reason}")
        return
    for begin in range(0, count, SERIES):
        with tempfile.TemporaryDirectory() as directory, disk.ImageDisk(directory) as image:
            with World(seed=chance.randrange(1 << 32), directory=image.mounted) as world:
                series = min(SERIES, count - begin)
                for _ in range(series):
                    daemon = world.start()
                    world.mutate(chance.randint(5, 40))
                    time.sleep(chance.uniform(0.05, 1.5))
                    cut(image, daemon.process)
                    daemon.kill()
                    image.replace(image.photographed)
                world.start()
                report.add(world.finish(), runs=series)
    lost = {mode: acknowledged_and_lost(mode) for mode in ("NORMAL", "FULL")}
    report.control("a writer with synchronous=NORMAL that loses acknowledged commits", lost["NORMAL"] > 0)
    report.expect(lost["FULL"] == 0, f"a writer with synchronous=FULL lost {lost['FULL']} commits: the power cuts are not true ones")
    report.notes.append(f"synchronous=NORMAL lost {lost['NORMAL']} acknowledged commits, FULL {lost['FULL']}")


def cut(image, process):
    """Stops a process and takes the disk as it is in this moment."""
    process.send_signal(signal.SIGSTOP)
    while any(state(task) != "T" for task in Path(f"/proc/{process.pid}/task").iterdir()):
        time.sleep(0.001)
    image.photographed = image.photograph()


def state(task):
    return (task / "stat").read_text().rpartition(")")[2].split()[0]


def acknowledged_and_lost(mode):
    """How many commits a small writer acknowledged and a power cut took."""
    with tempfile.TemporaryDirectory() as directory, disk.ImageDisk(directory) as image:
        database = image.mounted / "writer.db"
        writer = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("writer.py")), str(database), mode], stdout=subprocess.PIPE, text=True)
        # Long enough for the kernel to have written what it writes by itself once.
        for line in writer.stdout:
            if int(line) >= 3000:
                break
        cut(image, writer)
        writer.kill()
        acknowledged = [int(line) for line in writer.stdout.read().split()] or [3000]
        writer.wait()
        writer.stdout.close()
        image.replace(image.photographed)
        connection = sqlite3.connect(database)
        try:
            kept = connection.execute("SELECT max(number) FROM commits").fetchone()[0] or 0
        except sqlite3.OperationalError:
            kept = 0
        connection.close()
        return max(acknowledged[-1] - kept, 0)


# Torn logs

WRITE = re.compile(r"^\d+ +pwrite64\(\d+<(?P<path>[^>]+)>, .*?, (?P<length>\d+), (?P<offset>\d+)(\)| <unf)")
SYNC = re.compile(r"^(?P<thread>\d+) +fdatasync\(\d+<(?P<path>[^>]+)>(?P<rest>.*)$")
SYNCED = re.compile(r"^(?P<thread>\d+) +<\.\.\. fdatasync resumed>\) += 0")


def unsynchronized(log):
    """What was written to each file after its last sync that came to its end, as (offset, length)."""
    written, syncing = {}, {}
    for line in log.read_text(errors="replace").splitlines():
        if found := WRITE.match(line):
            written.setdefault(found["path"], []).append((int(found["offset"]), int(found["length"])))
        elif found := SYNC.match(line):
            if found["rest"].rstrip().endswith("= 0"):
                written.pop(found["path"], None)
            else:
                syncing[found["thread"]] = found["path"]
        elif found := SYNCED.match(line):
            written.pop(syncing.pop(found["thread"], None), None)
    return {path: spans for path, spans in written.items() if not path.endswith(".lock")}


def tear(written, chance):
    """Gives each sector of what was not synchronized one of its possible fates: written, not written, or nonsense."""
    sectors = 0
    for path, spans in written.items():
        with open(path, "r+b") as file:
            for offset, length in spans:
                for start in range(offset, offset + length, SECTOR):
                    if fate := chance.choice([None, b"\0", b"\xee"]):
                        file.seek(start)
                        file.write(fate * min(SECTOR, offset + length - start))
                        sectors += 1
    return sectors


def torn(report, options, chance):
    count = options.torn_logs or (1 if options.short else 40)
    if reason := Strace.refusal():
        report.skipped.append(f"torn logs: {reason}")
        return
    sectors = 0
    for begin in range(0, count, SERIES):
        series = min(SERIES, count - begin)
        with World(seed=chance.randrange(1 << 32)) as world:
            for _ in range(series):
                sectors += kill_and_tear(report, world, chance)
            world.start()
            report.add(world.finish(), runs=series)
    report.expect(sectors > 0, "nothing was torn")
    report.notes.append(f"{sectors} sectors torn")
    forgotten(report, chance)


def kill_and_tear(report, world, chance):
    log = world.workplace.path / "strace.log"
    daemon = world.launch(wrapper=Strace.killing(log, "fdatasync", chance.randint(1, 60), also="pwrite64"))
    if not until_end(world, daemon, chance, fault=lambda: False):
        report.breaches.append("the daemon was not killed at a sync")
        daemon.kill()
        return 0
    daemon.kill()
    return tear(unsynchronized(log), chance)


def forgotten(report, chance):
    """A disk that forgets what it said was safe: half the log is gone. That must be seen."""
    with World(chats=5, seed=chance.randrange(1 << 32)) as world:
        world.start()
        world.drain()
        world.mutate(50)
        world.drain()
        world.daemon.kill()
        log = Path(f"{world.store}-wal")
        os.truncate(log, log.stat().st_size // 2)
        world.start()
        findings = world.finish()
    report.control("a disk that forgot what it had synchronized", bool(findings.all))
