"""What a platform does to those who ask it, and what must come of it. Each fault is a function of a `Call`."""

import dataclasses
import gzip
import json
import typing

from Torture.fault_platform import wrapped

DISMISSED = {"errcode": 0, "errmsg": "ok", "chat_info": {"name": "gone", "owner": "nobody", "status": 2, "useridlist": []}}


@dataclasses.dataclass
class Fault:
    name: str
    what: str
    script: typing.Callable
    # The rest of the answer is sound, and what it says is believed.
    is_partial: bool = False
    # The exchange lasts until the caller's time is up.
    is_slow: bool = False


def says(body, **rest):
    return lambda call: call.say(body, **rest)


def dismissed(call):
    return {**DISMISSED, "chat_info": {**DISMISSED["chat_info"], "chatid": call.chat}}


def edits(**fields):
    return lambda call: call.say(call.edited(**fields))


def status(code, *headers):
    """A failure by HTTP whose body, taken for an answer, would tell that the group is gone."""
    return lambda call: call.say(dismissed(call), status=code, headers=headers)


def cut(call):
    """Half of the answer, and nothing to show that it is not the whole."""
    call.say(call.body[: len(call.body) // 2])


def cut_short(call):
    call.say(call.body[: len(call.body) // 2], length=len(call.body))
    call.close()


def reset_in_body(call):
    call.say(call.body[: len(call.body) // 2], length=len(call.body))
    call.wait(0.05)
    call.reset()


def another(call):
    other = next(chat for chat in sorted(call.platform.chats()) if chat != call.chat)
    call.say(call.platform.fetch(call.platform.path(other))[1])


def hangs(call):
    while call.wait(0.5):
        pass
    call.reset()


def trickles(call):
    call.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(call.body))
    for byte in call.body:
        if not call.wait(0.3):
            break
        call.write(bytes([byte]))
    call.reset()


def pours(call):
    call.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
    block = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    while call.wait(0):
        call.write(block)


def doubled(call):
    call.say(call.body + json.dumps(dismissed(call)).encode())


def contradicts(call):
    """Two codes and two groups under one name each."""
    text = json.dumps(dismissed(call))[1:-1]
    call.say(b'{"errcode":40016,' + text.encode() + b',"errcode":"no"}')


def odd_bytes(call):
    call.say(call.body.replace(b'"name":"', b'"name":"\xff\xfe\x00', 1))


def deep(call):
    call.say(b'{"errcode":0,"chat_info":' + b"[" * 200_000 + b"]" * 200_000 + b"}")


def large(call):
    """More members than an answer may hold: nine megabytes."""
    call.say(call.edited(useridlist=[f"member-{number:08d}" for number in range(500_000)]))


def all_faults():
    """Every fault, by what it is about."""
    bomb = gzip.compress(bytes(64 << 20))
    return {
        "no answer": [
            Fault("html", "a page", says(b"<!DOCTYPE html><html><title>Blocked</title></html>")),
            Fault("blocked", "what a blocked address is told", says({"status": 1111, "wait": 5, "source": "x5", "punish": "deny"})),
            Fault("cut", "half of the JSON", cut),
            Fault("cut-short", "half of the JSON, and closes", cut_short),
            Fault("doubled", "two answers in one", doubled),
            Fault("empty", "nothing", says(b"")),
            Fault("null", "null", says(b"null")),
            Fault("list", "a list", says([DISMISSED])),
        ],
        "answers that contradict themselves or are not whole": [
            Fault("no-code", "JSON without an errcode", lambda call: call.say({"chat_info": dismissed(call)["chat_info"]})),
            Fault("word-code", "an errcode in words", lambda call: call.say({**dismissed(call), "errcode": "zero"})),
            Fault("contradiction", "two values under each key", contradicts),
            Fault("no-info", "success without chat_info", says({"errcode": 0, "errmsg": "ok"})),
            Fault("null-info", "chat_info is null", says({"errcode": 0, "errmsg": "ok", "chat_info": None})),
            Fault("empty-info", "chat_info is empty", says({"errcode": 0, "errmsg": "ok", "chat_info": {}})),
            Fault("another", "another chat's answer", another),
            Fault("no-members", "an empty list of members", edits(useridlist=[]), is_partial=True),
            Fault("no-members-wrapped", "an empty list of members, wrapped", edits(useridlist={"string": []}), is_partial=True),
            Fault("fields-missing", "an answer without most fields", edits(
                useridlist=None, name=None, status=None, chatBannedType=None, searchable=None), is_partial=True),
            Fault("odd-members", "a text for the list of members", edits(useridlist="a,b")),
            Fault("number-members", "numbers for members", edits(useridlist=[1, 2])),
            Fault("odd-status", "a word for the status", edits(status="dismissed")),
            Fault("huge-status", "a status beyond all numbers", lambda call: call.say(
                json.dumps(call.edited(status=0)).replace('"status": 0', '"status": 1e400').encode())),
        ],
        "odd and large answers": [
            Fault("odd-bytes", "bytes that are no UTF-8", odd_bytes),
            Fault("deep", "200,000 lists in each other", deep),
            Fault("large", "nine megabytes of members", large),
            Fault("bomb", "a gzip bomb", says(bomb, headers=["content-encoding: gzip"])),
        ],
        "HTTP failures": [
            *[Fault(f"status-{code}", f"HTTP {code}, with an answer that says dismissed", status(code))
              for code in (201, 206, 400, 403, 404, 429, 500, 502, 503, 504)],
            Fault("redirect", "HTTP 302 to another place", status(302, "location: /elsewhere")),
        ],
        "codes of its own": [
            *[Fault(f"code-{code}", f"errcode {code} ({text})", says(wrapped(code, text) if is_wrapped else
                    {"errcode": code, "errmsg": text, "chat_info": DISMISSED["chat_info"]}))
              for code, text, is_wrapped in [
                  (-1, "system busy", False), (90018, "throttled", True), (60020, "address not allowed", True),
                  (43007, "no permission", True), (99999, "never heard of", False), (404, "no such method", False)]],
        ],
        "connections and time": [
            Fault("close", "closes before the reply", lambda call: call.close()),
            Fault("reset", "resets before the reply", lambda call: call.reset()),
            Fault("reset-in-body", "resets in the body", reset_in_body),
            Fault("endless", "a body without an end", pours),
            Fault("hang", "no answer", hangs, is_slow=True),
            Fault("trickle", "a byte at a time", trickles, is_slow=True),
        ],
    }
