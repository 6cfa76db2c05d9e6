"""The daemon's real parts on one thread in seeded worlds of faults (Tests/Simulation). A breach names the command that repeats it."""

import json
import pathlib
import subprocess

from Torture.report import Report

NAME = "simulation"
ROOT = pathlib.Path(__file__).resolve().parents[2]


def add_options(parser):
    parser.add_argument("--seeds", type=int, help="worlds of the simulation (200,000; 2,000 with --short)")
    parser.add_argument("--first-seed", type=int, default=0, help="the seed of the simulation's first world (0)")


def run(options):
    configuration = "debug" if options.short else "release"
    subprocess.run(
        ["swift", "build", "--configuration", configuration, "--product", "simulation"], cwd=ROOT, check=True,
        stdout=subprocess.DEVNULL)
    seeds = options.seeds or (2_000 if options.short else 200_000)
    ended = subprocess.run(
        [f".build/{configuration}/simulation", "--seeds", str(seeds), "--first", str(options.first_seed), "--json"],
        cwd=ROOT, capture_output=True, text=True)
    report = Report(NAME)
    # Whatever else it ends with, it has not told what it found.
    if ended.returncode not in (0, 1):
        report.breaches.append(f"the simulation ended with {ended.returncode}: {ended.stdout[-500:]}{ended.stderr[-2000:]}")
        return report
    counts = json.loads(ended.stdout)
    for name in ("runs", "lost", "reordered", "duplicates", "bound", "controls"):
        setattr(report, name, counts[name])
    report.controls_failed = counts["caught"]
    report.breaches += counts["complaints"]
    report.notes.append(f"{counts['processes']} processes, {counts['deliveries']} deliveries")
    return report
