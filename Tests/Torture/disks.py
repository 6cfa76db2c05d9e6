"""Disks that fail, fill up, lose power, and files that somebody else lays hands on."""

import random

from Torture import power, refusing_disk, store_file
from Torture.report import Report

NAME = "disks"


def add_options(parser):
    for part in (refusing_disk, power, store_file):
        part.add_options(parser)


PARTS = {
    "failing calls": refusing_disk.errors, "full disks": refusing_disk.full, "power cuts": power.cuts, "torn logs": power.torn,
    "harmed files": store_file.harmed, "refused starts": store_file.refused,
}


def run(options):
    report = Report(NAME)
    chance = random.Random(options.seed)
    for what, part in PARTS.items():
        before = report.runs
        part(report, options, chance)
        if report.runs > before:
            report.notes.append(f"{report.runs - before} {what}")
    return report
