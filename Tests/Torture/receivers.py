"""Receivers that do whatever a receiver can do: what is theirs comes late, and nobody else notices."""

import re
import ssl
import socket
import time

import harness

from Torture import receiver_faults
from Torture.certificates import DAY, Authority, aged
from Torture.fault_receiver import FaultReceiver
from Torture.history import History
from Torture.names import Names
from Torture.report import Report
from Torture.stage import Stage

NAME = "receivers"
# What a receiver can have sent by the time it is cut off: what is read, and what the system's buffers take.
MOST_SENT = 24 << 20
# Seconds that a busy machine may take to notice that a time is up.
SLACK = 3
MOST_MEMORY = 256 << 20
KEPT_RESPONSE = 4096
# The first event of one chat is as large as this makes it: it must not fit into the system's buffers.
MEMBERS = 25_000
FIFTY = [f"127.1.1.{number}" for number in range(1, 51)]


def add_options(parser):
    group = parser.add_argument_group(NAME)
    group.add_argument("--receivers-seconds", type=float, help="how long they misbehave (75; short: 3)")
    group.add_argument("--receivers-only", metavar="FAULT", nargs="*", help="only these faults")


class Trial:
    """One daemon, every fault at once on an endpoint of its own, and two endpoints that are well."""

    def __init__(self, faults, options, seconds, timeout, slack=SLACK, allow=(), bundle=False):
        """`timeout` in seconds, of an exchange; `slack`, what it may take beyond. `bundle`: the foreign authority is trusted."""
        self.faults = faults
        self.seconds = seconds
        self.timeout = timeout
        self.slack = slack
        self.is_short = options.short
        self.directory = harness.Workplace()
        authority = Authority(self.directory.path)
        foreign = Authority(self.directory.path, "another authority")
        self.contexts = self._contexts(authority, foreign)
        self.receivers = {
            fault.name: FaultReceiver(
                None if fault.name == "rebound" else fault.script,
                context=None if fault.tls == "mute" else self.contexts.get(fault.tls),
                mended_context=self.contexts["sound"] if fault.tls and fault.scheme != "http" else None,
                buffer=fault.buffer, is_deaf=fault.is_deaf,
            )
            for fault in faults
        }
        self.names = Names(self.directory.path, self._hosts(), mute=["mute.test"])
        self.trap = self._traps()
        self.well = {name: harness.Receiver() for name in ("well", "well-too")}
        trusted = authority.file
        if bundle:
            trusted = str(self.directory.path / "bundle.pem")
            with open(trusted, "w") as file:
                for path in (authority.file, foreign.file):
                    file.write(open(path).read())
        self.stage = Stage(
            [harness.endpoint(name, receiver) for name, receiver in self.well.items()]
            + [self._endpoint(fault) for fault in faults],
            seed=options.seed, wrapper=self.names.wrapper,
            network={"allow": ["127.0.0.1/32", "127.1.1.0/24", *allow], "caFile": trusted},
            # Answers that are larger than most, and a platform that nobody disturbs here.
            log={"level": "info"},
        )
        self.before = {}
        self.initial = {}
        self.fault_tries = {}
        self.lost, self.reordered, self.breaches = [], [], {}
        self.duplicates = self.bound = self.runs = 0

    # Setting the scene

    @staticmethod
    def _contexts(authority, foreign):
        return {
            "sound": authority.server("sound"),
            "expired": authority.server("expired", starts=-10 * DAY, ends=-DAY),
            "early": authority.server("early", starts=DAY, ends=10 * DAY),
            "other-host": authority.server("other-host", host="other.test"),
            "self": authority.server("self", signs_itself=True),
            "foreign": foreign.server("foreign"),
            "old": aged(authority.server("old"), ssl.TLSVersion.TLSv1_1),
        }

    def _hosts(self):
        return {
            "private.test": ["127.0.0.2"],
            "fifty-private.test": [f"127.0.2.{number}" for number in range(1, 51)],
            "fifty.test": [*FIFTY[:49], "127.0.0.1"],
            "fifty-mute.test": FIFTY,
            "rebound.test": ["127.0.0.1"],
        }

    def _traps(self):
        """Listeners at the private addresses, at the ports that they would be called at."""
        traps = []
        for fault in self.faults:
            if fault.host in ("private.test", "rebound.test"):
                trap = socket.create_server(("127.0.0.2", self.receivers[fault.name].port))
                trap.setblocking(False)
                traps.append(trap)
        return traps

    def _endpoint(self, fault):
        receiver = self.receivers[fault.name]
        scheme = fault.scheme or ("https" if fault.tls else "http")
        receiver.url = f"{scheme}://{fault.host}:{receiver.port}/hook"
        return harness.endpoint(
            fault.name, receiver, events=["chat.*"], timeout=f"{fault.timeout or self.timeout}s",
            retry={"schedule": ["100ms"] * 500, "maxAge": "7d"},
        )

    # Running

    def run(self):
        try:
            self._run()
        finally:
            self.stage.stop()
            for receiver in [*self.receivers.values(), *self.well.values()]:
                receiver.stop()
            for trap in self.trap:
                trap.close()
            self.names.stop()
            self.directory.clean()
        return self

    def _run(self):
        simulator = self.stage.simulator
        members = [f"member-{number:06d}" for number in range(MEMBERS)]
        simulator.control("PATCH", f"/chats/{self.stage.chats[0]}", {"add_useridlist": members})
        self.initial = simulator.chats()
        self.stage.start()
        self._turn_names()
        self.stage.rest(self.seconds, self._disturb, interval=1)
        self._check_the_well_ones()
        self._note_tries()
        self._mend()
        self._drain()
        self._judge()

    def _turn_names(self):
        """The name that is to turn has been used by now. libcurl keeps an address for a minute; a new process has none."""
        if "rebound" not in self.receivers:
            return
        rebound = self.receivers["rebound"]
        harness.eventually(lambda: None if rebound.book() else "the name that turns was never used")
        self.names.change({"rebound.test": ["127.0.0.2"]})
        if self.is_short:
            self.stage.restart()
        else:
            self.stage.rest(62, self._disturb, interval=1)
            # As long as the old connection lives no name is asked for.
            rebound.hang_up()
        self.before["rebound"] = len(self.stage.tries("rebound"))
        rebound.connections = 0
        self.stage.simulator.control("POST", "/mutate", {"count": 4})

    def _disturb(self):
        """Changes, and for each endpoint that rests another try."""
        self.stage.simulator.control("POST", "/mutate", {"count": 4})
        for endpoint in self.stage.ask("GET", "/api/v1/endpoints")["data"]:
            if endpoint["state"] != "active" or endpoint["pending"]:
                self.stage.resume(endpoint["name"])

    def _check_the_well_ones(self):
        """While the others misbehave, those that are well have got everything."""
        def missing():
            for name, receiver in self.well.items():
                complaint = self._complaint(receiver.accepted()[0])
                if complaint:
                    return f"{name}: {complaint}"
        try:
            harness.eventually(missing, timeout=60)
        except AssertionError as error:
            self.breach("well", f"disturbed by the others: {error}")

    def _complaint(self, events):
        history = History(self.initial, self.stage.simulator)
        told = harness.by_chat(events)
        for chat in self.stage.chats:
            complaint = history.complaint(chat, told.get(chat, []))
            if complaint:
                return complaint
        return None

    def _note_tries(self):
        for fault in self.faults:
            tries = self.stage.tries(fault.name)
            skip = self.before.get(fault.name, 0)
            self.fault_tries[fault.name] = tries[skip:]
            self.runs += len(tries) - skip
            if fault.is_barred and self.receivers[fault.name].connections:
                self.breach(fault.name, "a connection reached the receiver")
        for trap in self.trap:
            try:
                trap.accept()[0].close()
                self.breach("names", "a connection reached a private address")
            except BlockingIOError:
                pass  # Nobody called.

    def _mend(self):
        for receiver in self.receivers.values():
            receiver.mend()
        sound = ["no-name", "mute-name", "private-name", "fifty-private", "rebound"]
        hosts = {fault.host: ["127.0.0.1"] for fault in self.faults if fault.name in sound}
        self.names.change(hosts)
        if self.is_short:
            self.stage.restart()

    def _drain(self):
        def waiting():
            pending = self.stage.pending()
            for name in pending:
                self.stage.resume(name)
            return f"pending: {pending}" if pending else None
        try:
            harness.eventually(waiting, timeout=180, interval=1)
        except AssertionError as error:
            self.breach("drain", str(error))

    # Judging

    def breach(self, fault, text):
        self.breaches.setdefault(fault, []).append(text)

    def _judge(self):
        self._check_the_well_ones()
        if self.stage.memory()[1] > MOST_MEMORY:
            self.breach("memory", f"{self.stage.memory()[1] >> 20} MiB")
        self.peak = self.stage.memory()[1]
        self.stage.stop_daemon()
        if self.stage.workplace.rows("PRAGMA integrity_check") != [("ok",)]:
            self.breach("store", "is damaged")
        expected = {event["id"] for event in self.well["well"].accepted()[0] if event["type"].startswith("chat.")}
        for fault in self.faults:
            self._judge_tries(fault)
            self._judge_receipts(fault, expected)

    def _judge_tries(self, fault):
        tries = self.fault_tries[fault.name]
        if not tries:
            self.breach(fault.name, "was never tried")
        for identity, result, status, rule, duration, kept in tries:
            if result == "unknown" or "held back before its turn" in rule:
                continue  # Cut off by the restart, or recorded and then not made.
            if not re.search(fault.rule, rule):
                self.breach(fault.name, f"judged by {rule!r}")
            if result == "delivered" and not fault.delivered:
                self.breach(fault.name, f"{identity} counts as delivered")
            if duration > 1000 * (self.timeout + self.slack):
                self.breach(fault.name, f"a try took {duration} ms where {self.timeout} s are the limit")
            if kept > KEPT_RESPONSE:
                self.breach(fault.name, f"{kept} bytes of an answer are kept")
        sent = self.receivers[fault.name].most_sent
        if sent > MOST_SENT:
            self.breach(fault.name, f"{sent} bytes of an answer were taken")

    def _judge_receipts(self, fault, expected):
        receiver = self.receivers[fault.name]
        book, first, bodies, repeated = receiver.book(), [], {}, 0
        for text in receiver.forged:
            self.breach(fault.name, f"signature: {text}")
        accepted = set()
        for receipt in book:
            if bodies.setdefault(receipt.identity, receipt.body) != receipt.body:
                self.breach(fault.name, f"two copies of {receipt.identity} differ")
            if receipt.identity in accepted:
                repeated += 1
            elif receipt.answer == "accepted":
                accepted.add(receipt.identity)
                first.append(receipt.event)
        told = {receipt.identity for receipt in book if receipt.answer in ("accepted", "claimed")}
        done = dict(self.stage.finished(fault.name))
        lost = (expected - told) | {identity for identity, dead in done.items() if dead} | (expected - set(done))
        if lost:
            self.lost += lost
            self.breach(fault.name, f"{len(lost)} events are lost, such as {sorted(lost)[0]}")
        for chat, events in harness.by_chat(first).items():
            sequences = [event["data"]["sequence"] for event in events]
            if sequences != sorted(sequences):
                self.reordered.append(chat)
                self.breach(fault.name, f"{chat} arrived in the order {sequences}")
        tries = self.stage.tries(fault.name)
        unknown = sum(1 for _, result, status, rule, *_ in tries
                      if result == "unknown" or result == "retry" and (status is None and rule.startswith("may have arrived")))
        judged = sum(1 for _, result, status, *_ in tries if status is not None and result != "delivered")
        if repeated > unknown:
            self.breach(fault.name, f"{repeated} were accepted before, and only {unknown} tries had an unknown outcome")
        if len(book) - len(bodies) > unknown + judged:
            self.breach(fault.name, f"{len(book) - len(bodies)} copies beyond the first, for {unknown + judged} tries")
        if len(book) > len(tries):
            self.breach(fault.name, f"{len(book)} receipts of {len(tries)} recorded tries")
        self.duplicates += repeated
        self.bound += unknown


