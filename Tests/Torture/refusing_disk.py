"""Disks that refuse a write or a sync, once or from then on, and disks that are full until somebody makes room."""

import re
import subprocess
import tempfile

from Torture import disk
from Torture.strace import Strace
from Torture.world import World

# What the last line of a daemon must say, by the error that the kernel gave.
# (SQLite says of a sync that failed for want of room only that it failed.)
WORDS = {"EIO": r"I/O error", "ENOSPC": r"disk full|No space left on device|SQLITE_IOERR_FSYNC"}
LINE = r"the store \S*belfry\.db cannot be (opened|read or written): .*({words})"


def add_options(parser):
    parser.add_argument(
        "--disk-errors", type=int, help="at how many places each kind of call fails with each error (8; short: 1)")
    parser.add_argument("--full-disks", type=int, help="how often a small disk is filled and freed (4; short: 0)")


def errors(report, options, chance):
    if reason := Strace.refusal():
        report.skipped.append(f"failing calls: {reason}")
        return
    places = options.disk_errors or (1 if options.short else 8)
    far = {"pwrite64": 400, "fdatasync": 60}
    for call, error, lasts in [
        (call, error, lasts) for call in far for error in WORDS for lasts in (False, True)
        # In short: each call, each error, each duration once.
        if not options.short or (call == "pwrite64") == (error == "EIO") == lasts
    ]:
        with World(seed=chance.randrange(1 << 32)) as world:
            # The first writes are those of the first start.
            for place in sorted(chance.sample(range(2, far[call]), places)):
                failing(report, world, call, error, place, lasts, chance)
            world.start()
            report.add(world.finish(), runs=places)


def failing(report, world, call, error, place, lasts, chance):
    """Lets the call at that place fail. The daemon must end, say why, and touch nothing more."""
    what = f"{error} at {call} {place}{' and ever after' if lasts else ''}"
    log = world.workplace.path / "strace.log"
    daemon = world.launch(wrapper=Strace.wrapper(log, call, f"error={error}", f"{place}{'+' if lasts else ''}"))
    ended = until_end(world, daemon, chance, fault=lambda: injected(log))
    hit = injected(log)
    report.expect(hit, f"{what} never happened")
    if not ended:
        # SQLite asks for no success where a directory is synchronized, nor does the daemon where it writes into its lock who it is.
        if any(re.search(r"belfry\.db(-wal|-journal|-shm)?>", line) for line in hit):
            report.breaches.append(f"{what}: the daemon goes on")
        daemon.kill()
        return
    judge_end(report, daemon, what, WORDS[error])
    if lasts:
        again = world.launch(wrapper=Strace.wrapper(log, call, f"error={error}", "2+"))
        if until_end(world, again, chance):
            judge_end(report, again, f"{what}, started again", WORDS[error])
        else:
            report.breaches.append(f"{what}: started again, it goes on")
            again.kill()


def injected(log):
    """The calls that failed on purpose so far."""
    return [line for line in log.read_text(errors="replace").splitlines() if "INJECTED" in line] if log.exists() else []


def until_end(world, daemon, chance, fault=lambda: True):
    """Makes changes until the daemon ends, and for a while after the fault has happened. Whether it did end."""
    survived = 0
    for _ in range(600):
        world.mutate(chance.randint(1, 10))
        try:
            daemon.process.wait(0.2)
            return True
        except subprocess.TimeoutExpired:
            survived += bool(fault())
        if survived == 50:
            break
    return False


def judge_end(report, daemon, what, words, code=1, line=LINE):
    daemon.stop()
    last = daemon.lines[-1] if daemon.lines else ""
    report.expect(daemon.process.returncode == code, f"{what}: exit code {daemon.process.returncode}")
    report.expect(re.search(line.format(words=words), last), f"{what}: the last line is {last!r}")


def full(report, options, chance):
    count = options.full_disks if options.full_disks is not None else (0 if options.short else 4)
    if not count:
        return
    if reason := disk.refusal(disk.SmallDisk):
        report.skipped.append(reason)
        return
    with tempfile.TemporaryDirectory() as directory, disk.SmallDisk(directory) as small:
        with World(seed=chance.randrange(1 << 32), directory=small.mounted) as world:
            for _ in range(count):
                daemon = world.start()
                world.mutate(chance.randint(1, 20))
                small.fill()
                if until_end(world, daemon, chance):
                    judge_end(report, daemon, "a full disk", WORDS["ENOSPC"])
                else:
                    report.breaches.append("a full disk: the daemon goes on")
                    daemon.kill()
                again = world.launch()
                if until_end(world, again, chance):
                    judge_end(report, again, "a full disk, started again", WORDS["ENOSPC"])
                else:
                    report.breaches.append("a full disk: started again, it goes on")
                    again.kill()
                small.free()
            world.start()
            report.add(world.finish(), runs=count)
