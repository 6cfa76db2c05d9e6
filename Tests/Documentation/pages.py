"""The pages for users, taken apart: headings, links, fenced blocks, commands."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "EndToEnd"))

FENCE = re.compile(r"^ *```([^\n`]*)\n(.*?)^ *```\s*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)


class Block:
    """A fenced block; its kind is the first word behind the fence."""

    def __init__(self, page, line, info, text):
        self.place = f"{page.name}:{line}"
        words = info.split()
        self.kind = words[0] if words else ""
        # `text output`: what the commands of the block before it print, as far as it is the same every time.
        self.is_output = words[1:] == ["output"]
        self.text = text

    @property
    def commands(self):
        """What a reader would type, a command each. A backslash at the end of a line goes on."""
        lines = self.text.replace("\\\n", " ").splitlines()
        return [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]

    @property
    def beginnings(self):
        """The first word of each line. What `!` begins is there in bad times only."""
        return {line.split()[0] for line in self.text.splitlines() if line.strip()} - {"!"}


class Page:
    def __init__(self, path):
        self.path = path
        self.name = str(path.relative_to(ROOT))
        self.text = path.read_text()
        self.prose = FENCE.sub(lambda found: "\n" * found[0].count("\n"), self.text)

    @property
    def blocks(self):
        return [
            Block(self, self.text.count("\n", 0, found.start()) + 1, found[1], found[2])
            for found in FENCE.finditer(self.text)
        ]

    @property
    def links(self):
        without_code = re.sub(r"`[^`\n]*`", "", self.prose)
        return LINK.findall(without_code) + [link for link in LINK.findall(self.prose) if link.startswith("#")]

    @property
    def anchors(self):
        """The names that GitHub gives to headings."""
        found = []
        for heading in HEADING.findall(self.prose):
            text = re.sub(r"[^\w\- ]", "", LINK.sub("", heading).lower()).strip().replace(" ", "-")
            repeats = sum(1 for other in found if other == text or re.fullmatch(re.escape(text) + r"-\d+", other))
            found.append(f"{text}-{repeats}" if repeats else text)
        return set(found)


def all_pages():
    return [page("README.md"), page("SECURITY.md")] + [Page(path) for path in sorted((ROOT / "docs").glob("*.md"))]


def page(name):
    return Page(ROOT / name)
