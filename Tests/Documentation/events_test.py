"""Every type of event has an example, and each example is an event that the program would send."""

import hashlib
import json
import unittest

import jsonschema
import pages
import stage

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def examples():
    for page in pages.all_pages():
        for block in page.blocks:
            value = json.loads(block.text) if block.kind == "json" else {}
            if "data" in value:
                yield block.place, value


def expected_id(event):
    """The id as the program makes it, of chat, sequence and change; of a test also of its time."""
    data = event["data"]
    parts = [data["chat"] and data["chat"]["id"], data["sequence"], event["type"], data["change"]]
    if event["type"] == "endpoint.test":
        # The one instant that the examples have.
        assert event["timestamp"] == "2026-11-23T06:40:41.120Z"
        parts.append(1795416041120)
    digest = hashlib.sha256(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()).digest()
    bits = int.from_bytes(digest[:16], "big") << 2
    return "evt_" + "".join(ALPHABET[bits >> (125 - 5 * place) & 31] for place in range(26))


class EventTest(unittest.TestCase):
    def setUp(self):
        self.schema = json.loads(stage.harness.run("schema", "event")[1])

    def test_every_type_has_an_example(self):
        told = {event["type"] for place, event in examples() if place.startswith("docs/events.md")}
        self.assertEqual(told, set(self.schema["properties"]["type"]["enum"]))

    def test_every_example_is_as_the_program_makes_it(self):
        for place, event in examples():
            with self.subTest(place=place):
                jsonschema.validate(event, self.schema)
                self.assertEqual(event["id"], expected_id(event))
                self.assertEqual(event["timestamp"], event["data"]["observed"]["by"])

    def test_the_examples_agree_with_the_golden_files(self):
        golden = json.loads((pages.ROOT / "Tests/FormatsTests/Golden/standard.json").read_text())
        bodies = [entry["body"] for entry in golden.values()]
        agreeing = [event["type"] for _, event in examples() if event in bodies]
        self.assertGreater(len(set(agreeing)), 15)

    def test_the_program_renders_an_example_as_it_stands(self):
        for place, event in examples():
            code, out, err = stage.harness.run("render", "--format", "standard", "--event", "-", stdin=json.dumps(event))
            self.assertEqual(code, 0, f"{place}: {err}")
            self.assertEqual(json.loads(out.split("\n\n", 1)[1]), event, place)


if __name__ == "__main__":
    unittest.main()
