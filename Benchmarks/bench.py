"""Runs the benchmarks and prints one table. See scripts/bench."""

import argparse
import os
import pathlib
import platform
import sys

import backlog
import deliver
import detect
import idle
import plot
import poll
import quick
import recover
import store
from ground import ROOT, build_limits
from table import text

PARTS = {
    "deliver": deliver.run, "detect": detect.run, "idle": idle.run, "backlog": backlog.run, "recover": recover.run,
    "poll": poll.run, "store": store.run,
}


def machine():
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    memory = int(pathlib.Path("/proc/meminfo").read_text().split()[1]) // 2**20
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores ({model}), {memory + 1} GiB, Linux {platform.release()}; load before: {load:.1f}"


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="which parts; all when none is named")
    parser.add_argument("--rounds", type=int, default=5, help="how often each figure and its peer take turns")
    parser.add_argument("--quick", action="store_true", help="small, on the debug program: asserts counts, measures nothing")
    parser.add_argument("--no-peers", dest="peers", action="store_false", help="leave out what is neither ours nor a limit")
    parser.add_argument("--ten-million", action="store_true", help="a backlog of ten million, too: takes 10 GB and a while")
    parser.add_argument("--plots", type=pathlib.Path, help="a directory to draw into")
    options = parser.parse_args()
    options.plots_directory, options.plots = options.plots, {}
    build_limits()
    if options.quick:
        return quick.run()
    print(machine(), flush=True)
    rows = []
    for name in options.parts or PARTS:
        found = PARTS[name](options)
        # Parts take minutes: each is shown as it ends, and all together at the end.
        print("\n" + text(found), flush=True)
        rows += found
    if len(options.parts or PARTS) > 1:
        print("\n" + text(rows))
    if options.plots_directory:
        draw(options, rows)


def draw(options, rows):
    if "backlog" in options.plots:
        chart = plot.decades("Deliveries a second, by what waits", "deliveries waiting", options.plots["backlog"])
        (options.plots_directory / "benchmark-backlog.svg").write_text(plot.frame([chart]))
    charts = []
    for title, figure, unit in (
        ("Deliveries a second", "deliveries", "/s"), ("Processor time a delivery", "processor time a delivery", "µs"),
    ):
        entries = [(row.beside, row.other) for row in rows if row.figure == figure and row.other]
        entries += [("raw libcurl", row.other) for row in rows if row.figure == f"{figure}, HTTP/1.1"]
        entries += [("belfry", row.ours) for row in rows if row.figure == f"{figure}, HTTP/1.1"]
        if len(entries) > 1:
            charts.append(plot.bars(title, unit, entries))
    if charts:
        (options.plots_directory / "benchmark-deliver.svg").write_text(plot.frame(charts, len(charts)))


if __name__ == "__main__":
    sys.exit(main())
