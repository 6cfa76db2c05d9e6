"""What must hold after every run, whatever happened in it.

I1 what polls saw = events accepted ∪ dead with a reason · I2 first receipts of a chat rise · I3 no more receipts than tries recorded
before · I4 one body and a valid signature to an id · I5 a stored snapshot = its events folded · I6 no secret anywhere · I7 the backlog
drains (judged by World) · I8 the file is sound · I9 memory and descriptors stay within bounds
"""

import collections
import dataclasses
import json

import harness
from Torture.history import History
from Torture.receipts import CANARIES

# The result of a try whose outcome could not be known: the daemon died, or the connection did after the request was sent.
UNKNOWN = "(result = 'unknown' OR (status IS NULL AND rule LIKE 'may have arrived%'))"


@dataclasses.dataclass
class Findings:
    """`broken`: whatever is neither a loss nor an order nor a repetition. `excess`: repetitions beyond their bound."""

    lost: list[str] = dataclasses.field(default_factory=list)
    reordered: list[str] = dataclasses.field(default_factory=list)
    excess: list[str] = dataclasses.field(default_factory=list)
    broken: list[str] = dataclasses.field(default_factory=list)
    duplicates: int = 0
    bound: int = 0

    @property
    def all(self):
        return self.lost + self.reordered + self.excess + self.broken


@dataclasses.dataclass(frozen=True)
class Stored:
    """An event as the store has it."""

    id: str
    chat: str | None
    sequence: int
    event: dict

    def concerns(self, endpoint, chats):
        """Whether an endpoint that subscribes to these chats is told of it; events about no chat go to all but whom they are about."""
        if self.chat:
            return chats is None or self.chat in chats
        return self.event["data"]["change"].get("endpoint") != endpoint


def judge(world, resident=256 << 20, descriptors=128):
    """Reads what a stopped daemon left. `resident` in bytes."""
    findings = Findings()
    events = {
        number: Stored(identity, chat or None, sequence, json.loads(body))
        for number, identity, chat, sequence, body in world.rows(
            "SELECT e.number, e.id, c.id, e.sequence, e.body FROM events AS e JOIN chats AS c ON c.number = e.chat "
            "ORDER BY e.number")
    }
    seen(world, events, findings)
    numbers = dict(world.rows("SELECT name, number FROM endpoints"))
    for name, receiver in world.receivers.items():
        if name in numbers:
            delivered(world, name, numbers[name], receiver, events, findings)
        else:
            findings.lost.append(f"{name}: the store does not know this endpoint")
    secrets(world, findings)
    if (state := world.rows("PRAGMA integrity_check")) != [("ok",)]:
        findings.broken.append(f"I8 the file is not sound: {state[:3]}")
    for what, bound in [("resident", resident), ("descriptors", descriptors)]:
        if world.usage.get(what, 0) > bound:
            findings.broken.append(f"I9 {what}: {world.usage[what]}, more than {bound}")
    return findings


def seen(world, events, findings):
    """I1, the watch's side, and I5."""
    history = History(world.initial, world.simulator)
    chats = collections.defaultdict(list)
    for stored in events.values():
        if stored.chat:
            chats[stored.chat].append(stored)
    snapshots = dict(world.rows("SELECT id, snapshot FROM chats WHERE snapshot IS NOT NULL"))
    for chat in history.states:
        told = chats.get(chat, [])
        if [stored.sequence for stored in told] != list(range(1, len(told) + 1)):
            findings.lost.append(f"I1 {chat}: sequences {[stored.sequence for stored in told]}")
        elif wrong := history.complaint(chat, [stored.event for stored in told]):
            findings.lost.append(f"I1 {wrong}")
        if wrong := harness.differences(
            harness.fold([stored.event for stored in told]), json.loads(snapshots.get(chat, "{}"))
        ):
            findings.broken.append(f"I5 {chat}: the snapshot disagrees with the events: {wrong}")


def delivered(world, name, number, receiver, events, findings):
    """I1, the delivery's side, and I2 to I4 of one endpoint."""
    ids = {event: stored.id for event, stored in events.items()}
    expected = {stored.id: stored for stored in events.values() if stored.concerns(name, receiver.chats)}
    finished = {
        ids.get(event): state
        for event, state, reason in world.rows(f"SELECT event, state, reason FROM finished WHERE endpoint = {number}")
        if state == 0 or reason
    }
    tries, unknown = collections.Counter(), collections.Counter()
    for event, count, lost in world.rows(
        f"SELECT event, COUNT(*), SUM({UNKNOWN}) FROM attempts WHERE endpoint = {number} GROUP BY event"
    ):
        tries[ids.get(event)], unknown[ids.get(event)] = count, lost
    receipts = receiver.snapshot()
    accepted = collections.Counter(receipt.id for receipt in receipts if 200 <= receipt.status < 300)

    for identity, stored in expected.items():
        if finished.get(identity) == 0 and not accepted[identity]:
            findings.lost.append(f"I1 {name}: {identity} counts as delivered and was never accepted")
        elif identity not in finished and not accepted[identity]:
            findings.lost.append(f"I1 {name}: {identity} is neither accepted nor dead")
        elif identity not in finished:
            findings.broken.append(f"I7 {name}: {identity} is still pending")
    order(name, receipts, findings)
    bodies = {}
    for receipt in receipts:
        if bodies.setdefault(receipt.id, receipt.digest) != receipt.digest:
            findings.broken.append(f"I4 {name}: two copies of {receipt.id} differ")
        if receipt.id not in expected:
            findings.broken.append(f"I1 {name}: {receipt.id} was sent and is not in the store")
        elif receipt.event is not None and receipt.event != expected[receipt.id].event:
            findings.broken.append(f"I4 {name}: {receipt.id} was sent otherwise than it is stored")
    findings.broken += [f"I4 {name}: {reason}" for reason in set(receiver.forged)]
    for identity, count in collections.Counter(receipt.id for receipt in receipts).items():
        if count > tries[identity]:
            findings.excess.append(f"I3 {name}: {identity} came {count} times after {tries[identity]} recorded tries")
    findings.duplicates += sum(count - 1 for count in accepted.values())
    findings.bound += sum(unknown.values())
    for identity, count in accepted.items():
        if count - 1 > unknown[identity]:
            findings.excess.append(
                f"{name}: {identity} was accepted {count} times, with {unknown[identity]} tries of unknown outcome")


def order(name, receipts, findings):
    """I2."""
    newest, met = collections.defaultdict(int), set()
    for receipt in receipts:
        if receipt.chat and receipt.id not in met:
            met.add(receipt.id)
            if receipt.sequence <= newest[receipt.chat]:
                findings.reordered.append(
                    f"I2 {name}: {receipt.chat} {receipt.sequence} came first after {newest[receipt.chat]}")
            newest[receipt.chat] = max(newest[receipt.chat], receipt.sequence)


def secrets(world, findings):
    """I6, in what the daemon said and showed, and in the files that it left."""
    said = "\n".join(world.lines + world.daemon.lines).encode()
    places = {"its output": said}
    for path in world.store.parent.glob(world.store.name + "*"):
        places[path.name] = path.read_bytes()
    for what, canary in CANARIES.items():
        for place, content in places.items():
            if canary.encode() in content:
                findings.broken.append(f"I6 the secret of the {what} is in {place}")
