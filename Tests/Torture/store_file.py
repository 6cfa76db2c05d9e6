"""Somebody else lays hands on the store's files, while the daemon runs and before it starts.

The daemon must end or refuse with a line that says what is wrong, and, once what was there is put back, go on as if nothing had been.
"""

import os
import shutil
import sqlite3
import subprocess
import tempfile

from Torture import disk
from Torture.refusing_disk import judge_end, until_end
from Torture.world import World

LINE = r"store.*({words})"


def add_options(parser):
    parser.add_argument("--harmed-files", type=int, help="how often each harm is done to the store's files (2; short: 0)")


def repeats(options):
    return options.harmed_files if options.harmed_files is not None else (0 if options.short else 2)


# While it runs

def remove(path):
    path.unlink()


def replace(path):
    shutil.copyfile(path, f"{path}.copy")
    os.rename(f"{path}.copy", path)


def cut_short(path):
    os.truncate(path, path.stat().st_size // 2)


def make_immutable(path):
    subprocess.run(["chattr", "+i", str(path)], check=True, capture_output=True)


def make_mutable(path):
    subprocess.run(["chattr", "-i", str(path)], check=True, capture_output=True)


HARMS = {
    remove: r"was removed by somebody else", replace: r"was replaced by somebody else", cut_short: r"was cut short by somebody else",
}


def harmed(report, options, chance):
    for _ in range(repeats(options)):
        for harm, words in HARMS.items():
            for suffix in ("", "-wal"):
                with World(seed=chance.randrange(1 << 32)) as world:
                    while_running(report, world, harm, suffix, words, chance)
        immutable(report, chance)


def while_running(report, world, harm, suffix, words, chance):
    what = f"belfry.db{suffix}, {harm.__name__.replace('_', ' ')} while it was open"
    # A second start: then the file holds what the first one left.
    world.start()
    world.mutate(chance.randint(10, 40))
    world.drain()
    world.daemon.stop()
    daemon = world.start()
    world.mutate(chance.randint(10, 40))
    world.drain()
    path = world.store.with_name(world.store.name + suffix)
    aside = path.with_name("aside")
    if harm is cut_short:
        shutil.copyfile(path, aside)
    else:
        os.link(path, aside)
    harm(path)
    if until_end(world, daemon, chance):
        judge_end(report, daemon, what, words, line=LINE)
    else:
        report.breaches.append(f"{what}: the daemon goes on")
        daemon.kill()
    os.replace(aside, path)
    world.start()
    report.add(world.finish())


def immutable(report, chance):
    """A log that may no longer be written ends the daemon; a file that may not refuses the next start. Neither loses anything."""
    with tempfile.TemporaryDirectory() as directory:
        if reason := disk.refusal(disk.ImageDisk):
            report.skipped.append(f"files made read-only: {reason}")
            return
        with disk.ImageDisk(directory) as image, World(seed=chance.randrange(1 << 32), directory=image.mounted) as world:
            daemon = world.start()
            world.mutate(20)
            world.drain()
            log = world.store.with_name("belfry.db-wal")
            make_immutable(log)
            if until_end(world, daemon, chance):
                judge_end(report, daemon, "a log made read-only", "I/O error|not permitted", line=LINE)
            else:
                report.breaches.append("a log made read-only: the daemon goes on")
                daemon.kill()
            make_mutable(log)
            world.start()
            world.mutate(20)
            make_immutable(world.store)
            world.mutate(20)
            world.drain()
            report.expect(world.daemon.stop() == 0, "a file made read-only: the daemon does not end well")
            refuses(report, world, "a file made read-only", "Operation not permitted")
            make_mutable(world.store)
            world.start()
            report.add(world.finish(), runs=2)


# Before it starts

def refused(report, options, chance):
    if not repeats(options):
        return
    with World(seed=chance.randrange(1 << 32)) as world:
        world.start()
        world.mutate(40)
        world.drain()
        world.daemon.kill()
        copies(world, "whole")
        for what, words, harm in KILLED:
            harm(world.store)
            refuses(report, world, what, words)
            copies(world, "whole", back=True)
        world.start()
        world.drain()
        world.daemon.stop()
        copies(world, "closed")
        for what, words, harm in CLOSED:
            harm(world.store)
            refuses(report, world, what, words)
            copies(world, "closed", back=True)
        world.start()
        report.add(world.finish(), runs=len(KILLED) + len(CLOSED))
    read_only_disk(report, chance)
    older(report, chance)


def copies(world, name, back=False):
    """Keeps the store's files aside, or puts those that were kept in their place."""
    for suffix in ("", "-wal"):
        path = world.store.with_name(world.store.name + suffix)
        kept = world.workplace.path / f"{name}{suffix}"
        if not back:
            if path.exists():
                shutil.copyfile(path, kept)
            continue
        if path.is_dir():
            path.rmdir()
        if kept.exists():
            shutil.copyfile(kept, path)
        elif path.exists():
            path.unlink()


def foreign(path):
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE songs (title TEXT)")
    connection.commit()
    connection.close()


def directory(path):
    path.unlink()
    path.mkdir()


def nonsense_tail(path):
    with open(path, "r+b") as file:
        file.seek(4096)
        file.write(b"\xee" * (path.stat().st_size - 4096))


KILLED = [
    ("an empty file beside its log", "the file is empty but its log is not", lambda path: os.truncate(path, 0)),
    ("no file beside its log", "the file is empty but its log is not", lambda path: path.unlink()),
]
CLOSED = [
    ("a text", "not a SQLite database", lambda path: path.write_text("to be or not to be, that is the question\n" * 99)),
    ("another program's database", "the database of another program", foreign),
    ("a directory", "not a regular file", directory),
    ("half a file", "damaged", cut_short),
    ("a file without its end", "damaged", lambda path: os.truncate(path, path.stat().st_size - 4096)),
    ("nonsense behind the first page", "damaged", nonsense_tail),
]


def refuses(report, world, what, words):
    """The daemon must not start, say why, leave the file as it is and send nothing."""
    before = world.store.read_bytes() if world.store.is_file() else None
    sent = sum(len(receiver.snapshot()) for receiver in world.receivers.values())
    daemon = world.launch()
    try:
        daemon.process.wait(60)
    except subprocess.TimeoutExpired:
        report.breaches.append(f"{what}: the daemon starts")
        daemon.kill()
        return
    judge_end(report, daemon, what, words, line=LINE)
    if before is not None:
        report.expect(world.store.read_bytes() == before, f"{what}: the file was changed")
    report.expect(
        sent == sum(len(receiver.snapshot()) for receiver in world.receivers.values()), f"{what}: something was sent")


def read_only_disk(report, chance):
    if reason := disk.refusal(disk.SmallDisk):
        report.skipped.append(f"a disk made read-only: {reason}")
        return
    with tempfile.TemporaryDirectory() as directory, disk.SmallDisk(directory, size="32m") as small:
        with World(seed=chance.randrange(1 << 32), directory=small.mounted) as world:
            world.start()
            world.mutate(20)
            world.drain()
            world.daemon.stop()
            disk.mount("-o", "remount,ro", small.mounted)
            refuses(report, world, "a disk that can only be read", "Read-only file system")
            disk.mount("-o", "remount,rw", small.mounted)
            world.start()
            report.add(world.finish())


def older(report, chance):
    """A store of some seconds ago in the place of the present one: what was delivered since is delivered again. That must be seen."""
    with World(chats=5, seed=chance.randrange(1 << 32)) as world:
        world.start()
        world.drain()
        world.daemon.stop()
        copies(world, "older")
        world.start()
        world.mutate(40)
        world.drain()
        world.daemon.stop()
        copies(world, "older", back=True)
        world.start()
        findings = world.finish()
    report.control("a store of some seconds ago", bool(findings.excess))
