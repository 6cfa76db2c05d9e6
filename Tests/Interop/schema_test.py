"""What the program's own schemas accept and refuse, in the eyes of a foreign validator."""

import copy
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from jsonschema import Draft202012Validator

ROOT = pathlib.Path(__file__).resolve().parents[2]
BELFRY = os.environ.get("BELFRY_BINARY", str(ROOT / ".build" / "debug" / "belfry"))
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def belfry(*arguments, env=None):
    return subprocess.run(
        [BELFRY, *arguments], capture_output=True, text=True, timeout=60, env={**os.environ, **(env or {})}
    )


def schema(subject):
    document = json.loads(belfry("schema", subject).stdout)
    Draft202012Validator.check_schema(document)
    return Draft202012Validator(document, format_checker=Draft202012Validator.FORMAT_CHECKER)


def documented(name):
    """The JSON snippets of a document."""
    text = (ROOT / "docs" / name).read_text()
    return [json.loads(part) for part in re.findall(r"(?ms)^```json\n(.*?)^```", text)]


def endpoint(**members):
    return {"name": "audit", "url": "https://audit.example.com/hooks", **members}


def configuration(*endpoints, **sections):
    return {
        "dingtalk": {"appKey": "${DINGTALK_APP_KEY:-k}", "appSecret": "${DINGTALK_APP_SECRET:-s}"},
        "watch": {"chats": ["chatbf77ce84c697862adae1171408b0f996"]},
        "endpoints": list(endpoints),
        **sections,
    }


FULL = {
    "$schema": "belfry.schema.json",
    "// who": ["anything", {"may": "stand here"}],
    "dingtalk": {
        "baseURL": "https://oapi.dingtalk.io",
        "appKey": "${DINGTALK_APP_KEY}", "appSecret": "${DINGTALK_APP_SECRET}",
        "token": "legacy", "apiBaseURL": "https://api.dingtalk.io",
        "requestsPerSecond": 15, "callsPerMonth": 50000, "timeout": "10s",
        "callback": {"token": "${CB_TOKEN:-}", "aesKey": "${CB_AES_KEY:-}"},
    },
    "watch": {
        "chats": ["chate39f540dxxxx", {"id": "chat0a\u2026", "label": "Board", "weight": 5, "interval": "1m"}],
        "chatsFile": "chats.txt",
        "minInterval": "5s", "maxInterval": "6h",
    },
    "endpoints": [
        {
            "name": "ops", "format": "slack", "url": "${SLACK_WEBHOOK_URL}",
            "events": ["chat.dismissed", "chat.muted", "chat.members.*"],
        },
        {
            "name": "audit", "format": "standard", "url": "https://audit.example.com/hooks/dingtalk",
            "signing": [{"scheme": "standard", "secret": "${AUDIT_SECRET}"}],
            "headers": {"Authorization": "Bearer ${file:audit.txt}", "// why": 1},
            "chats": ["*"], "ordering": "chat", "concurrency": 16, "rate": "50/s", "timeout": "15s",
            "retry": {"schedule": ["5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"], "maxAge": "7d"},
        },
    ],
    "storage": {"path": "data/belfry.db", "retention": "30d", "maxSize": "10GiB"},
    "admin": {"listen": "127.0.0.1:8780", "token": "${BELFRY_ADMIN_TOKEN:-}"},
    "network": {"allow": [], "insecureHTTP": False, "proxy": None, "caFile": None},
    "log": {"level": "info", "format": "text"},
    "shutdownTimeout": "20s",
}

GOOD = {
    "everything": FULL,
    "the example": json.loads((ROOT / "config.example.json").read_text()),
    "no endpoint": configuration(),
    "null where it means none": configuration(
        admin=None, dingtalk={"appKey": "k", "appSecret": "s", "callsPerMonth": None, "callback": None}
    ),
    "references wherever a text stands": configuration(
        endpoint(
            url="${U:-https://u.example.com}", format="${F:-slack}", events=["${E:-chat.muted}"], timeout="${T:-1s}",
            rate="${R:-1/s}", ordering="${O:-none}", overflow="${V:-digest}", language="${L:-en}",
        ),
        log={"level": "${LEVEL:-debug}"}, storage={"retention": "${D:-1}d", "maxSize": "${S:-1GiB}"},
        admin={"listen": "127.0.0.1:${PORT:-8780}"},
    ),
    "a template": configuration(endpoint(format="template", template={"body": {"text": ["{{type}}", 1, None]}})),
    "a success rule": configuration(endpoint(success={"status": [200], "json": {"code": 0}})),
    "a digest": configuration(endpoint(format="dingtalk", overflow="digest", language="zh-Hans")),
    "signatures": configuration(
        endpoint(
            signing=[
                {"scheme": "standard", "secret": SECRET, "header": "x-belfry"}, {"scheme": "github", "secret": "s"}
            ]
        )
    ),
    "fractions and large numbers": configuration(
        dingtalk={"appKey": "k", "appSecret": "s", "requestsPerSecond": 0.5, "callsPerMonth": 1000000000},
        watch={"chats": [{"id": "chat1", "weight": 0.001}]},
    ),
}

