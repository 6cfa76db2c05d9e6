"""The table that everything ends in."""

import dataclasses
import statistics


@dataclasses.dataclass
class Row:
    """One figure over its rounds, beside a peer's or a limit.

    `goal`: what the ratio is to be, such as ">= 0.70" or "<= 1.6"; of a figure without a peer the figure itself.
    """

    figure: str
    unit: str
    ours: list
    other: list = dataclasses.field(default_factory=list)
    beside: str = ""
    goal: str = ""
    digits: int = 0

    @property
    def ratios(self):
        """Round by round: the machine drifts, and what ran one after the other drifted together."""
        return [own / other for own, other in zip(self.ours, self.other)]

    @property
    def judged(self):
        return statistics.median(self.ratios if self.other else self.ours)

    @property
    def verdict(self):
        if not self.goal or not self.ours:
            return ""
        relation, bound = self.goal.split()[:2]
        met = {"<=": self.judged <= float(bound), ">=": self.judged >= float(bound), "<": self.judged < float(bound)}[relation]
        return "met" if met else "MISSED"

    def cells(self):
        if not self.ours:
            return [self.figure, "", self.beside, "", "", "", ""]
        values = self.ratios or self.ours
        digits = 2 if self.other else self.digits
        return [
            self.figure,
            f"{statistics.median(self.ours):,.{self.digits}f} {self.unit}".strip(),
            f"{self.beside} {statistics.median(self.other):,.{self.digits}f}" if self.other else self.beside,
            f"{statistics.median(self.ratios):.2f}" if self.other else "",
            f"{min(values):,.{digits}f}–{max(values):,.{digits}f} ({len(values)})" if len(values) > 1 else "",
            self.goal, self.verdict,
        ]


HEADINGS = ["figure", "belfry", "peer or limit", "ratio", "spread (rounds)", "goal", ""]


def text(rows):
    """Columns for a terminal; it is Markdown as well."""
    lines = [HEADINGS] + [row.cells() for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |" for line in lines)
