"""Secrets that can be recognized wherever they turn up, in whatever spelling."""

import base64
import json
import secrets


class Canaries:
    """`plant` makes a secret and remembers it under the name of its place."""

    def __init__(self):
        self.texts = {}

    def plant(self, place):
        self.texts[place] = secrets.token_hex(12)
        return self.texts[place]

    def key(self, place, prefix, size=32):
        """A secret that is written in base64 behind a prefix: its spelling is what must not turn up."""
        text = base64.b64encode(secrets.token_bytes(size)).decode()
        self.texts[place] = text
        return prefix + text

    def found(self, data):
        """The places whose secrets are in some bytes."""
        return [place for place, text in self.texts.items() if is_in(text, data)]


def is_in(text, data):
    return any(spelling in data for spelling in spellings(text))


def spellings(text):
    """As it is, escaped, in hexadecimal, and in base64 wherever it begins in what was encoded."""
    raw = text.encode()
    yield raw
    yield json.dumps(text)[1:-1].replace("/", "\\/").encode()
    yield text.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D").encode()
    yield text[::-1].encode()
    yield raw.hex().encode()
    yield raw.hex().upper().encode()
    for offset in range(3):
        encoded = base64.b64encode(bytes(offset) + raw)
        # What surrounds it changes the characters at both ends.
        start, end = (0, 2, 3)[offset], len(encoded) - 4
        yield encoded[start:end]
        yield base64.urlsafe_b64encode(bytes(offset) + raw)[start:end]