BAD = {
    "no watch": {key: value for key, value in configuration().items() if key != "watch"},
    "an unknown section": configuration(metrics={}),
    "an unknown key": configuration(endpoint(evnts=["*"])),
    "an unknown key in retry": configuration(endpoint(retry={"maxage": "7d"})),
    "no app secret": configuration(dingtalk={"appKey": "k"}),
    "no chat": configuration(watch={"chats": []}),
    "no url": configuration({"name": "audit"}),
    "a number for a text": configuration(dingtalk={"appKey": 1, "appSecret": "s"}),
    "a text for a number": configuration(endpoint(concurrency="16")),
    "a text for a list": configuration(endpoint(events="*")),
    "an empty list of events": configuration(endpoint(events=[])),
    "an unknown event": configuration(endpoint(events=["chat.dismised"])),
    "an unknown format": configuration(endpoint(format="slak")),
    "a duration without a unit": configuration(endpoint(timeout="15")),
    "a duration as a number": configuration(endpoint(timeout=15)),
    "a duration in words": configuration(endpoint(retry={"maxAge": "soon"})),
    "a rate in words": configuration(endpoint(rate="50 per second")),
    "a size without a unit": configuration(storage={"maxSize": "10"}),
    "no calls": configuration(dingtalk={"appKey": "k", "appSecret": "s", "callsPerMonth": 0}),
    "no requests": configuration(dingtalk={"appKey": "k", "appSecret": "s", "requestsPerSecond": 0}),
    "too many in flight": configuration(endpoint(concurrency=1025)),
    "a url without its scheme": configuration(endpoint(url="audit.example.com")),
    "a port alone": configuration(admin={"listen": "8780"}),
    "an openConversationId": configuration(watch={"chats": ["cidAbc=="]}),
    "an id of the client side": configuration(watch={"chats": [{"id": "28502520087"}]}),
    "a name with a slash": configuration({"name": "a/b", "url": "https://a.example.com"}),
    "a header's name with a space": configuration(endpoint(headers={"X Key": "v"})),
    "a format without its template": configuration(endpoint(format="template")),
    "a template without its format": configuration(endpoint(template={"body": "x"})),
    "a template with two bodies": configuration(
        endpoint(format="template", template={"body": "x", "bodyFile": "config.json"})
    ),
    "a language for programs": configuration(endpoint(language="en")),
    "a success rule for a robot": configuration(endpoint(format="dingtalk", success={"status": [200]})),
    "an empty success rule": configuration(endpoint(success={})),
    "a status that is none": configuration(endpoint(success={"status": [99]})),
    "a digest for programs": configuration(endpoint(overflow="digest")),
    "a header for a scheme without": configuration(
        endpoint(format="dingtalk", signing=[{"scheme": "dingtalk", "secret": "SECx", "header": "x"}])
    ),
    "an unknown scheme": configuration(endpoint(signing=[{"scheme": "standart", "secret": SECRET}])),
}


class ConfigurationTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.validator = schema("config")
        cls.directory = tempfile.TemporaryDirectory(prefix="belfry-schema-")
        path = pathlib.Path(cls.directory.name)
        (path / "chats.txt").write_text("chat7 Seven\n")
        (path / "audit.txt").write_text("secret\n")

    @classmethod
    def tearDownClass(cls):
        cls.directory.cleanup()

    def check(self, value):
        path = pathlib.Path(self.directory.name) / "config.json"
        path.write_text(json.dumps(value))
        environment = {
            "DINGTALK_APP_KEY": "k", "DINGTALK_APP_SECRET": "s", "AUDIT_SECRET": SECRET,
            "SLACK_WEBHOOK_URL": "https://hooks.slack.com/services/x",
        }
        return belfry("check", "--config", str(path), env=environment)

    def test_what_the_program_accepts_is_valid(self):
        for name, value in GOOD.items():
            with self.subTest(name):
                self.assertEqual([error.message for error in self.validator.iter_errors(value)], [])
                result = self.check(value)
                self.assertEqual(result.returncode, 0, result.stderr)

    def test_what_the_schema_refuses_the_program_refuses_too(self):
        for name, value in BAD.items():
            with self.subTest(name):
                self.assertFalse(self.validator.is_valid(value))
                self.assertEqual(self.check(value).returncode, 78)

    def test_every_documented_snippet_is_valid(self):
        for name in ["configuration.md", "destinations.md"]:
            for snippet in documented(name):
                value = snippet if "endpoints" in snippet else configuration(snippet)
                with self.subTest(json.dumps(snippet)[:60]):
                    self.assertEqual([error.message for error in self.validator.iter_errors(value)], [])

    def test_every_default_is_valid_where_it_stands(self):
        def visit(node, path):
            if "default" in node:
                rule = {key: value for key, value in node.items() if key != "default"}
                rule["$defs"] = self.validator.schema["$defs"]
                with self.subTest(path):
                    self.assertTrue(Draft202012Validator(rule).is_valid(node["default"]))
            for name, inner in node.get("properties", {}).items():
                visit(inner, f"{path}.{name}")
            for inner in node.get("anyOf", []) + ([node["items"]] if "items" in node else []):
                visit(inner, path)

        visit(self.validator.schema, "")


class EventTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.validator = schema("event")
        golden = json.loads((ROOT / "Tests" / "FormatsTests" / "Golden" / "standard.json").read_text())
        cls.events = {name: message["body"] for name, message in golden.items()}

    def edited(self, name, edit):
        event = copy.deepcopy(self.events[name])
        edit(event)
        return event

    def test_every_event_of_the_golden_files_is_valid(self):
        for name, event in self.events.items():
            with self.subTest(name):
                self.assertEqual([error.message for error in self.validator.iter_errors(event)], [])
        types = {event["type"] for event in self.events.values()}
        self.assertEqual(types | {"chat.guests.added"}, set(self.validator.schema["properties"]["type"]["enum"]))

    def test_the_data_of_cloud_events_is_that_of_the_event(self):
        golden = json.loads((ROOT / "Tests" / "FormatsTests" / "Golden" / "cloudevents.json").read_text())
        for name, message in golden.items():
            with self.subTest(name):
                self.assertEqual(message["body"]["data"], self.events[name]["data"])

    def test_a_damaged_event_is_refused(self):
        edits = {
            "no sequence": ("muted", lambda event: event["data"].pop("sequence")),
            "a negative sequence": ("muted", lambda event: event["data"].update(sequence=-1)),
            "an id with a dot": ("muted", lambda event: event.update(id="evt_a.b")),
            "an unknown type": ("muted", lambda event: event.update(type="chat.exploded")),
            "another type's change": ("muted", lambda event: event.update(type="chat.renamed")),
            "a time without its zone": ("muted", lambda event: event.update(timestamp="2026-11-23T06:40:41.123")),
            "no time of the poll": ("muted", lambda event: event["data"]["observed"].pop("by")),
            "a chat without its id": ("muted", lambda event: event["data"]["chat"].pop("id")),
            "no chat": ("muted", lambda event: event["data"].update(chat=None)),
            "a chat where there is none": ("watch failing", lambda event: event["data"].update(chat={"id": "chat1"})),
            "nobody added": ("one member added", lambda event: event["data"]["change"].update(added=[])),
            "removed where it was added": (
                "one member added",
                lambda event: event["data"]["change"].update(removed=event["data"]["change"].pop("added")),
            ),
            "a text for a number": ("muted", lambda event: event["data"]["change"].update(to="1")),
            "a number for a name": ("watched", lambda event: event["data"]["change"]["snapshot"].update(name=1)),
            "no hint": ("watch failing", lambda event: event["data"]["change"].pop("hint")),
        }
        for what, (name, edit) in edits.items():
            with self.subTest(what):
                self.assertFalse(self.validator.is_valid(self.edited(name, edit)))

    def test_what_a_later_version_may_add_is_no_damage(self):
        def add(event):
            event["more"] = event["data"]["more"] = event["data"]["change"]["more"] = 1

        self.assertTrue(self.validator.is_valid(self.edited("muted", add)))


class CommandTest(unittest.TestCase):
    def test_an_unknown_subject_and_a_misplaced_option_are_usage_errors(self):
        self.assertEqual(belfry("schema").returncode, 64)
        self.assertEqual(belfry("schema", "deliveries").returncode, 64)
        self.assertEqual(belfry("schema", "event", "--markdown").returncode, 64)


if __name__ == "__main__":
    unittest.main()
