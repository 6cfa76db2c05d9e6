"""Runs families of faults against the built program and prints a line for each. See scripts/torture."""

import argparse
import importlib
import os
import pathlib
import signal
import sys
import time
import traceback

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# Families are modules of the package Torture: by their bare names some would hide modules of Python's own library.
sys.path[0] = str(HERE.parent)
sys.path.append(str(HERE.parent / "EndToEnd"))

# The order of a full run: what is quick to fail comes first, what takes longest last.
ORDER = [
    "simulation", "kills", "disks", "clocks", "receivers", "platform", "hung", "outage", "secrets", "fuzz", "sanitizers",
    "soak",
]


def families():
    """The modules in this directory that are a family, by name, in the order of a full run."""
    found = {}
    for path in sorted(HERE.glob("*.py")):
        if "\nNAME = " in path.read_text():
            module = importlib.import_module(f"Torture.{path.stem}")
            found[module.NAME] = module
    return {name: found[name] for name in sorted(found, key=lambda name: (ORDER + [name]).index(name))}


def is_long(module):
    """Whether the family has no form that is short enough for scripts/test."""
    return getattr(module, "IS_LONG", False)


def main():
    known = families()
    parser = argparse.ArgumentParser(prog="scripts/torture", description=__doc__)
    parser.add_argument("families", nargs="*", metavar="FAMILY", help=f"one of {', '.join(known)}; all without one")
    parser.add_argument("--short", action="store_true", help="a few runs of each family, as scripts/test does")
    parser.add_argument("--program", type=pathlib.Path, help="the program under test")
    parser.add_argument("--seed", type=int, default=20261124, help="of all chance")
    for module in known.values():
        module.add_options(parser)
    options = parser.parse_args()
    # Whoever ends this by a signal wants no daemons left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    for name in options.families:
        if name not in known:
            parser.error(f"no family {name!r}; there are {', '.join(known)}")
    if options.program is None:
        configuration = "debug" if options.short else "release"
        options.program = pathlib.Path(os.environ.get("BELFRY_BINARY", ROOT / ".build" / configuration / "belfry"))
    options.program = options.program.resolve()
    if not options.program.exists():
        parser.error(f"{options.program} is missing: scripts/torture builds it")

    import harness
    from Torture.report import Report
    harness.BELFRY = str(options.program)
    reports = []
    for name in options.families or [name for name in known if not (options.short and is_long(known[name]))]:
        began = time.monotonic()
        try:
            report = known[name].run(options)
        except Exception:
            # The other families have still something to say.
            report = Report(name, runs=1, breaches=[traceback.format_exc()])
        report.notes.append(f"{time.monotonic() - began:.0f} s")
        reports.append(report)
        print(report.line, flush=True)
        for breach in report.breaches[:50]:
            print(f"    {breach}", flush=True)
        if len(report.breaches) > 50:
            print(f"    and {len(report.breaches) - 50} more", flush=True)
    return 0 if all(report.is_good for report in reports) else 1


if __name__ == "__main__":
    sys.exit(main())
