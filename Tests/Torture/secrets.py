"""Secrets in every place that takes one, failures at every stage, and a search of everything that can be looked at."""

import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

import harness

from Torture.canaries import Canaries, is_in
from Torture.echo import EchoPlatform, EchoServer
from Torture.report import Report

NAME = "secrets"
KINDS = ["page", "json", "escaped", "parts", "quoted", "redirect", "headers", "well", "slack", "discord", "teams", "feishu",
         "wecom", "dingtalk"]
FORMATS = {"slack", "discord", "teams", "feishu", "wecom", "dingtalk"}
MOODS = ["page", "code", "text", "permission", "status", "redirect", "close"]
# Nothing secret: each place that is searched must show one of these, or the search shows nothing.
OPEN_NAME = "open-7d3c91e2"
OPEN_TITLE = "Open 5b8f20a6"


def add_options(parser):
    group = parser.add_argument_group(NAME)
    group.add_argument("--secrets-rounds", type=int, help="how often everything fails (3; short: 1)")


class World:
    """A daemon with a secret in every place."""

    def __init__(self, options, form):
        self.canaries = Canaries()
        self.simulator = harness.Simulator(2, seed=options.seed)
        self.chats = sorted(self.simulator.chats())
        self.platform = EchoPlatform(self.simulator, self.canaries.plant("platform token"))
        self.echo = EchoServer()
        self.workplace = harness.Workplace()
        self.admin_token = self.canaries.plant("admin token")
        self.environment = {"TORTURE_SECRET": self.canaries.plant("variable")}
        (self.workplace.path / "secret.txt").write_text(self.canaries.plant("file") + "\n")
        self.configuration = self._configuration(form)
        self.path = self.workplace.write(self.configuration)
        self.places = {}
        self.broken = 0
        for chat in self.chats:
            self.simulator.control("PATCH", f"/chats/{chat}", {"name": OPEN_TITLE})

    def _url(self, kind):
        plant = self.canaries.plant
        return f"{self.echo.url}/{kind}/{plant(kind + ' path')}/hook?key={plant(kind + ' query')}"

    def _endpoint(self, kind):
        settings = {
            "name": kind, "url": self._url(kind), "timeout": "2s", "retry": {"schedule": ["100ms"] * 300},
            "format": kind if kind in FORMATS else "standard",
            "headers": {
                "Authorization": f"Bearer {self.canaries.plant(kind + ' authorization')}",
                "X-Key": "a \"b\" " + self.canaries.plant(kind + " header"),
            },
        }
        if kind in ("dingtalk", "feishu"):
            settings["signing"] = [{"scheme": kind, "secret": "SEC" + self.canaries.plant(kind + " signing")}]
        elif kind not in FORMATS:
            settings["signing"] = [
                {"scheme": "standard", "secret": self.canaries.key(kind + " standard", "whsec_")},
                *[{"scheme": scheme, "secret": self.canaries.plant(f"{kind} {scheme}")}
                  for scheme in ("github", "slack", "stripe", "shopify")],
            ]
        return settings

    def _configuration(self, form):
        plant = self.canaries.plant
        with socket.create_server(("127.0.0.1", 0)) as free:
            closed = free.getsockname()[1]
        unreachable = {
            "refused": f"http://127.0.0.1:{closed}", "tls": f"https://127.0.0.1:{self.echo.server.server_port}",
            "private": "http://10.1.2.3", "nowhere": "https://nowhere.invalid",
        }
        endpoints = [self._endpoint(kind) for kind in KINDS]
        for name, base in unreachable.items():
            endpoints.append({
                "name": name, "url": f"{base}/{plant(name + ' path')}?key={plant(name + ' query')}", "timeout": "2s",
                "headers": {"X-Key": plant(name + " header")},
            })
        endpoints.append({
            "name": OPEN_NAME, "url": f"{self.echo.url}/well/open", "headers": {
                "X-Variable": "${TORTURE_SECRET}", "X-File": f"${{file:{self.workplace.path}/secret.txt}}"}})
        configuration = harness.configuration(self.platform, self.workplace, self.chats, endpoints, maxInterval="1s")
        configuration["dingtalk"].update({
            "appKey": plant("app key"), "appSecret": plant("app secret"), "timeout": "1s",
            "callback": {"token": plant("callback token"), "aesKey": (plant("callback key") + "0" * 43)[:43]},
        })
        configuration["admin"] = {"listen": "127.0.0.1:0", "token": self.admin_token}
        configuration["log"] = {"level": "trace", "format": form}
        return configuration

    # Running

    def start(self, **variables):
        self.daemon = harness.Process("run", "--config", self.path, env={**self.environment, **variables})
        self.daemon.wait_for(r"watching")
        port = self.daemon.wait_for(r"the admin server listens.*?port\"?[=:]\"?(\d+)")[1]
        self.url = f"http://127.0.0.1:{port}"

    def stop(self):
        if self.daemon.process.poll() is None:
            self.daemon.kill()
        self.platform.stop()
        self.simulator.stop()
        self.echo.stop()
        self.workplace.clean()

    def ask(self, method, path, body=None):
        """The whole answer: status line, headers and body."""
        headers = {"authorization": f"Bearer {self.admin_token}", "content-type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return str(response.headers).encode() + response.read()
        except urllib.error.HTTPError as error:
            with error:
                return str(error.headers).encode() + error.read()

    def look(self, place, data):
        if isinstance(data, str):
            data = data.encode()
        self.places[place] = self.places.get(place, b"") + data

    def fail(self):
        """Events while receivers refuse them, and every way in which the platform refuses."""
        for mood in [None, *MOODS, None]:
            self.platform.mood = mood
            self.simulator.control("POST", "/mutate", {"count": 6})
            for chat in self.chats:
                self.look("answers of the API", self.ask("POST", f"/api/v1/chats/{chat}/poll"))
            for kind in KINDS:
                self.ask("POST", f"/api/v1/endpoints/{kind}/resume")
        for chat in self.chats:
            self.simulator.control("PATCH", f"/chats/{chat}", {"name": OPEN_TITLE, "status": 1})
            self.ask("POST", f"/api/v1/chats/{chat}/poll")

    # Looking

    def walk(self):
        """Every path of the API's own description, each parameter filled with all that a listing names."""
        description = self.ask("GET", "/openapi.json")
        self.look("openapi.json", description)
        paths = json.loads(description[description.index(b"{"):])["paths"]
        known = {
            "/api/v1/chats/{id}": self.chats, "/api/v1/chats/{id}/poll": self.chats,
            "/api/v1/events/{id}": self._ids("events"), "/api/v1/deliveries/{id}": self._deliveries(),
            "/api/v1/deliveries/{id}/replay": self._deliveries()[:3],
            **{f"/api/v1/endpoints/{{name}}{action}": [endpoint["name"] for endpoint in self.configuration["endpoints"]]
               for action in ("", "/test", "/pause", "/resume")},
        }
        bodies = {
            "/api/v1/replay": {"endpoint": "well", "state": "delivered"},
            "/api/v1/backup": {"path": str(self.workplace.path / "backup.db")}, "/api/v1/reload": {},
        }
        for path, operations in paths.items():
            for method in operations:
                if path == "/api/v1/stream":
                    continue
                for value in known[path] if "{" in path else [""]:
                    filled = re.sub(r"\{\w+\}", value, path) + ("?limit=500" if path.endswith(("events", "deliveries")) else "")
                    place = "metrics" if path == "/metrics" else "answers of the API"
                    self.look(place, self.ask(method.upper(), filled, bodies.get(path)))
        for page in ("/", "/dashboard.css", "/dashboard.js"):
            self.look("dashboard", self.ask("GET", page))
        self.look("answers of the API", self.ask("GET", "/nowhere?token=1") + self.ask("GET", "/api/v1/events?limit=x"))
        self.look("backup", (self.workplace.path / "backup.db").read_bytes())
        # An invalid configuration: what is wrong with it is told by the API.
        broken = json.loads(json.dumps(self.configuration))
        broken["endpoints"][0]["url"] += " "
        broken["dingtalk"]["appSecret"] = [broken["dingtalk"]["appSecret"]]
        self.workplace.write(broken)
        self.look("answers of the API", self.ask("POST", "/api/v1/reload", {}))
        self.workplace.write(self.configuration)

    def _ids(self, name):
        listing = self.ask("GET", f"/api/v1/{name}?limit=500")
        return re.findall(r'"id":"((?:evt|dlv)_[^"]+)"', listing.decode(errors="replace"))

    def _deliveries(self):
        """Of every endpoint those that failed most recently."""
        return [identity for endpoint in self.configuration["endpoints"]
                for identity in re.findall(r'"id":"(dlv_[^"]+)"', self.ask(
                    "GET", f"/api/v1/deliveries?limit=6&endpoint={endpoint['name']}").decode(errors="replace"))]

    def listen(self):
        """The stream from its beginning, and what comes while something happens."""
        connection = http.client.HTTPConnection(self.url.removeprefix("http://"), timeout=3)
        connection.request("GET", "/api/v1/stream", headers={
            "authorization": f"Bearer {self.admin_token}", "last-event-id": "0"})
        response = connection.getresponse()
        self.simulator.control("POST", "/mutate", {"count": 4})
        for chat in self.chats:
            self.ask("POST", f"/api/v1/chats/{chat}/poll")
        data, end = b"", time.monotonic() + 2
        try:
            while time.monotonic() < end:
                data += response.read1(65536)
        except TimeoutError:
            pass  # Nothing more comes for now.
        connection.close()
        self.look("event stream", data)

    def commands(self):
        """What the command line prints."""
        at = ["--address", self.url, "--token", self.admin_token]
        for form in ([], ["--json"]):
            for command in (["status"], ["chats"], ["events"], ["deliveries"], ["endpoints"]):
                self.look(" ".join(["belfry", *command, *form]), self.run(*command, *form, *at))
        for kind in ("page", "parts", "refused", OPEN_NAME):
            self.look("belfry test", self.run("test", kind, "--config", self.path))
        self.look("belfry check", self.run("check", "--config", self.path))
        self.look("belfry check --online", self.run("check", "--online", "--config", self.path))
        self.look("process list", pathlib.Path(f"/proc/{self.daemon.process.pid}/cmdline").read_bytes())

    def run(self, *arguments):
        code, out, err = harness.run(*arguments, env=self.environment)
        return f"{' '.join(arguments[:1])} {code}\n{out}{err}"

    def break_configurations(self, is_short):
        """Each secret in the wrong place or of the wrong form, one file after the other. What is written as the name of a
        variable is none: a missing variable is named."""
        text = json.dumps(self.configuration)
        values = sorted(set(re.findall(r'"((?:[^"\\]|\\.)*)"', text)), key=len)
        guarded = [value for value in values if self.canaries.found(value.encode())]
        for index, value in enumerate(guarded[::8] if is_short else guarded):
            quoted = f'"{value}"'
            wrongs = [
                f"[{quoted}]", f'{{"{value}": 1}}', f'"{value}\\u0000"', f'"{value}', f'"x${{file:/{value}"',
                f'"user:{value}@"',
            ]
            for wrong in wrongs[index % 6 : index % 6 + 1] if is_short else wrongs:
                path = self.workplace.write(text.replace(quoted, wrong, 1), "broken.json")
                self.broken += 1
                self.look("belfry check of broken files", self.run("check", "--config", path))
        for change in ({"endpoints": [{**self.configuration["endpoints"][0], OPEN_NAME: guarded[0]}]},
                       {"admin": {"listen": "0.0.0.0:1", "token": f"{self.admin_token} x"}}):
            path = self.workplace.write({**self.configuration, **change}, "broken.json")
            self.look("belfry check of broken files", self.run("check", "--config", path))

    def crash(self, number, **variables):
        """Ends the daemon by a fault of its own, and keeps its last words."""
        self.start(**variables)
        time.sleep(0.5)
        before = len(self.daemon.lines)
        os.kill(self.daemon.process.pid, number)
        try:
            self.daemon.process.wait(3)
        except subprocess.TimeoutExpired:
            # Swift's own handler prints what it found and returns, for the fault to happen again.
            self.daemon.wait_for(r"\*\*\* Program crashed", timeout=300)
            time.sleep(2)
            os.kill(self.daemon.process.pid, number)
            self.daemon.process.wait(60)
        self.daemon._reader.join(5)
        self.look("crash output", "\n".join(self.daemon.lines[before:]) + f"\nended with {self.daemon.process.returncode}")
        self.look("log", self.daemon.output)


def backtracer():
    """The program that prints Swift's backtraces, where there is one."""
    found = sorted(pathlib.Path("/").glob("opt/swift*/usr/libexec/swift/linux/swift-backtrace-static"))
    found += sorted(pathlib.Path("/").glob("usr/libexec/swift/linux/swift-backtrace-static"))
    return found[0] if found else None


def visit(options, form, rounds, report):
    world = World(options, form)
    try:
        world.start()
        for _ in range(rounds):
            world.fail()
        world.listen()
        world.walk()
        world.commands()
        world.daemon.stop()
        world.look("log", world.daemon.output)
        for path in world.workplace.path.glob("belfry.db*"):
            world.look("store", path.read_bytes())
        world.look("bodies that receivers got", b"\n".join(world.echo.bodies))
        world.break_configurations(options.short)
        plain = "symbolicate=off,color=no,interactive=no"
        world.crash(signal.SIGABRT, SWIFT_BACKTRACE=plain)
        world.crash(signal.SIGSEGV, SWIFT_BACKTRACE=plain)
        if not options.short and (tracer := backtracer()):
            world.crash(signal.SIGSEGV, SWIFT_BACKTRACE=f"{plain},enable=yes,threads=all,registers=all,swift-backtrace={tracer}")
        judge(world, form, report)
        report.notes.append(f"{form}: {len(world.canaries.texts)} secrets, {world.broken} broken files")
    finally:
        world.stop()


# What each place shows of what is not secret. A crash says by which signal.
OPEN = {
    "log": [OPEN_NAME], "metrics": [OPEN_NAME], "dashboard": ["Belfry"], "openapi.json": ["/api/v1/endpoints"],
    "crash output": ["ended with -", "Program crashed"], "process list": ["run"], "belfry check": ["valid"],
    "belfry check of broken files": [OPEN_NAME], "belfry status": ["pending"], "belfry status --json": ["pending"],
    "belfry test": ["endpoint.test"],
}


def judge(world, form, report):
    for place, data in world.places.items():
        report.runs += 1
        for secret in world.canaries.found(data):
            report.breaches.append(f"{form}: the secret \"{secret}\" is in {place}{context(world.canaries.texts[secret], data)}")
        shown = OPEN.get(place, [OPEN_NAME, OPEN_TITLE])
        report.control(f"what is no secret, in {place} ({form})", any(is_in(text, data) for text in shown))


def context(text, data):
    """What stands before a secret, to find where it comes from."""
    index = data.find(text.encode())
    return f": …{data[max(0, index - 120):index].decode(errors='replace')!r}" if index >= 0 else ""


def run(options):
    report = Report(NAME)
    rounds = options.secrets_rounds or (1 if options.short else 3)
    for form in ("text",) if options.short else ("text", "json"):
        visit(options, form, rounds, report)
    report.notes.append(f"{report.controls} places searched for every planted secret in seven spellings")
    return report