def groups():
    return {**receiver_faults.all_faults(), "names": receiver_faults.name_faults()}


def forgets(exchange):
    """Accepts, and forgets that it did: a loss that the books must show."""
    from Torture.exchange import answer
    while True:
        exchange.request()
        answer(exchange)


def controls(options, report):
    """What a program without its guards would do, and the judgement that must notice it."""
    from dataclasses import replace
    known = {fault.name: fault for faults in groups().values() for fault in faults}
    no = receiver_faults.refuses(b"503 Unwell")
    loose = [
        receiver_faults.Fault("control-forgets", "forgets what it accepted", forgets, ".*", delivered=True),
        replace(known["hang"], name="control-hang", timeout=2),
        replace(known["tls-foreign"], name="control-foreign", script=no),
        replace(known["private-name"], name="control-private", script=no, host="127.0.0.1"),
    ]
    trial = Trial(loose, options, seconds=3, timeout=1, slack=0.5, allow=["127.0.0.0/8"], bundle=True).run()
    report.control("an event that a receiver accepted and forgot", "control-forgets" in trial.breaches and trial.lost)
    report.control("a foreign authority that is trusted", "control-foreign" in trial.breaches)
    report.control("a private address that is allowed", "control-private" in trial.breaches)
    report.control("a try that takes longer than it may", "control-hang" in trial.breaches)


def run(options):
    report = Report(NAME)
    faults = [fault for faults in groups().values() for fault in faults]
    if options.receivers_only:
        faults = [fault for fault in faults if fault.name in options.receivers_only]
    seconds = options.receivers_seconds or (3 if options.short else 75)
    trial = Trial(faults, options, seconds, timeout=1 if options.short else 15).run()
    report.runs = trial.runs
    report.lost, report.reordered = len(trial.lost), len(trial.reordered)
    report.duplicates, report.bound = trial.duplicates, trial.bound
    for fault, texts in trial.breaches.items():
        report.breaches += [f"{fault}: {text}" for text in list(dict.fromkeys(texts))[:4]]
    report.notes.append(f"{len(faults)} faults at once, {trial.peak >> 20} MiB at most")
    if not options.short:
        for kind, members in groups().items():
            tries = [len(trial.fault_tries[fault.name]) for fault in members if fault.name in trial.fault_tries]
            print(f"    {kind}: {len(tries)} faults, {sum(tries)} tries, at least {min(tries, default=0)} each")
    controls(options, report)
    return report
