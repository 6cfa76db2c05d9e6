"""The bill of materials against the standard's shape, and against what the program says of itself."""

import json
import os
import pathlib
import re
import subprocess
import unittest
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator

ROOT = pathlib.Path(__file__).resolve().parents[2]

# The parts of CycloneDX 1.5 that every reader relies on.
COMPONENT = {
    "type": "object",
    "required": ["type", "name", "version", "purl", "bom-ref"],
    "properties": {
        "type": {"enum": ["application", "framework", "library"]},
        "name": {"type": "string", "minLength": 1},
        "version": {"type": "string", "pattern": r"^\S+$"},
        "purl": {"type": "string", "pattern": r"^pkg:(swift|deb|generic)/[^@\s]+@[^@\s]+$"},
        "bom-ref": {"type": "string", "minLength": 1},
        "externalReferences": {
            "type": "array",
            "items": {"type": "object", "required": ["type", "url"], "properties": {"type": {"enum": ["vcs"]}}},
        },
    },
}
SCHEMA = {
    "type": "object",
    "required": ["bomFormat", "specVersion", "serialNumber", "version", "metadata", "components", "dependencies"],
    "additionalProperties": False,
    "properties": {
        "bomFormat": {"const": "CycloneDX"},
        "specVersion": {"const": "1.5"},
        "serialNumber": {"type": "string", "pattern": "^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},
        "version": {"const": 1},
        "metadata": {"type": "object", "required": ["component"], "properties": {"component": COMPONENT}},
        "components": {"type": "array", "minItems": 20, "items": COMPONENT},
        "dependencies": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["ref"],
                "properties": {"ref": {"type": "string"}, "dependsOn": {"type": "array", "items": {"type": "string"}, "uniqueItems": True}},
            },
        },
    },
}


class BillOfMaterialsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.text = subprocess.run([ROOT / "scripts" / "sbom", "debug"], check=True, capture_output=True, text=True).stdout
        cls.bill = json.loads(cls.text)
        cls.components = {component["name"]: component for component in cls.bill["components"]}

    def test_it_has_the_shape_of_the_standard(self):
        Draft202012Validator.check_schema(SCHEMA)
        Draft202012Validator(SCHEMA).validate(self.bill)
        references = [component["bom-ref"] for component in self.bill["components"]]
        root = self.bill["metadata"]["component"]["bom-ref"]
        self.assertEqual(len(references), len(set(references)))
        self.assertEqual({entry["ref"] for entry in self.bill["dependencies"]}, {root, *references})
        self.assertEqual(set(self.bill["dependencies"][0]["dependsOn"]), set(references))

    def test_a_bill_with_a_hole_is_not_valid(self):
        validator = Draft202012Validator(SCHEMA)
        for hole in ("specVersion", "components"):
            self.assertFalse(validator.is_valid({key: value for key, value in self.bill.items() if key != hole}))
        nameless = [{key: value for key, value in part.items() if key != "version"} for part in self.bill["components"]]
        self.assertFalse(validator.is_valid({**self.bill, "components": nameless}))

    def test_the_packages_are_those_that_are_linked_in_their_pinned_versions(self):
        pins = {pin["identity"]: pin for pin in json.loads((ROOT / "Package.resolved").read_text())["pins"]}
        linked = {name for name, part in self.components.items() if part["purl"].startswith("pkg:swift/") and name != "swift"}
        self.assertLessEqual({"hummingbird", "swift-nio", "swift-crypto", "swift-argument-parser", "swift-log"}, linked)
        for name in linked:
            self.assertEqual(self.components[name]["version"], pins[name]["state"]["version"])
        self.assertNotIn("async-http-client", linked, "resolved, but nothing of it is in the program")

    def test_the_libraries_are_those_that_the_program_names(self):
        program = os.environ.get("BELFRY_BINARY", str(ROOT / ".build" / "debug" / "belfry"))
        version = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout
        found = re.search(r"libcurl (\S+), OpenSSL/(\S+), SQLite (\S+)\)", version)
        for file, number in zip(("libcurl.so", "libssl.so", "libsqlite3.so"), found.groups()):
            owners = [
                part for part in self.bill["components"]
                if any(entry["value"].startswith(file) for entry in part.get("properties", []))
            ]
            self.assertEqual(len(owners), 1, file)
            self.assertTrue(owners[0]["version"].startswith(number), (owners[0]["version"], number))

    def test_it_points_to_public_sources_only_and_is_the_same_every_time(self):
        hosts = {
            urlsplit(reference["url"]).hostname
            for part in self.bill["components"] for reference in part.get("externalReferences", [])
        }
        self.assertEqual(hosts, {"github.com"})
        self.assertNotIn(str(ROOT), self.text)
        again = subprocess.run([ROOT / "scripts" / "sbom", "debug"], check=True, capture_output=True, text=True).stdout
        self.assertEqual(again, self.text)


if __name__ == "__main__":
    unittest.main()
