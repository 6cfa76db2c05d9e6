"""A receiver that keeps of each request what the invariants need, and no more."""

import dataclasses
import hashlib
import json

import harness

# In the address and the headers of every endpoint, and the admin server's token: none may turn up anywhere.
CANARIES = {
    "address": "canary-3fa9c1e07b52d846",
    "header": "canary-b81d40c69e7f2a35",
    "admin": "canary-5c02e98d14ab76f3",
    "signing": harness.SECRET.removeprefix("whsec_"),
    "app": "demo-secret",
}


@dataclasses.dataclass(frozen=True)
class Receipt:
    id: str
    status: int
    # Of the body: every copy of an event has the same.
    digest: bytes
    # Nil of events about no chat.
    chat: str | None
    sequence: int
    # The whole message, unless the receiver is a thrifty one.
    event: dict | None


class Receiver(harness.Receiver):
    """`chats`: the only ones that its endpoint subscribes to. `judge` may be replaced: it gives the status of an answer.
    `remembers` says whether a request is written down: one that answers and forgets is a receiver that loses."""

    def __init__(self, failure_share=0.0, seed=1, thrifty=False, chats=None):
        self._thrifty = thrifty
        self.chats = chats and frozenset(chats)
        super().__init__(failure_share, seed)
        self.url = f"{self.url}/{CANARIES['address']}"

    def receive(self, headers, body):
        forged = self.forgery(headers, body)
        event = json.loads(body)
        with self._lock:
            status = self.judge(headers, event)
            if forged:
                self.forged.append(forged)
            chat = event["data"]["chat"]
            receipt = Receipt(
                headers["webhook-id"], status, hashlib.sha256(body).digest(), chat["id"] if chat else None,
                event["data"]["sequence"], None if self._thrifty else event)
            if self.remembers(receipt):
                self.receipts.append(receipt)
        return status

    def forgery(self, headers, body):
        """Why a request is not genuine; None when it is."""
        try:
            self._webhook.verify(body, headers)
        except Exception as error:
            return repr(error)
        return None if headers.get("Authorization", headers.get("authorization")) == CANARIES["header"] else "no authorization"

    def judge(self, headers, event):
        return 503 if self._chance.random() < self._failure_share else 200

    def remembers(self, receipt):
        return True

    def accepted(self):
        """The receipts that were accepted, each id once, and how many acceptances were repetitions."""
        first = {}
        repeated = 0
        for receipt in self.snapshot():
            if 200 <= receipt.status < 300:
                repeated += receipt.id in first
                first.setdefault(receipt.id, receipt)
        return list(first.values()), repeated


class Forgetful(Receiver):
    """Accepts and forgets what `forgets` says: to the invariants these events are lost."""

    def __init__(self, forgets, **rest):
        self._forgets = forgets
        super().__init__(**rest)

    def remembers(self, receipt):
        return not self._forgets(receipt)


def endpoint(name, receiver, **overrides):
    """The settings of an endpoint that carries the canaries."""
    if receiver.chats:
        overrides["chats"] = sorted(receiver.chats)
    return harness.endpoint(name, receiver, headers={"Authorization": CANARIES["header"]}, **overrides)
