"""The Swift tests under AddressSanitizer, and those of engine, store and dispatcher, optimised, under ThreadSanitizer."""

import dataclasses
import os
import pathlib
import re
import subprocess
import tempfile

from Torture.report import Report

NAME = "sanitizers"
# Everything is built anew for each of them.
IS_LONG = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = pathlib.Path(__file__).resolve().parent / "Sanitizing"
# What comes and goes with the references of a copied array is ordered by their count, which the runtime keeps unseen.
SUPPRESSIONS = SOURCES / "suppressions.txt"


@dataclasses.dataclass
class Sanitizer:
    name: str
    # What its reports begin with.
    mark: str
    # A program with the very fault that it is there to find.
    plant: str
    build: list[str]
    # Which tests are built and run; all without one.
    tests: list[str]
    environment: dict[str, str]
    # A library in C that the tests are run with.
    preload: str | None = None


SANITIZERS = [
    Sanitizer(
        "address", "AddressSanitizer", "UseAfterFree", ["--configuration", "debug"], [],
        # Swift's metadata and what libraries set up once live as long as the process: they are no leaks.
        {"ASAN_OPTIONS": "detect_leaks=0:detect_stack_use_after_return=0"},
    ),
    Sanitizer(
        "thread", "ThreadSanitizer", "Race", ["--configuration", "release", "-Xswiftc", "-enable-testing"],
        ["EventLoopTests", "HTTPEngineTests", "StoreTests", "DispatcherTests"],
        {"TSAN_OPTIONS": f"halt_on_error=0:report_signal_unsafe=0:suppressions={SUPPRESSIONS}"},
        preload="mutexes.c",
    ),
]


def add_options(parser):
    names = [sanitizer.name for sanitizer in SANITIZERS]
    parser.add_argument("--sanitizer", choices=names, action="append", help="only this one")
    parser.add_argument("--sanitizers-built", action="store_true", help="the tests are built for them already")
    parser.add_argument("--sanitizer-filter", help="only tests whose names match this")


def run(options):
    report = Report(NAME)
    for sanitizer in SANITIZERS:
        if options.sanitizer and sanitizer.name not in options.sanitizer:
            continue
        report.control(f"the fault planted for {sanitizer.mark}", plant_is_found(sanitizer))
        complaints = [] if options.sanitizers_built else build(sanitizer)
        passed = 0
        if not complaints:
            passed, complaints = tests(sanitizer, options.sanitizer_filter)
        report.runs += passed
        report.notes.append(f"{passed} tests under {sanitizer.mark}")
        report.breaches += [f"{sanitizer.name}: {complaint}" for complaint in complaints]
    return report


def plant_is_found(sanitizer):
    with tempfile.TemporaryDirectory(prefix="belfry-plant-") as directory:
        program = pathlib.Path(directory) / "plant"
        source = SOURCES / f"{sanitizer.plant}.swift"
        subprocess.run(["swiftc", f"-sanitize={sanitizer.name}", "-O", source, "-o", program], check=True, cwd=directory)
        result = subprocess.run([program], env=environment(sanitizer), capture_output=True, text=True, timeout=120)
        return sanitizer.mark in result.stderr


def place(sanitizer):
    """The options of a build of its own."""
    return ["--scratch-path", ROOT / ".build" / sanitizer.name, "--sanitize", sanitizer.name, *sanitizer.build]


def build(sanitizer):
    """What keeps the tests from being built."""
    built = subprocess.run(
        ["swift", "build", "--build-tests", *place(sanitizer)], cwd=ROOT, env=environment(sanitizer), capture_output=True, text=True
    )
    if built.returncode == 0:
        return []
    errors = [line for line in (built.stdout + built.stderr).splitlines() if "error:" in line]
    return [f"the build failed: {line}" for line in errors[:5] or ["no error was named"]]


def tests(sanitizer, filter):
    """How many tests passed, and what the sanitizer or a test complained of."""
    command = ["swift", "test", "--skip-build", "--no-parallel", *place(sanitizer), *(["--filter", filter] if filter else [])]
    log = ROOT / ".build" / sanitizer.name / "tests.log"
    with open(log, "wb") as output:
        code = subprocess.run(
            command, cwd=ROOT, env={**environment(sanitizer), **preloaded(sanitizer)}, stdout=output, stderr=subprocess.STDOUT
        ).returncode
    text = log.read_text(errors="replace")
    complaints = re.findall(rf"SUMMARY: {sanitizer.mark}: .*", text)
    complaints += re.findall(r"(?m)^.*✘ Test .* failed after.*$", text)
    passed = len(re.findall(r"✔ Test (?!run|case).* passed", text))
    if passed == 0 or (code != 0 and not complaints):
        complaints.append(f"the tests ended with {code} and {passed} passed: see {log.relative_to(ROOT)}")
    return passed, sorted(set(complaints))


def preloaded(sanitizer):
    if sanitizer.preload is None:
        return {}
    library = ROOT / ".build" / sanitizer.name / "preloaded.so"
    subprocess.run(["clang", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, SOURCES / sanitizer.preload], check=True)
    return {"LD_PRELOAD": str(library)}


def environment(sanitizer):
    # Swift's own report of a crash would hide the sanitizer's.
    chosen = {"BELFRY_TESTS": ",".join(sanitizer.tests)} if sanitizer.tests else {}
    return {**os.environ, "SWIFT_BACKTRACE": "enable=no", **chosen, **sanitizer.environment}
