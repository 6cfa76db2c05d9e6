"""Disks that fail, fill up, lose power, and files that somebody else lays hands on."""

import random

from Torture import power, refusing_disk, store_file
from Torture.report import Report

NAME = "disks"


def add_options(parser):
    for part in (refusing_disk, power, store_file):
        part.add_options(parser)


def run(options):
    report = Report(NAME)
    chance = random.Random(options.seed)
    for part in (refusing_disk.errors, refusing_disk.full, power.cuts, power.torn, store_file.harmed, store_file.refused):
        part(report, options, chance)
    return report
