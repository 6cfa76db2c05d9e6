"""A daemon between a simulated platform and endpoints of the caller's choice, with its admin API."""

import json
import time
import urllib.error
import urllib.request

import harness


class Stage:
    """Owns a workplace, a simulator unless `platform` is given, and a daemon, which can be stopped and started again."""

    def __init__(self, endpoints, chats=4, seed=1, wrapper=(), platform=None, **sections):
        """`sections` of the configuration are merged into those of the harness. `platform` has a `url` and `chats()`."""
        self.workplace = harness.Workplace()
        self.simulator = harness.Simulator(chats, seed=seed) if platform is None else None
        self.platform = platform or self.simulator
        self.chats = sorted(self.platform.chats())
        self.wrapper = wrapper
        self.daemon = None
        self.url = None
        self.configuration = harness.configuration(self.platform, self.workplace, self.chats, endpoints, maxInterval="2s")
        self.configuration["admin"] = {"listen": "127.0.0.1:0"}
        for name, section in sections.items():
            if isinstance(section, dict):
                self.configuration[name] = {**(self.configuration.get(name) or {}), **section}
            else:
                self.configuration[name] = section

    def start(self):
        config = self.workplace.write(self.configuration)
        self.daemon = harness.Process("run", "--config", config, wrapper=self.wrapper)
        self.daemon.wait_for(r"\bwatching\b")
        self.url = harness.admin_url(self.daemon)

    def restart(self):
        self.stop_daemon()
        self.start()

    def stop_daemon(self):
        code = self.daemon.stop(60)
        if code != 0:
            raise AssertionError(f"the daemon ended with {code}:\n" + "\n".join(self.daemon.lines[-40:]))

    def stop(self):
        if self.daemon and self.daemon.process.poll() is None:
            self.daemon.kill()
        if self.simulator:
            self.simulator.stop()
        self.workplace.clean()

    @property
    def is_alive(self):
        return self.daemon.process.poll() is None

    def ask(self, method, path, body=None, timeout=60):
        """What the admin API answers; the problem, where it answers with one."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"content-type": "application/json"}
        request = urllib.request.Request(self.url + path, data=data, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=timeout) as response:
                return json.loads(response.read() or b"null")
        except urllib.error.HTTPError as error:
            with error:
                return json.loads(error.read())

    def resume(self, name):
        self.ask("POST", f"/api/v1/endpoints/{name}/resume")

    def poll(self, chat):
        """Polls a chat now, whatever the schedule and pauses say."""
        return self.ask("POST", f"/api/v1/chats/{chat}/poll")

    def memory(self):
        """The daemon's resident memory in bytes: now, and the most that it ever was."""
        fields = {}
        with open(f"/proc/{self.daemon.process.pid}/status") as file:
            for line in file:
                name, _, rest = line.partition(":")
                if name in ("VmRSS", "VmHWM"):
                    fields[name] = int(rest.split()[0]) << 10
        return fields["VmRSS"], fields["VmHWM"]

    def tries(self, endpoint):
        """Every try that ended: event id, result, status, rule, duration in milliseconds, bytes kept of the answer."""
        return self.workplace.rows(
            "SELECT v.id, a.result, a.status, a.rule, a.duration_ms, length(a.response) FROM attempts a "
            f"JOIN endpoints e ON e.number = a.endpoint AND e.name = '{endpoint}' JOIN events v ON v.number = a.event "
            "ORDER BY a.event, a.number"
        )

    def finished(self, endpoint):
        """The deliveries that are done: event id, and why it is dead, or None."""
        return self.workplace.rows(
            "SELECT v.id, CASE f.state WHEN 0 THEN NULL ELSE coalesce(f.reason, 'dead') END FROM finished f "
            f"JOIN endpoints e ON e.number = f.endpoint AND e.name = '{endpoint}' JOIN events v ON v.number = f.event"
        )

    def pending(self):
        return dict(self.workplace.rows("SELECT name, pending FROM endpoints WHERE pending > 0"))

    def rest(self, seconds, each=None, interval=0.5):
        """Lets time pass, doing something now and then."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if each:
                each()
            time.sleep(max(0, min(interval, end - time.monotonic())))
