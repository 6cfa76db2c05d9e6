"""One run: the platform's simulator, the daemon and receivers as real processes, and what must hold of what they leave.

    with World(chats=20) as world:
        world.start()                       # or start(wrapper=[…]) under strace or faketime
        world.mutate(50)
        world.daemon.kill()
        world.start()
        report.add(world.finish())          # drains, stops, and judges by the invariants
"""

import http.client
import json
import pathlib
import time
import urllib.request

import harness
from Torture.invariants import Findings, judge
from Torture.receipts import CANARIES, Receiver, endpoint


class World:
    # Generous: nothing here is judged by how long it takes, only by whether it comes to an end.
    PATIENCE = 120

    def __init__(self, chats=20, receivers=None, seed=1, directory=None, **watch):
        """`receivers`: by the name of their endpoints; or what makes them of the chats' ids. `directory`: of the store, when not a new one."""
        self.simulator = harness.Simulator(chats, seed=seed)
        self.initial = self.simulator.chats()
        if callable(receivers):
            receivers = receivers(sorted(self.initial))
        self.receivers = receivers or {"steady": Receiver(), "shaky": Receiver(failure_share=0.2, seed=seed)}
        self.workplace = harness.Workplace()
        if directory is not None:
            self.workplace.store = pathlib.Path(directory) / "belfry.db"
        self.settings = harness.configuration(
            self.simulator, self.workplace, sorted(self.initial),
            [endpoint(name, receiver) for name, receiver in self.receivers.items()], **watch)
        self.settings["admin"] = {"listen": "127.0.0.1:0", "token": CANARIES["admin"]}
        self.daemon = None
        # What every daemon of this world said, and what it was seen to use at its end.
        self.lines = []
        self.usage = {}
        # Pages of the admin server that could not be had.
        self.refused = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.daemon and self.daemon.process.poll() is None:
            self.daemon.kill()
        self.simulator.stop()
        for receiver in self.receivers.values():
            receiver.stop()
        self.workplace.clean()

    @property
    def store(self):
        return self.workplace.store

    @property
    def config(self):
        return self.workplace.write(self.settings)

    def launch(self, wrapper=(), env=None):
        """Starts the daemon and does not wait for it: it may be about to die."""
        if self.daemon:
            assert self.daemon.process.poll() is not None, "one daemon at a time"
            self.lines += self.daemon.lines
        self.daemon = harness.Process("run", "--config", self.config, wrapper=wrapper, env=env)
        return self.daemon

    def start(self, wrapper=(), env=None):
        """Starts the daemon and waits until it watches."""
        self.launch(wrapper, env).wait_for(r"\bwatching\b", timeout=self.PATIENCE)
        return self.daemon

    def mutate(self, count):
        return self.simulator.control("POST", "/mutate", {"count": count})["data"]

    def rows(self, query):
        return self.workplace.rows(query)

    def fault(self, **fault):
        """Has the platform's simulator misbehave, see its control interface."""
        return self.simulator.control("POST", "/faults", fault)

    def ask(self, path, method="GET"):
        """An answer of the admin server as text."""
        request = urllib.request.Request(
            harness.admin_url(self.daemon) + path, headers={"authorization": f"Bearer {CANARIES['admin']}"}, method=method)
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.read().decode()

    # The end of a run

    def unfinished(self):
        """What has still to happen until every change that there was is accepted; None when nothing."""
        if self.daemon.process.poll() is not None:
            raise AssertionError("the daemon ended:\n" + "\n".join(self.daemon.lines[-20:]))
        states = {
            chat: json.loads(snapshot)
            for chat, snapshot in self.rows("SELECT id, snapshot FROM chats WHERE snapshot IS NOT NULL")
        }
        for chat, actual in self.simulator.chats().items():
            if chat not in states or (wrong := harness.differences(states[chat], actual)):
                return f"{chat}: {wrong if chat in states else 'never seen'}"
        pending = self.rows("SELECT SUM(pending) FROM endpoints")[0][0]
        return f"{pending} deliveries pending" if pending else None

    def drain(self, timeout=None):
        """I7: once faults stop, everything comes to its end. Returns why it did not."""
        try:
            harness.eventually(self.unfinished, timeout=timeout or self.PATIENCE)
        except AssertionError as error:
            return str(error)
        return None

    def finish(self, **bounds):
        """Drains, looks everywhere, stops, and judges."""
        stuck = self.drain()
        self.observe()
        code = self.daemon.stop(timeout=60) if self.daemon.process.poll() is None else self.daemon.process.returncode
        findings = judge(self, **bounds)
        findings.broken += self.refused
        if stuck:
            findings.broken.append(f"I7 the backlog does not drain: {stuck}")
        if code != 0:
            findings.broken.append(f"the daemon ended with {code}: {self.daemon.lines[-1:]}")
        return findings

    def observe(self):
        """Of the running daemon: what it uses, and all that it shows."""
        process = pathlib.Path("/proc") / str(self.daemon.process.pid)
        if self.daemon.process.poll() is not None:
            return
        status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
        self.usage = {
            "resident": int(status["VmRSS"].split()[0]) * 1024, "descriptors": len(list((process / "fd").iterdir())),
        }
        for path in self.pages():
            try:
                self.lines.append(self.ask(path))
            except (OSError, http.client.HTTPException) as error:
                self.refused.append(f"{path}: {error}")

    def pages(self):
        yield from ["/", "/metrics", "/openapi.json", "/api/v1/status", "/api/v1/chats?limit=500"]
        yield from ["/api/v1/endpoints", "/api/v1/events?limit=500", "/api/v1/deliveries?limit=500", "/api/v1/history"]
        for name in self.receivers:
            yield f"/api/v1/endpoints/{name}"
        tried = self.rows("SELECT endpoint, event FROM attempts ORDER BY number DESC LIMIT 20")
        for endpoint, event in tried:
            yield f"/api/v1/deliveries/dlv_{event}_{endpoint}"
