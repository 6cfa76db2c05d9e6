"""A receiver for many events, in a process of its own: takes little of each, and tells what it counted when it is asked.

    sink.py [--stall SHARE]     reads commands, one a line: open · close · report · forget N
"""

import argparse
import asyncio
import json
import random
import sys
import time

from standardwebhooks import Webhook

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
STALL = 1
# Checking a signature costs more than all else.
VERIFIED = 1000


class Counts:
    """Of a chat, events are expected in their order from 1. Latencies are from an event's own time, which is when the poll saw
    it, to its arrival, in seconds."""

    def __init__(self):
        self.last = {}
        self.receipts = self.ahead = self.again = self.forged = self.forgotten = 0
        self.latencies = {}
        self.forget_every = 0

    def take(self, path, head, body):
        now = time.time()
        self.receipts += 1
        event = json.loads(body)
        if self.receipts % VERIFIED == 1:
            self.verify(head, body)
        if self.forget_every and self.receipts % self.forget_every == 0:
            self.forgotten += 1
            return
        chat, sequence = (path, event["data"]["chat"]["id"]), event["data"]["sequence"]
        last = self.last.get(chat, 0)
        if sequence <= last:
            self.again += 1
        else:
            self.ahead += sequence > last + 1
            self.last[chat] = sequence
        self.latencies.setdefault(path, []).append(now - self.seconds(event["timestamp"]))

    def verify(self, head, body):
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
        try:
            Webhook(SECRET).verify(body, headers)
        except Exception:  # Whatever a foreign verifier objects to counts.
            self.forged += 1

    @staticmethod
    def seconds(text):
        """`2026-11-23T06:40:41.123Z`"""
        whole, _, fraction = text.rstrip("Z").partition(".")
        import calendar
        return calendar.timegm(time.strptime(whole, "%Y-%m-%dT%H:%M:%S")) + float(f"0.{fraction or 0}")

    @property
    def report(self):
        return {
            "receipts": self.receipts, "ahead": self.ahead, "again": self.again, "forged": self.forged,
            "events": sum(self.last.values()), "chats": len(self.last), "forgotten": self.forgotten,
            "latencies": [latency for latencies in self.latencies.values() for latency in latencies],
        }


class Connection(asyncio.Protocol):
    def __init__(self, counts, stall, open_connections):
        self.counts = counts
        self.stall = stall
        self.open = open_connections
        self.waiting = b""
        self.is_stalled = False

    def connection_made(self, transport):
        self.transport = transport
        self.open.add(self)

    def connection_lost(self, _):
        self.open.discard(self)

    def data_received(self, data):
        self.waiting += data
        while not self.is_stalled and (end := self.waiting.find(b"\r\n\r\n")) >= 0:
            head = self.waiting[:end]
            place = head.lower().find(b"content-length:")
            length = int(head[place + 15 :].split(b"\r\n", 1)[0])
            if len(self.waiting) < end + 4 + length:
                return
            body, self.waiting = self.waiting[end + 4 : end + 4 + length], self.waiting[end + 4 + length :]
            if self.stall and random.random() < self.stall:
                self.is_stalled = True
                asyncio.get_running_loop().call_later(STALL, self.go_on, head, body)
            else:
                self.answer(head, body)

    def go_on(self, head, body):
        self.is_stalled = False
        self.answer(head, body)
        self.data_received(b"")

    def answer(self, head, body):
        self.counts.take(head.split(b" ", 2)[1], head, body)
        self.transport.write(ANSWER)


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--stall", type=float, default=0, help="the share of requests whose answer takes a second")
    options = parser.parse_args()
    counts, server, port, connections = Counts(), None, 0, set()
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while command := (await lines.readline()).decode().split():
        answer = {}
        match command:
            case ["open"]:
                server = await loop.create_server(
                    lambda: Connection(counts, options.stall, connections), "127.0.0.1", port, backlog=1024)
                port = server.sockets[0].getsockname()[1]
                answer = {"port": port}
            case ["close"]:
                server.close()
                for connection in list(connections):
                    connection.transport.abort()
            case ["forget", every]:
                counts.forget_every = int(every)
            case ["report"]:
                answer = counts.report
                counts.latencies = {}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
