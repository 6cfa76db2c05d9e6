"""What a family found, as one line."""

import dataclasses


@dataclasses.dataclass
class Report:
    family: str
    # How often the fault really happened, or the seed was run.
    runs: int = 0
    # Changes that polls saw and of which no event came, or events that are neither accepted nor dead with a reason.
    lost: int = 0
    # First receipts of a chat's event behind those of a later one.
    reordered: int = 0
    # Events that were accepted again, and how many tries had an outcome that could not be known.
    duplicates: int = 0
    bound: int = 0
    # Runs that must fail, and those that did.
    controls: int = 0
    controls_failed: int = 0
    # Whatever must not be, each in a sentence.
    breaches: list[str] = dataclasses.field(default_factory=list)
    # What this machine cannot do, with the reason.
    skipped: list[str] = dataclasses.field(default_factory=list)
    # Further figures, printed behind the others.
    notes: list[str] = dataclasses.field(default_factory=list)

    def add(self, findings, runs=1):
        """Takes in what the invariants say of one world."""
        self.runs += runs
        self.lost += len(findings.lost)
        self.reordered += len(findings.reordered)
        self.duplicates += findings.duplicates
        self.bound += findings.bound
        self.breaches += findings.all

    def control(self, name, failed):
        """Counts a run that must fail. `failed`: whether it did."""
        self.controls += 1
        if failed:
            self.controls_failed += 1
        else:
            self.breaches.append(f"control: {name} went unnoticed")

    def expect(self, condition, complaint):
        if not condition:
            self.breaches.append(complaint)

    @property
    def is_good(self):
        return not self.breaches and self.controls_failed == self.controls and (self.runs > 0 or bool(self.skipped))

    @property
    def line(self):
        if self.runs == 0 and self.skipped:
            return f"{self.family:<10} SKIPPED: {'; '.join(self.skipped)}"
        parts = [
            f"{self.runs} runs", f"{self.lost} lost", f"{self.reordered} reordered",
            f"{self.duplicates} duplicates (at most {self.bound})",
            f"{self.controls_failed} of {self.controls} controls failed as they must", *self.notes,
        ]
        verdict = "ok  " if self.is_good else "FAIL"
        line = f"{self.family:<10} {verdict} {', '.join(parts)}"
        return line + "".join(f"\n{self.family:<10} SKIPPED: {reason}" for reason in self.skipped)
