"""A platform that answers with anything: no event that did not happen, and once it is well none is missing."""

import time

import harness

from Torture import platform_faults
from Torture.fault_platform import FaultPlatform, wrapped
from Torture.history import History
from Torture.report import Report
from Torture.stage import Stage

NAME = "platform"
# Less than makes a chat unreachable.
REFUSALS = 2
TOKEN_SPACING = 60


def add_options(parser):
    group = parser.add_argument_group(NAME)
    group.add_argument("--platform-rounds", type=int, help="how often each fault is met (3; short: 1)")
    group.add_argument("--platform-only", metavar="FAULT", nargs="*", help="only these faults")


class Trial:
    """A daemon that is asked to poll while the platform is spoiled, and again when it is not."""

    def __init__(self, options):
        self.count = 2 if options.short else 5
        self.simulator = harness.Simulator(self.count, seed=options.seed)
        self.platform = FaultPlatform(self.simulator)
        self.receiver = harness.Receiver()
        self.initial = self.simulator.chats()
        self.stage = Stage(
            [harness.endpoint("ops", self.receiver)], platform=self.platform, log={"level": "info"},
            # Nothing is polled but what is asked for: a failure that comes between would hold back what is asked.
            watch={
                "chats": [{"id": chat, "interval": "1h"} for chat in sorted(self.initial)], "minInterval": "10ms",
            },
            dingtalk={
                "baseURL": self.platform.url, "apiBaseURL": self.platform.url, "appKey": "demo-key",
                "appSecret": "demo-secret", "requestsPerSecond": 1000, "callsPerMonth": None,
                "timeout": "500ms" if options.short else "2s",
            },
        )
        self.lost, self.breaches = 0, []
        self.runs = {}

    def __enter__(self):
        self.stage.start()
        self.began = time.monotonic()
        self.settle("the beginning")
        return self

    def __exit__(self, *_):
        self.stage.stop()
        self.platform.stop()
        self.simulator.stop()
        self.receiver.stop()

    def chat_events(self):
        return self.stage.workplace.rows("SELECT COUNT(*) FROM events v JOIN chats c ON c.number = v.chat WHERE c.id <> ''")[0][0]

    def meet(self, fault):
        """One round: things happen while the platform is spoiled, and are told when it is not."""
        before, spoiled = self.chat_events(), self.platform.spoiled
        self.platform.spoil(fault.script)
        if not fault.is_partial:
            # What half an answer would tell of them never was the state of a group.
            self.simulator.control("POST", "/mutate", {"count": 3 * self.count})
        for _ in range(1 if fault.is_slow else REFUSALS):
            for chat in self.stage.chats:
                answer = self.stage.poll(chat)
                if not fault.is_partial and answer.get("outcome") not in ("failed", None):
                    self.breaches.append(f"{fault.name}: a poll ended as {answer}")
        told = self.chat_events() - before
        if told:
            self.breaches.append(f"{fault.name}: {told} events came of it")
        self.platform.mend()
        self.simulator.control("POST", "/mutate", {"count": self.count})
        self.runs[fault.name] = self.runs.get(fault.name, 0) + self.platform.spoiled - spoiled
        if self.platform.spoiled == spoiled:
            self.breaches.append(f"{fault.name}: the platform was not asked")
        self.settle(fault.name)

    def settle(self, what, timeout=60):
        """Every chat is polled; by then the receiver has been told what happened, all of it and nothing else."""
        def missing():
            for chat in self.stage.chats:
                self.stage.poll(chat)
            told = harness.by_chat(self.receiver.accepted()[0])
            history = History(self.initial, self.simulator)
            complaints = [history.complaint(chat, told.get(chat, [])) for chat in self.stage.chats]
            return "; ".join(filter(None, complaints))
        try:
            # What was told wrongly once stays so: then nothing is waited for again.
            harness.eventually(missing, timeout=3 if self.lost else timeout, interval=0.1)
        except AssertionError as error:
            self.lost += 1
            self.breaches.append(f"{what}: {error}")

    def expire(self, is_short):
        """All tokens expire in the middle of the run: one new one, and nobody hears of it but the platform."""
        if not is_short:
            # A second token within the minute is not asked for.
            time.sleep(max(0, TOKEN_SPACING + 1 - (time.monotonic() - self.began)))
        issued, refused = self.platform.tokens_issued, self.platform.tokens_refused
        self.platform.generation += 1
        self.simulator.control("POST", "/mutate", {"count": 3 * self.count})
        for _ in range(REFUSALS):
            for chat in self.stage.chats:
                self.stage.poll(chat)
        renewals = self.platform.tokens_issued - issued
        if renewals != (0 if is_short else 1):
            self.breaches.append(f"expired-token: {renewals} new tokens were asked for")
        if is_short:
            # Its first token is less than a minute old: only a new process asks for another.
            self.stage.restart()
        self.runs["expired-token"] = self.platform.tokens_refused - refused
        self.settle("expired-token")

    def finish(self):
        self.stage.stop_daemon()
        types = [event["type"] for event in self.receiver.accepted()[0]]
        for invented in ("chat.unreachable", "chat.reachable"):
            if invented in types:
                self.breaches.append(f"{types.count(invented)} times {invented}")
        for chat, events in harness.by_chat(self.receiver.accepted()[0]).items():
            sequences = [event["data"]["sequence"] for event in events]
            if sequences != list(range(1, len(events) + 1)):
                self.breaches.append(f"{chat}: sequences {sequences}")
        self.breaches += [f"signature: {text}" for text in self.receiver.forged]


def lies(call):
    """A sound answer that is not true: no program can see through it, and so the books must."""
    call.say(call.edited(status=2))


def hides(call):
    """The same answer for ever: what happens is never seen."""
    call.say(call.platform.frozen.setdefault(call.chat, call.body))


def controls(options, report):
    with Trial(options) as trial:
        trial.platform.spoil(lies)
        for chat in trial.stage.chats:
            trial.stage.poll(chat)
        trial.platform.mend()
        trial.settle("a lie", timeout=3)
        report.control("a dismissal that never was", trial.lost > 0)
    with Trial(options) as trial:
        trial.platform.frozen = {}
        trial.platform.spoil(hides)
        for chat in trial.stage.chats:
            trial.stage.poll(chat)
        trial.simulator.control("POST", "/mutate", {"count": 20})
        trial.settle("what is hidden", timeout=3)
        report.control("changes that are never shown", trial.lost > 0)


def run(options):
    report = Report(NAME)
    groups = platform_faults.all_faults()
    faults = [fault for members in groups.values() for fault in members]
    if options.platform_only:
        faults = [fault for fault in faults if fault.name in options.platform_only]
    with Trial(options) as trial:
        for _ in range(options.platform_rounds or (1 if options.short else 3)):
            for fault in faults:
                trial.meet(fault)
        trial.expire(options.short)
        trial.finish()
    report.runs, report.lost = sum(trial.runs.values()), trial.lost
    report.breaches += trial.breaches
    report.notes.append(f"{len(trial.runs)} faults, {len(trial.receiver.accepted()[0])} events")
    if not options.short:
        for kind, members in groups.items():
            answers = [trial.runs[fault.name] for fault in members if fault.name in trial.runs]
            print(f"    {kind}: {len(answers)} faults, {sum(answers)} answers")
        print(f"    expired tokens: {trial.runs['expired-token']} answers")
    controls(options, report)
    return report
