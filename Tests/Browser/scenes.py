"""Worlds for the stand-in: an ordinary bad night, and names that mean harm."""

import math
import random

from mock_daemon import World, moment

CHANGES = [
    ("chat.members.added", {"field": "useridlist", "added": ["user71", "user93"], "count": 44}),
    ("chat.members.removed", {"field": "useridlist", "removed": ["user12"], "count": 43}),
    ("chat.renamed", {"field": "name", "from": "Release train", "to": "Release train 2026"}),
    ("chat.muted", {"field": "chatBannedType", "from": 0, "to": 1}),
    ("chat.unmuted", {"field": "chatBannedType", "from": 1, "to": 0}),
    ("chat.owner.changed", {"field": "owner", "from": "user4", "to": "user31"}),
    ("chat.guests.added", {"field": "extidlist", "added": ["ext2", "ext3", "ext5", "ext8"], "count": 9}),
    ("chat.mention_all.changed", {"field": "mentionAllAuthority", "from": 0, "to": 1}),
]
NAMES = [
    "Board",
    "All-staff",
    "Night shift",
    "Release train",
    "Procurement",
    "Works council",
    "Plant 2 maintenance",
    "Payroll",
]
FAILURE = "status 503: upstream connect error or disconnect/reset before headers"

MARKUP = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>'
OVERRIDE = "invoice\u202egpj.exe\u2066\u0007"
LONG = "name without end " * 600
HEBREW = "\u05d4\u05e0\u05d4\u05dc\u05d4 (2)"


def history(points=400, failing=True):
    chance = random.Random(7)
    rows, waiting = [], 0
    for index in range(points):
        busy = 2.2 + 2 * math.sin(index / 47)
        events = max(0, round(chance.gauss(busy, 1.4)))
        broken = failing and index > points - 95
        waiting = waiting + events if broken else max(0, waiting - 9)
        rows.append(
            {
                "at": moment(60 * (index - points)),
                "events": events,
                "delivered": events * (2 if broken else 3),
                "dead": 1 if broken and chance.random() < 0.1 else 0,
                "attempts": events * 3,
                "latencyP50": round(0.05 + chance.random() / 20, 3),
                "latencyP99": round((40 if broken else 0.4) * (1 + chance.random()), 3),
                "pending": {"audit": chance.randrange(3), "ops": waiting, "pager": chance.randrange(2)},
                "callsRemaining": (811 if failing else 3211) + round((points - index) * 0.6),
            }
        )
    return rows


def bad_night():
    """One endpoint fails, one is paused, one is configured no more, and the budget will not last."""
    world = World()
    for index, name in enumerate(NAMES):
        world.add_chat(f"chat{index:02d}9f540d7c", name, members=12 * index + 5)
    world.chats["chat009f540d7c"].update(label="Board", weight=5, interval="1m")
    world.chats["chat059f540d7c"]["state"] = "unreachable"
    world.chats["chat079f540d7c"].update(state="dismissed", lastPoll=None, expected=None)
    world.add_endpoint("audit")
    world.add_endpoint(
        "ops",
        format="slack",
        url="https://hooks.slack.com/…#91c0",
        rate="1/s",
        events=["chat.members.*", "chat.muted"],
    )
    world.add_endpoint("pager", format="ntfy", url="https://ntfy.example.com/…#02fe", state="paused")
    world.add_endpoint("old-crm", configured=False, state="disabled", reason="status 410: the receiver is gone")
    chance = random.Random(3)
    for index in range(60):
        chat = f"chat{chance.randrange(8):02d}9f540d7c"
        if index < 8:
            chat = f"chat{index:02d}9f540d7c"
            kind, change = "chat.watched", {"field": None, "snapshot": {"useridlist": [f"user{n}" for n in range(40)]}}
        else:
            kind, change = chance.choice(CHANGES)
        event = world.add_event(
            chat, kind, change, ago=41 * (60 - index) ** 1.25, window=chance.uniform(0.4, 380), deliver=False
        )
        ok, retry = (200, "delivered", "status 200", "ok"), (
            503,
            "retry",
            FAILURE,
            "<html><body>upstream connect error</body></html>",
        )
        ago = 41 * (60 - index) ** 1.25
        world.add_delivery(event, "audit", [ok], ago=ago)
        if index < 44:
            world.add_delivery(event, "ops", [ok], ago=ago)
        elif index < 47:
            refused = (400, "rejected", "Slack refused: invalid_blocks", "invalid_blocks")
            world.add_delivery(event, "ops", [retry, refused], "dead", ago=ago, reason="Slack refused: invalid_blocks")
        else:
            world.add_delivery(event, "ops", [retry] * 3, "pending", due=moment(60 - index), ago=ago, reason=FAILURE)
        if index > 55:
            world.add_delivery(event, "pager", [], "pending", due=moment(-30), ago=ago)
    world.endpoints["ops"].update(
        state="failing",
        reason=FAILURE,
        failures=41,
        failingSince=moment(-5640),
        probeAt=moment(95),
        oldestDueAt=moment(-5580),
    )
    world.endpoints["pager"]["oldestDueAt"] = moment(-30)
    world.health = {
        "state": "failing",
        "reasons": [
            f'endpoint "ops" fails since 1h34m: {FAILURE}',
            f"at this pace the month's calls are spent by {moment(3 * 86_400)}",
        ],
    }
    world.budget.update(remaining=811, spentBy=moment(3 * 86_400), callsPerDay=270.3)
    world.history = history()
    return world


