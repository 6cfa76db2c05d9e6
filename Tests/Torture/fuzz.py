"""libFuzzer on every part that reads what somebody else wrote (Tests/Fuzzing). What it finds is kept in the corpus, which scripts/test replays."""

import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess

from Torture.report import Report

NAME = "fuzz"
# It is built anew for this. In the short form the Swift tests replay the corpus.
IS_LONG = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = ROOT / "Tests" / "Fuzzing" / "Corpus"
DICTIONARIES = ROOT / "Tests" / "Fuzzing" / "Dictionaries"
# A build of its own: every package in it is made to tell which branches an input took.
BUILD = ROOT / ".build" / "fuzz"
# How long a crash that takes four right bytes may stay unfound, in seconds.
PLANTED = 60


def add_options(parser):
    parser.add_argument("--fuzz-seconds", type=int, default=60, help="how long each target is fuzzed (60)")
    parser.add_argument("--fuzz-program", type=pathlib.Path, help="a fuzzer that is built already")
    parser.add_argument("--fuzz-target", action="append", metavar="TARGET", help="only this one; can be repeated")


def run(options):
    report = Report(NAME)
    targets = options.fuzz_target or sorted(path.name for path in CORPUS.iterdir())
    program = options.fuzz_program or build()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda target: fuzz(program, target, options.fuzz_seconds, options.seed), targets)
        for target, (units, found, complaint) in zip(targets, results):
            report.runs += units
            report.notes.append(f"{target} {units:,}")
            report.breaches += [f"{target}: {path.name}, kept in {CORPUS.relative_to(ROOT) / target}" for path in found]
            if complaint:
                report.breaches.append(f"{target}: {complaint}")
            for path in found:
                shutil.copy(path, CORPUS / target / path.name)
    _, found, _ = fuzz(program, "planted", PLANTED, options.seed)
    report.control("a planted crash", bool(found))
    return report


def build():
    """The fuzzer's path."""
    subprocess.run(
        [
            "swift", "build", "--scratch-path", BUILD, "--configuration", "release", "-Xswiftc", "-enable-testing",
            "--sanitize", "fuzzer", "--product", "belfry-fuzz",
        ],
        cwd=ROOT, env={**os.environ, "BELFRY_FUZZING": "1"}, check=True, stdout=subprocess.DEVNULL,
    )
    return BUILD / "release" / "belfry-fuzz"


def fuzz(program, target, seconds, seed):
    """How many inputs were tried, the files of those that did harm, and what else went wrong."""
    work, harm = BUILD / "corpus" / target, BUILD / "found" / target
    shutil.rmtree(harm, ignore_errors=True)
    for directory in (work, harm):
        directory.mkdir(parents=True, exist_ok=True)
    dictionary = DICTIONARIES / f"{target}.dict"
    result = subprocess.run(
        [
            program, f"-max_total_time={seconds}", f"-seed={seed % (1 << 32)}", "-timeout=10", "-rss_limit_mb=1024",
            "-max_len=4096", "-print_final_stats=1", f"-artifact_prefix={harm}/",
            *([f"-dict={dictionary}"] if dictionary.exists() else []),
            # New inputs go into the first directory.
            work, *([CORPUS / target] if (CORPUS / target).exists() else []),
        ],
        # Swift's own report of a crash would come before the one that keeps the input.
        env={**os.environ, "BELFRY_FUZZ_TARGET": target, "SWIFT_BACKTRACE": "enable=no"},
        capture_output=True, text=True, errors="replace",
    )
    units = re.search(r"stat::number_of_executed_units:\s*(\d+)", result.stderr)
    found = sorted(path for path in harm.iterdir() if not path.name.startswith("slow-unit-"))
    complaint = None
    if result.returncode != 0 and not found:
        complaint = f"the fuzzer ended with {result.returncode}: " + " / ".join(result.stderr.strip().splitlines()[-3:])
    elif units is None or int(units[1]) < 100:
        complaint = None if found else "hardly anything was tried"
    return int(units[1]) if units else 0, found, complaint
