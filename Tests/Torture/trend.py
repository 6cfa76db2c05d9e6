"""How a quantity grows, and how sure that is."""

import math

# Of the samples, this many values are made, each the mean of as many samples: neighbours depend on each other, and a confidence interval
# from all of them would be too narrow.
BLOCKS = 20
# The 97.5th percentile of Student's t with BLOCKS - 2 degrees of freedom.
T = 2.101


class Trend:
    """A least-squares line through samples of (seconds, value). `slope` and `margin` are for an hour; 95 times in a hundred the slope
    is within the margin of what it would be with more time."""

    def __init__(self, samples):
        if len(samples) < BLOCKS:
            raise ValueError(f"{len(samples)} samples are too few")
        size = len(samples) / BLOCKS
        blocks = [samples[int(number * size):int((number + 1) * size)] for number in range(BLOCKS)]
        times = [sum(time for time, _ in block) / len(block) for block in blocks]
        values = [sum(value for _, value in block) / len(block) for block in blocks]
        middle, mean = sum(times) / BLOCKS, sum(values) / BLOCKS
        spread = sum((time - middle) ** 2 for time in times)
        slope = sum((time - middle) * (value - mean) for time, value in zip(times, values)) / spread
        residue = sum((value - mean - slope * (time - middle)) ** 2 for time, value in zip(times, values))
        self.slope = slope * 3600
        self.margin = T * math.sqrt(residue / (BLOCKS - 2) / spread) * 3600

    @property
    def least(self):
        """What the slope surely exceeds."""
        return self.slope - self.margin
