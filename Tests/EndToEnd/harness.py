"""Processes, a receiver of another make, and the platform's control paths, for tests that drive the built program."""

import json
import os
import pathlib
import random
import re
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks import Webhook

ROOT = pathlib.Path(__file__).resolve().parents[2]
BELFRY = os.environ.get("BELFRY_BINARY", str(ROOT / ".build" / "debug" / "belfry"))
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Process:
    """A belfry process whose standard error is collected line by line."""

    def __init__(self, *arguments, env=None, wrapper=()):
        """`wrapper` is a command line that starts the rest of its own."""
        self.process = subprocess.Popen(
            [*wrapper, BELFRY, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env={**os.environ, **(env or {})},
        )
        self.lines = []
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            with self._changed:
                self.lines.append(line.rstrip("\n"))
                self._changed.notify_all()
        with self._changed:
            self._changed.notify_all()

    def wait_for(self, pattern, timeout=30):
        """The match in the first line that has one."""
        deadline = time.monotonic() + timeout
        seen = 0
        with self._changed:
            while True:
                while seen < len(self.lines):
                    found = re.search(pattern, self.lines[seen])
                    seen += 1
                    if found:
                        return found
                rest = deadline - time.monotonic()
                if rest <= 0 or (self.process.poll() is not None and not self._reader.is_alive()):
                    raise AssertionError(f"no line matches {pattern!r}:\n" + "\n".join(self.lines[-40:]))
                self._changed.wait(min(rest, 0.2))

    def kill(self):
        self.process.kill()
        self.process.wait()
        self._reader.join(5)
        self.process.stdout.close()

    def stop(self, timeout=30):
        """Asks it to end and returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise AssertionError("did not stop:\n" + "\n".join(self.lines[-40:]))
        self._reader.join(5)
        self.process.stdout.close()
        return code

    @property
    def output(self):
        return "\n".join(self.lines)


def start(config):
    """A daemon that runs: from here on a signal ends it in order."""
    daemon = Process("run", "--config", config)
    daemon.wait_for(r"\bwatching\b")
    return daemon


def admin_url(daemon):
    """Where a daemon that took any free port is asked."""
    found = daemon.wait_for(r"the admin server listens .*port=(\d+)")
    return f"http://127.0.0.1:{found[1]}"


def run(*arguments, timeout=60, env=None, stdin=None):
    """Runs a command to its end: exit code, standard output, standard error."""
    result = subprocess.run(
        [BELFRY, *arguments], capture_output=True, text=True, timeout=timeout, env={**os.environ, **(env or {})}, input=stdin
    )
    return result.returncode, result.stdout, result.stderr


class Simulator:
    def __init__(self, chats, seed=1, changes_per_minute=0):
        self.process = Process(
            "simulate", "--listen", "127.0.0.1:0", "--chats", str(chats), "--seed", str(seed),
            "--changes-per-minute", str(changes_per_minute),
        )
        self.url = self.process.wait_for(r"(http://127\.0\.0\.1:\d+)")[1]

    def control(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.url + "/_control" + path, data=data, method=method, headers={"content-type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.loads(response.read() or b"null")

    def chats(self):
        return {chat["chatid"]: chat for chat in self.control("GET", "/chats")["data"]}

    def stop(self):
        self.process.stop()


class Receiver:
    """A webhook receiver that shares no code with the sender: it verifies with a foreign library and may fail on purpose."""

    # A status that hangs up instead.
    NO_ANSWER = 0

    def __init__(self, failure_share=0.0, seed=1):
        self.receipts = []
        self.forged = []
        self._lock = threading.Lock()
        self._failure_share = failure_share
        self._chance = random.Random(seed)
        self._webhook = Webhook(SECRET)
        self._connections = set()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self):
                super().setup()
                with receiver._lock:
                    receiver._connections.add(self.connection)

            def finish(self):
                with receiver._lock:
                    receiver._connections.discard(self.connection)
                super().finish()

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                status = receiver.receive(dict(self.headers.items()), body)
                if status == receiver.NO_ANSWER:
                    self.close_connection = True
                    return
                self.send_response(status)
                self.send_header("content-length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

            def handle_error(self, *_):
                # A sender that was killed in the middle of a request is what some of these tests are about.
                pass

        self._make = lambda port: Server(("127.0.0.1", port), Handler)
        self.reopen(0)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"

    def receive(self, headers, body):
        """Judges and remembers one request. Returns the status of the answer."""
        try:
            self._webhook.verify(body, headers)
            forged = None
        except Exception as error:
            forged = repr(error)
        with self._lock:
            status = 503 if self._chance.random() < self._failure_share else 200
            if forged:
                self.forged.append(forged)
            self.receipts.append((headers["webhook-id"], status, body))
        return status

    def reopen(self, port):
        self.server = self._make(port)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def snapshot(self):
        with self._lock:
            return list(self.receipts)

    def accepted(self):
        """The events in the order in which they were first accepted, and how many acceptances were repetitions."""
        first, repeated, seen = [], 0, set()
        for identity, status, body in self.snapshot():
            if status == 200:
                if identity in seen:
                    repeated += 1
                else:
                    seen.add(identity)
                    first.append(json.loads(body))
        return first, repeated

    def stop(self):
        """Stops listening and hangs up on whoever is connected."""
        self.server.shutdown()
        self.server.server_close()
        with self._lock:
            connections = list(self._connections)
        for connection in connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


class Workplace:
    """A directory with a configuration and a store."""

    def __init__(self):
        self._directory = tempfile.TemporaryDirectory(prefix="belfry-test-")
        self.path = pathlib.Path(self._directory.name)
        self.store = self.path / "belfry.db"

    def write(self, configuration, name="config.json"):
        path = self.path / name
        path.write_text(configuration if isinstance(configuration, str) else json.dumps(configuration, indent=2))
        return str(path)

    def rows(self, query):
        connection = sqlite3.connect(f"file:{self.store}?mode=ro", uri=True)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def clean(self):
        self._directory.cleanup()


def configuration(simulator, workplace, chats, endpoints, **watch):
    return {
        "dingtalk": {
            "baseURL": simulator.url, "apiBaseURL": simulator.url, "appKey": "demo-key", "appSecret": "demo-secret",
            "requestsPerSecond": 200, "callsPerMonth": None, "timeout": "5s",
        },
        "watch": {"chats": chats, "minInterval": "300ms", **watch},
        "endpoints": endpoints,
        "storage": {"path": str(workplace.store)},
        "admin": None,
        "network": {"allow": ["127.0.0.1/32"]},
        "log": {"level": "debug"},
        "shutdownTimeout": "5s",
    }


def endpoint(name, receiver, **overrides):
    return {
        "name": name, "format": "standard", "url": receiver.url, "signing": [{"scheme": "standard", "secret": SECRET}],
        "retry": {"schedule": ["100ms"] * 12 + ["1s"] * 30}, **overrides,
    }


FIRST_SIGHT = {"status": 1}


def fold(events):
    """The group as the events tell it."""
    known = {}
    for event in events:
        tell(known, event)
    return known


def tell(known, event):
    """Brings what is known of a group up to date."""
    change = event["data"]["change"]
    if event["type"] == "chat.watched":
        known.clear()
        known.update(change["snapshot"])
    elif "added" in change:
        known[change["field"]] = sorted(set(known.get(change["field"], [])) | set(change["added"]))
    elif "removed" in change:
        known[change["field"]] = sorted(set(known.get(change["field"], [])) - set(change["removed"]))
    elif change.get("field"):
        known[change["field"]] = change["to"]


def differences(known, actual):
    """Where the fold disagrees with the platform's own state. What appeared silently (a text seen for the first time, a
    number at its documented default) is no disagreement."""
    found = []
    for field in [
        "useridlist", "extidlist", "name", "owner", "icon", "status", "chatBannedType", "searchable", "validationType",
        "mentionAllAuthority", "managementType", "showHistoryType", "conversationTag",
    ]:
        if field not in actual:
            continue
        told, true = known.get(field), actual[field]
        if field.endswith("list"):
            same = sorted(told or []) == sorted(set(true))
        elif field in ("name", "owner", "icon"):
            same = told is None or told == true
        else:
            same = (told if told is not None else FIRST_SIGHT.get(field, 0)) == int(true)
        if not same:
            found.append(f"{field}: told {told!r}, is {true!r}")
    return found


def by_chat(events):
    chats = {}
    for event in events:
        if event["data"]["chat"]:
            chats.setdefault(event["data"]["chat"]["id"], []).append(event)
    return chats


def eventually(condition, timeout=60, interval=0.2):
    """Waits until the condition returns nothing; raises with what it last returned."""
    deadline = time.monotonic() + timeout
    while True:
        complaint = condition()
        if not complaint:
            return
        if time.monotonic() > deadline:
            raise AssertionError(f"still after {timeout} s: {complaint}")
        time.sleep(interval)
