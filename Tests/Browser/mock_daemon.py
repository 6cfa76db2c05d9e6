"""A small stand-in for the daemon's HTTP side, for states of the dashboard that a real daemon reaches rarely or slowly:
hostile names, huge lists, a broken stream, refusals. It answers in the shapes of the admin API, and keeps what it was
asked."""

import datetime
import json
import pathlib
import queue
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DASHBOARD = pathlib.Path(__file__).resolve().parents[2] / "Sources" / "Admin" / "Dashboard"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
FILES = {"": "index.html", **{file.name: file.name for file in DASHBOARD.iterdir() if file.suffix in (".css", ".js")}}
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}


def moment(seconds=0):
    """An instant that many seconds from now, as the API writes it."""
    instant = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Refused(Exception):
    def __init__(self, status, title, detail, **more):
        self.status, self.body = status, {
            "type": "about:blank",
            "title": title,
            "status": status,
            "detail": detail,
            **more,
        }


class World:
    """What the stand-in knows: chats, events, deliveries and endpoints, as the API lists them, newest last."""

    def __init__(self):
        self.lock = threading.RLock()
        self.chats, self.events, self.deliveries, self.endpoints, self.history = {}, [], [], {}, []
        self.streams, self.asked, self.resumed, self.refusals, self.token = [], [], [], {}, None
        self.health = {"state": "ok", "reasons": []}
        self.watch = {"state": "watching", "reason": None, "hint": None, "pausedUntil": None}
        self.budget = {"callsPerMonth": 5000, "remaining": 3211, "spentBy": None, "callsPerDay": 118.4}
        self.started = moment(-7200)

    # What a test arranges.

    def add_chat(self, identity, name, members=3, state="watched", **more):
        users = [f"user{number}" for number in range(members)]
        self.chats[identity] = {
            "id": identity,
            "label": None,
            "name": name,
            "configured": True,
            "state": state,
            "members": members,
            "weight": 1,
            "interval": None,
            "expected": {"interval": "1h43m", "delay": "51m", "nextPoll": moment(380)},
            "lastPoll": moment(-42),
            "seenAt": moment(-9000),
            "sequence": 0,
            "snapshot": {"name": name, "owner": "user0", "useridlist": users, "status": 1, "chatBannedType": 0},
            **more,
        }
        return self.chats[identity]

    def add_endpoint(self, name, **more):
        self.endpoints[name] = {
            "name": name,
            "configured": True,
            "format": "standard",
            "url": "https://hooks.example.com/…#5f2a",
            "state": "active",
            "reason": None,
            "failures": 0,
            "failingSince": None,
            "probeAt": None,
            "oldestDueAt": None,
            "events": ["*"],
            "chats": ["*"],
            "ordering": "chat",
            "concurrency": 8,
            "rate": None,
            **more,
        }

    def add_event(self, chat, kind, change, ago=0, window=4.2, deliver=True):
        with self.lock:
            known = self.chats.get(chat)
            if known:
                known["sequence"] += 1
            who = known and {key: known[key] for key in ("id", "name", "label") if known[key]}
            event = {
                "id": f"evt_{len(self.events) + 1:08d}",
                "type": kind,
                "timestamp": moment(-ago),
                "data": {
                    "chat": who,
                    "sequence": known["sequence"] if known else 1,
                    "observed": {"after": moment(-ago - window), "by": moment(-ago)},
                    "change": change,
                },
            }
            self.events.append(event)
            self.tell("event", event, len(self.events))
            for name in self.endpoints if deliver else []:
                self.add_delivery(event, name, [(200, "delivered", "status 200", "ok")], ago=ago)
            return event

    def add_delivery(self, event, endpoint, tries, state="delivered", due=None, ago=0, reason=None):
        delivery = {
            "id": f"dlv_{len(self.deliveries) + 1:08d}",
            "endpoint": endpoint,
            "event": event["id"],
            "type": event["type"],
            "chat": (event["data"]["chat"] or {}).get("id"),
            "state": state,
            "queuedAt": moment(-ago),
            "attempts": len(tries),
            "dueAt": due,
            "finishedAt": None if state == "pending" else moment(-ago + 1),
            "reason": reason,
            "tries": [
                {
                    "number": number,
                    "startedAt": moment(-ago + number),
                    "duration": "83ms",
                    "result": result,
                    "status": status,
                    "rule": rule,
                    "response": response,
                }
                for number, (status, result, rule, response) in enumerate(tries, 1)
            ],
        }
        self.deliveries.append(delivery)
        self.tell("delivery", self.brief(delivery))
        return delivery

    def tell(self, kind, message, number=None):
        lines = [f"event: {kind}"] + ([f"id: {number}"] if number else []) + [f"data: {json.dumps(message)}", "", ""]
        for listener in list(self.streams):
            listener.put("\n".join(lines))

    def tell_status(self):
        self.tell("status", self.status())

    def cut_streams(self):
        for listener in list(self.streams):
            listener.put(None)

    # What the API answers.

    @staticmethod
    def brief(delivery):
        return {key: value for key, value in delivery.items() if key != "tries"}

    def chat_id(self, name):
        """The API takes a chat's label for its id."""
        return next((chat["id"] for chat in self.chats.values() if chat["label"] == name), name)

    def of_chat(self, options):
        return {**options, "chat": self.chat_id(options["chat"])} if "chat" in options else options

    def total(self, state, **where):
        return sum(
            d["state"] == state and all(d[key] == value for key, value in where.items()) for d in self.deliveries
        )

    def endpoint(self, name):
        if name not in self.endpoints:
            raise Refused(404, "No such endpoint", f'no endpoint is named "{name}"')
        return {**self.endpoints[name], **{s: self.total(s, endpoint=name) for s in ("pending", "delivered", "dead")}}

    def status(self):
        states = [chat["state"] for chat in self.chats.values()]
        today = datetime.datetime.now(datetime.timezone.utc)
        month = today.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        following = (month + datetime.timedelta(days=32)).replace(day=1)
        limit = self.budget["callsPerMonth"]
        return {
            "version": "0.1.0",
            "libraries": "libcurl 7.88.1, OpenSSL/3.0.19, SQLite 3.40.1",
            "startedAt": self.started,
            "now": moment(),
            "health": self.health,
            "watch": {
                **self.watch,
                "chats": {
                    "configured": len(states),
                    **{s: states.count(s) for s in ("new", "watched", "unreachable", "dismissed")},
                },
                "polls": {"total": 1789, "unchanged": 1701, "failed": 4, "events": len(self.events)},
                "lastPollSuccess": moment(-3),
                "lastReload": None,
            },
            "budget": {
                **self.budget,
                "used": limit - self.budget["remaining"] if limit else 1789,
                "monthStart": month.isoformat().replace("+00:00", "Z"),
                "monthEnd": following.isoformat().replace("+00:00", "Z"),
            },
            "queue": {
                **{state: self.total(state) for state in ("pending", "delivered", "dead")},
                "oldestDueAt": min((d["dueAt"] for d in self.deliveries if d["dueAt"]), default=None),
            },
            "endpoints": {
                s: sum(e["state"] == s for e in self.endpoints.values())
                for s in ("active", "failing", "paused", "disabled")
            },
            "store": {"path": "/var/lib/belfry/belfry.db", "bytes": 12_800_000, "maxBytes": 10_737_418_240},
        }

    def page(self, rows, options, *fields):
        wrong = set(options) - {"limit", "cursor", *fields}
        if wrong:
            raise Refused(400, "Unknown parameter", f"unknown parameter {sorted(wrong)[0]!r}")
        rows = [row for row in rows if all(row.get(field) == options[field] for field in fields if field in options)]
        start, limit = int(options.get("cursor", 0)), int(options.get("limit", 100))
        return {"data": rows[start : start + limit], "next": str(start + limit) if start + limit < len(rows) else None}

    def answer(self, method, parts, options, body):
        with self.lock:
            refusal = self.refusals.pop((method, "/".join(parts)), None)
            if refusal:
                raise refusal
            match (method, *parts):
                case ("GET", "status"):
                    return self.status()
                case ("GET", "history"):
                    return {"step": "1m", "points": self.history}
                case ("GET", "chats"):
                    return self.page(
                        [{k: v for k, v in chat.items() if k != "snapshot"} for chat in self.chats.values()],
                        options,
                        "state",
                    )
                case ("GET", "chats", name):
                    return self.found(self.chats.values(), self.chat_id(name))
                case ("POST", "chats", identity, "poll") if identity in self.chats:
                    event = self.add_event(identity, "chat.muted", {"field": "chatBannedType", "from": 0, "to": 1})
                    return {"outcome": "changed", "detail": "one change", "events": [event["id"]]}
                case ("GET", "events"):
                    rows = [
                        {**event, "chat": (event["data"]["chat"] or {}).get("id")} for event in reversed(self.events)
                    ]
                    return self.page(rows, self.of_chat(options), "type", "chat")
                case ("GET", "events", identity):
                    event = self.found(self.events, identity)
                    return {**event, "deliveries": [self.brief(d) for d in self.deliveries if d["event"] == identity]}
                case ("GET", "deliveries"):
                    until = options.pop("until", "~")
                    rows = [self.brief(d) for d in reversed(self.deliveries) if d["queuedAt"] < until]
                    return self.page(rows, self.of_chat(options), "endpoint", "state", "chat", "type")
                case ("GET", "deliveries", identity):
                    delivery = self.found(self.deliveries, identity)
                    return {**delivery, "request": self.request(self.found(self.events, delivery["event"]))}
                case ("POST", "deliveries", identity, "replay"):
                    self.found(self.deliveries, identity).update(state="pending", dueAt=moment(1), finishedAt=None)
                    return {"replayed": 1}
                case ("POST", "replay"):
                    chosen = [
                        d for d in self.deliveries if d["endpoint"] == body["endpoint"] and d["state"] == body["state"]
                    ]
                    for delivery in chosen:
                        delivery.update(state="pending", dueAt=moment(1), finishedAt=None)
                    return {"replayed": len(chosen)}
                case ("GET", "endpoints"):
                    return {"data": [self.endpoint(name) for name in self.endpoints], "next": None}
                case ("GET", "endpoints", name):
                    return self.endpoint(name)
                case ("POST", "endpoints", name, "pause" | "resume" as verb):
                    self.endpoint(name)
                    self.endpoints[name]["state"] = {"pause": "paused", "resume": "active"}[verb]
                    for delivery in self.deliveries if verb == "resume" else []:
                        if delivery["endpoint"] == name and delivery["state"] == "pending":
                            delivery["dueAt"] = moment()
                    return self.endpoint(name)
                case ("POST", "endpoints", name, "test"):
                    return {
                        "delivered": False,
                        "verdict": "retry",
                        "rule": "status 503",
                        "status": 503,
                        "duration": "83ms",
                        "request": self.request({"id": "evt_test", "type": "endpoint.test", "data": {}}),
                        "response": {
                            "status": 503,
                            "headers": [{"name": "retry-after", "value": "30"}],
                            "body": "<h1>Service unavailable</h1>",
                        },
                    }
                case ("DELETE", "endpoints", name):
                    gone = self.endpoint(name)["pending"]
                    del self.endpoints[name]
                    return {"dropped": gone}
                case ("POST", "reload"):
                    return {"changes": ['endpoint "ops" changed']}
            raise Refused(404, "Not found", f"nothing is at {'/'.join(parts)}")

    @staticmethod
    def found(rows, identity):
        for row in rows:
            if row["id"] == identity:
                return row
        raise Refused(404, "Not found", f"{identity} is not known, or no longer kept")

    @staticmethod
    def request(event):
        headers = {"content-type": "application/json", "webhook-id": event["id"], "webhook-signature": "v1,•••"}
        return {
            "method": "POST",
            "url": "https://hooks.example.com/…#5f2a",
            "headers": [{"name": name, "value": value} for name, value in headers.items()],
            "body": json.dumps(event),
        }


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = urllib.parse.urlsplit(self.path)
        name = path.path.removeprefix(self.server.base)
        if name in FILES:
            file = DASHBOARD / FILES[name]
            return self.reply(200, file.read_bytes(), KINDS[file.suffix], {"content-security-policy": POLICY})
        self.api("GET", path)

    def do_POST(self):
        self.api("POST", urllib.parse.urlsplit(self.path))

    def do_DELETE(self):
        self.api("DELETE", urllib.parse.urlsplit(self.path))

    def api(self, method, path):
        world = self.server.world
        body = self.rfile.read(int(self.headers["content-length"] or 0))
        name = path.path.removeprefix(self.server.base + "api/v1/")
        body = json.loads(body) if body else None
        world.asked.append((method, name, body))
        try:
            if world.token and self.headers["authorization"] != f"Bearer {world.token}":
                raise Refused(401, "Unauthorized", "a bearer token is needed")
            if name == "stream":
                return self.stream(world)
            parts = [urllib.parse.unquote(part) for part in name.split("/")]
            status, answer = 200, world.answer(method, parts, dict(urllib.parse.parse_qsl(path.query)), body)
        except Refused as refused:
            status, answer = refused.status, refused.body
        kind = "application/json" if status < 400 else "application/problem+json"
        self.reply(status, json.dumps(answer).encode(), kind, {})

    def stream(self, world):
        listener = queue.Queue()
        since = self.headers["last-event-id"]
        world.resumed.append(since)
        with world.lock:
            for number, event in enumerate(world.events, 1) if since else []:
                if number > int(since):
                    listener.put(f"event: event\nid: {number}\ndata: {json.dumps(event)}\n\n")
            world.streams.append(listener)
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            while (text := listener.get()) is not None:
                self.wfile.write(text.encode())
                self.wfile.flush()
        except OSError:
            pass
        finally:
            world.streams.remove(listener)

    def reply(self, status, body, kind, headers):
        self.send_response(status)
        for name, value in {"content-type": kind, "content-length": len(body), **headers}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class MockDaemon:
    def __init__(self, world=None, base="/"):
        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass

        self.world = world or World()
        self._make = lambda port: Server(("127.0.0.1", port), Handler)
        self.base = base
        self.open(0)
        self.url = f"http://127.0.0.1:{self.port}{base}"

    def open(self, port):
        self.server = self._make(port)
        self.server.world, self.server.base = self.world, self.base
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.world.cut_streams()
        self.server.shutdown()
        self.server.server_close()