def quiet_day():
    world = World()
    for index, name in enumerate(NAMES):
        world.add_chat(f"chat{index:02d}9f540d7c", name, members=12 * index + 5)
    world.add_endpoint("audit")
    world.add_endpoint("ops", format="slack")
    for index in range(12):
        kind, change = CHANGES[index % len(CHANGES)]
        world.add_event(f"chat{index % 8:02d}9f540d7c", kind, change, ago=400 * (12 - index))
    world.history = history(failing=False)
    return world


def first_minute():
    """The daemon has just begun: one minute of history, and an endpoint that refuses without being held back yet."""
    world = quiet_day()
    world.history = history(points=1, failing=False)
    event = world.events[-1]
    for number, tries in enumerate([2, 0]):
        reason = FAILURE if tries else None
        world.add_delivery(
            event, "ops", [(503, "retry", FAILURE, "")] * tries, "pending", moment(40), 20 - number, reason
        )
    world.endpoints["ops"].update(failures=2, failingSince=moment(-60), reason=FAILURE)
    return world


def hostile():
    world = World()
    for index, name in enumerate([MARKUP, OVERRIDE, LONG, HEBREW]):
        chat = world.add_chat(f'chat{index}"><i>', name, members=2)
        chat["snapshot"]["useridlist"] = [MARKUP, OVERRIDE]
    world.add_endpoint("ops", reason=MARKUP, state="failing", url=f"https://{'a' * 300}.example.com/…")
    for identity in list(world.chats):
        event = world.add_event(
            identity, "chat.renamed", {"field": "name", "from": MARKUP, "to": OVERRIDE}, ago=20, deliver=False
        )
        world.add_delivery(event, "ops", [(500, "retry", MARKUP, LONG + MARKUP + OVERRIDE)], "dead", reason=OVERRIDE)
    world.health = {"state": "failing", "reasons": [f'endpoint "ops" fails: {MARKUP}', LONG]}
    world.watch.update(state="failing", reason=MARKUP, hint=LONG)
    return world


def crowd():
    """Far more of everything than fits a screen."""
    world = World()
    for index in range(300):
        world.add_chat(f"chat{index:04d}", f"Group {index}", members=10_000 if index == 0 else 3)
    for index in range(12):
        world.add_endpoint(f"endpoint-with-a-rather-long-name-{index}")
    for index in range(250):
        world.add_event(
            f"chat{index:04d}",
            "chat.muted",
            {"field": "chatBannedType", "from": 0, "to": 1},
            ago=9 * (250 - index),
            deliver=False,
        )
    world.history = [
        {**point, "pending": {name: 10 ** (index % 6) for index, name in enumerate(world.endpoints)}, "events": 123_456}
        for point in history(1440)
    ]
    world.budget = {"callsPerMonth": None, "remaining": None, "spentBy": None, "callsPerDay": 1_234_567}
    return world
