"""A platform that makes events by the thousand, in a process of its own: every poll of a chat shows every field changed.

    mill.py POLLS     prints its port; a chat changes for so many polls behind its first
"""

import asyncio
import json
import sys

# What a poll that finds everything changed makes: seven settings, three texts, and in two lists one who came and one who went.
EVENTS = 14
SETTINGS = [
    "chatBannedType", "searchable", "validationType", "mentionAllAuthority", "managementType", "showHistoryType",
]


def identity(number):
    return f"chat{number:032x}"


def state(chat, turn):
    info = {
        "chatid": chat, "name": f"Group at turn {turn}", "owner": f"owner{turn}", "icon": f"@icon{turn}",
        "useridlist": ["everybody", f"member{turn}"], "extidlist": ["partner", f"guest{turn}"], "status": 1,
        "conversationTag": 2 * (turn % 2), **{name: turn % 2 for name in SETTINGS},
    }
    return json.dumps({"errcode": 0, "errmsg": "ok", "chat_info": info}).encode()


class Platform:
    def __init__(self, polls):
        self.polls = polls
        self.turns = {}

    def answer(self, target):
        if target.startswith("/gettoken"):
            return b'{"errcode":0,"errmsg":"ok","access_token":"mill","expires_in":7200}'
        chat = target.rpartition("chatid=")[2]
        turn = self.turns.get(chat, -1) + 1
        if turn <= self.polls:
            self.turns[chat] = turn
        return state(chat, min(turn, self.polls))


class Connection(asyncio.Protocol):
    def __init__(self, platform):
        self.platform = platform
        self.waiting = b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.waiting += data
        while (end := self.waiting.find(b"\r\n\r\n")) >= 0:
            head, self.waiting = self.waiting[:end], self.waiting[end + 4 :]
            body = self.platform.answer(head.split(b" ", 2)[1].decode())
            self.transport.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(body) + body)


async def main():
    platform = Platform(int(sys.argv[1]))
    server = await asyncio.get_running_loop().create_server(lambda: Connection(platform), "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
