"""A delivery worker as one would write it in an afternoon: a SQLite queue, asyncio and aiohttp.

    worker.py fill STORE < LINES
    worker.py deliver STORE URL SECRET

Messages are signed and sent 64 at a time; what was accepted is noted in batches, each synced to the disk.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import sqlite3
import sys
import time

IN_FLIGHT = 64
BATCH = 256


def open_store(path):
    store = sqlite3.connect(path, isolation_level=None)
    store.execute("PRAGMA journal_mode = WAL")
    store.execute("PRAGMA synchronous = FULL")
    store.execute("CREATE TABLE IF NOT EXISTS queue (number INTEGER PRIMARY KEY, id TEXT, body TEXT, done INTEGER DEFAULT 0)")
    return store


def fill(path):
    store = open_store(path)
    store.execute("BEGIN")
    for line in sys.stdin:
        body = line.rstrip("\n")
        store.execute("INSERT INTO queue (id, body) VALUES (?, ?)", (json.loads(body)["id"], body))
    store.execute("COMMIT")


def headers(identity, body, key):
    seconds = str(int(time.time()))
    code = hmac.new(key, f"{identity}.{seconds}.{body}".encode(), hashlib.sha256).digest()
    return {
        "content-type": "application/json", "webhook-id": identity, "webhook-timestamp": seconds,
        "webhook-signature": "v1," + base64.b64encode(code).decode(),
    }


async def deliver(path, url, secret):
    import aiohttp

    store = open_store(path)
    key = base64.b64decode(secret.removeprefix("whsec_"))
    permits = asyncio.Semaphore(IN_FLIGHT)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=IN_FLIGHT)) as session:

        async def send(number, identity, body):
            async with permits:
                async with session.post(url, data=body, headers=headers(identity, body, key)) as answer:
                    await answer.read()
                    return number if 200 <= answer.status < 300 else None

        behind = 0
        while rows := store.execute(
            "SELECT number, id, body FROM queue WHERE done = 0 AND number > ? ORDER BY number LIMIT ?", (behind, BATCH)
        ).fetchall():
            behind = rows[-1][0]
            accepted = await asyncio.gather(*(send(*row) for row in rows))
            store.execute("BEGIN")
            store.executemany("UPDATE queue SET done = 1 WHERE number = ?", [(number,) for number in accepted if number])
            store.execute("COMMIT")


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        fill(sys.argv[2])
    else:
        asyncio.run(deliver(*sys.argv[2:]))
