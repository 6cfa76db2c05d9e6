"""What receivers do to a sender, and what must come of it. Each fault is a function of an `Exchange`."""

import dataclasses
import gzip
import typing

from Torture.exchange import OK, answer

# What a try's record says: by its beginning.
UNKNOWN = "may have arrived"
UNSENT = "not sent"


@dataclasses.dataclass
class Fault:
    name: str
    what: str
    script: typing.Callable
    # Patterns of what a try may be judged by, and whether it may count as delivered.
    rule: str
    delivered: bool = False
    # Which certificate it shows; none is plain http.
    tls: str | None = None
    host: str = "127.0.0.1"
    # Bytes that the receiver's own buffer takes; small ones stop a sender in the middle of a body.
    buffer: int | None = None
    # No connection may reach the receiver at all.
    is_barred: bool = False
    # What the sender's address says, where it is not what the receiver speaks.
    scheme: str | None = None
    # Seconds that the endpoint has for an exchange, if not those of all.
    timeout: float | None = None
    # Connections are made, as far as the sender can see, and never taken.
    is_deaf: bool = False


def reset_at_once(exchange):
    exchange.reset()


def reset_after_head(exchange):
    exchange.head()
    exchange.reset()


def reset_in_request_body(exchange):
    exchange.some_of_the_body(16)
    exchange.reset()


def reset_before_reply(exchange):
    exchange.request()
    exchange.reset()


def claims(data):
    """Whether a reply, however broken, begins by saying that the event was accepted."""
    return "claimed" if data.startswith(b"HTTP/1.1 200") else None


def replies(data, then="close", interval=None):
    """Takes the request in, says something, and goes."""

    def script(exchange):
        exchange.request().answer = claims(data)
        if interval:
            exchange.trickle(data, interval)
        else:
            exchange.send(data)
        # What is sent must have been read before a reset can take it away.
        exchange.pause(0.1)
        getattr(exchange, then)()

    return script


def refuses(status, headers=b"", body=b"no"):
    """Answers each request soundly, with a status that is no success."""

    def script(exchange):
        while True:
            receipt = exchange.request()
            receipt.answer = "refused"
            answer(exchange, status, headers, body)

    return script


def hangs(exchange):
    exchange.request()
    exchange.hold()


def mute_from_the_start(exchange):
    exchange.hold()


def speaks_plainly(exchange):
    """Answers the first bytes that come, whatever they are."""
    exchange.some_bytes()
    exchange.send(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n")
    exchange.hold()


def reads_slowly(exchange):
    exchange.request(patience=0.5)
    exchange.hold()


def pours(front, data):
    def script(exchange):
        exchange.request().answer = claims(front)
        exchange.send(front)
        exchange.pour(data)

    return script


def answers_ahead(exchange):
    """Answers the first request twice over and the next one not at all: the second answer is nobody's, unless the next request
    was on its way by then. HTTP/1.1 cannot tell whose answer it is."""
    exchange.request().answer = "accepted"
    exchange.send(OK)
    exchange.pause(0.05)
    exchange.send(OK)
    is_crossed = exchange.has_bytes(within=0.02)
    exchange.request().answer = "accepted" if is_crossed else None
    exchange.hold()


def answers_too_much(exchange):
    """Says more than the length that it named: what is over is nobody's answer."""
    receipt = exchange.request()
    receipt.answer = "accepted"
    exchange.send(OK + OK)
    exchange.request()
    exchange.hold()


def bomb():
    """A hundred megabytes of nothing, in a hundred kilobytes."""
    packed = gzip.compress(bytes(100 << 20), compresslevel=6)
    head = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-type: text/html\r\ncontent-length: %d\r\n\r\n" % len(packed)
    return replies(head + packed, then="hold")


def all_faults():
    """Every fault but those that are about names, by what it is about."""
    chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
    block = b"4000\r\n" + b"x" * 0x4000 + b"\r\n"
    longer = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nok"
    lost = f"^{UNKNOWN}"
    broken = f"^({UNKNOWN}|{UNSENT})"
    yes = "^status 200$"
    return {
        "connections that break": [
            Fault("reset-accept", "resets at accept", reset_at_once, broken),
            Fault("reset-head", "resets after the request's head", reset_after_head, lost),
            Fault("reset-body", "resets in the middle of the request's body", reset_in_request_body, lost, buffer=2048),
            Fault("reset-reply", "resets before the reply", reset_before_reply, lost),
            Fault("reset-status", "resets in the status line", replies(b"HTTP/1.1 2", "reset"), lost),
            Fault("reset-headers", "resets in the reply's headers", replies(b"HTTP/1.1 200 OK\r\ncontent-le", "reset"), lost),
            Fault("reset-in-reply", "resets in the reply's body", replies(longer, "reset"), lost),
            Fault("reset-error", "resets in the body of a 500", replies(longer.replace(b"200 OK", b"500 No"), "reset"),
                  "^status 500$"),
            Fault("close-reply", "closes before the reply", replies(b"", "close"), lost),
        ],
        "times": [
            Fault("deaf", "has a full queue of connections", hangs, f"^{UNSENT}.*(time|Time)", is_deaf=True),
            Fault("hang", "takes the request and never answers", hangs, lost),
            Fault("slow-headers", "sends a byte of its headers a second", replies(b"HTTP/1.1 200 OK\r\nx-long: " + b"y" * 600,
                  "hold", interval=1), lost),
            Fault("slow-body", "sends a byte of its body a second", replies(longer + b"z" * 600, "hold", interval=1), lost),
            Fault("slow-error", "sends a byte of a 500's body a second", replies(longer.replace(b"200 OK", b"500 No") + b"z" * 600,
                  "hold", interval=1), f"^status 500$|{lost}"),
            Fault("slow-read", "reads the request a little at a time", reads_slowly, lost, buffer=2048),
            Fault("interim", "says 100 Continue for ever", pours(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 50), lost),
        ],
        "too much": [
            Fault("endless-body", "sends a body without an end", pours(chunked, block), yes, delivered=True),
            Fault("endless-error", "sends a 500's body without an end", pours(chunked.replace(b"200 OK", b"500 No"), block),
                  "^status 500$"),
            Fault("endless-headers", "sends headers without an end", pours(b"HTTP/1.1 200 OK\r\n", b"x-more: yes\r\n" * 500),
                  yes, delivered=True),
            Fault("one-header", "sends one header without an end", pours(b"HTTP/1.1 200 OK\r\nx-more: ", b"y" * 4096), lost),
            Fault("bomb", "sends a gzip bomb", bomb(), yes, delivered=True),
        ],
        "broken replies": [
            Fault("no-body", "sends a status line, no headers, no body", replies(b"HTTP/1.1 200 OK\r\n\r\n"), yes, delivered=True),
            Fault("status-only", "closes behind the status line", replies(b"HTTP/1.1 200 OK\r\n"), f"{lost}|{yes}", delivered=True),
            Fault("too-long", "names a longer length than it sends, and closes", replies(longer), yes, delivered=True),
            Fault("too-long-held", "names a longer length than it sends, and waits", replies(longer, "hold"), lost),
            Fault("too-short", "names a shorter length than it sends", answers_too_much, f"{lost}|{yes}", delivered=True),
            Fault("ahead", "answers a request that was not made yet", answers_ahead, f"{lost}|{yes}", delivered=True),
            Fault("two-lengths", "names two lengths", replies(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 9\r\n\r\nok"),
                  f"{lost}|{yes}", delivered=True),
            Fault("bad-length", "names a length that is no number", replies(b"HTTP/1.1 200 OK\r\ncontent-length: -2\r\n\r\nok"),
                  lost),
            Fault("bad-chunk", "sends a chunk of no size", replies(chunked + b"zz\r\nok\r\n"), lost),
            Fault("huge-chunk", "sends a chunk of 2^70 bytes", replies(chunked + b"40000000000000000\r\nok\r\n"), lost),
            Fault("garbage", "sends bytes that are not HTTP", replies(bytes(range(256)) * 4), lost),
            Fault("old-http", "answers as HTTP/0.9 did", replies(b"ok, thank you\n"), lost),
            Fault("other-protocol", "greets like another protocol", replies(b"SSH-2.0-OpenSSH_9.2\r\n", "hold"), lost),
            Fault("status-0", "answers with status 000", replies(b"HTTP/1.1 000 No\r\ncontent-length: 0\r\n\r\n"), lost),
            Fault("switch", "answers 101 and speaks on", replies(b"HTTP/1.1 101 Switching\r\nupgrade: x\r\n\r\nok", "hold"), lost),
        ],
        "refusals": [
            Fault("redirect", "answers 307 to another place", refuses(b"307 Over There", b"location: /elsewhere?token=1\r\n"),
                  "^status 307 redirects to .*; redirects are not followed$"),
            Fault("not-found", "answers 404", refuses(b"404 Not Found"), "^status 404$"),
            Fault("unwell", "answers 503", refuses(b"503 Unwell"), "^status 503$"),
            Fault("absurd-wait", "answers 503 and asks for 300,000 years", refuses(b"503 Wait", b"retry-after: 9999999999999\r\n"),
                  "^status 503$"),
            Fault("throttled", "answers 429 for an hour", refuses(b"429 Enough", b"retry-after: 3600\r\n"), "^status 429"),
            Fault("gone", "answers 410", refuses(b"410 Gone"), "^status 410"),
        ],
        "TLS": [
            Fault("tls-expired", "shows a certificate that has expired", hangs, f"^{UNSENT}.*expired", tls="expired"),
            Fault("tls-early", "shows a certificate that is not valid yet", hangs, f"^{UNSENT}.*not yet valid", tls="early"),
            Fault("tls-host", "shows another host's certificate", hangs, f"^{UNSENT}.*(match|subject)", tls="other-host"),
            Fault("tls-self", "shows a certificate that it signed itself", hangs, f"^{UNSENT}.*self.signed", tls="self"),
            Fault("tls-foreign", "shows an unknown authority's certificate", hangs, f"^{UNSENT}.*certificate", tls="foreign"),
            Fault("tls-old", "speaks TLS 1.1 only", hangs, f"^{UNSENT}", tls="old"),
            Fault("tls-plain", "speaks plain http on a TLS port", speaks_plainly, f"^{UNSENT}", tls="mute"),
            Fault("tls-asked-plainly", "speaks TLS and is sent plain http", hangs, f"^{UNKNOWN}", tls="sound", scheme="http"),
            Fault("tls-mute", "accepts and never shakes hands", mute_from_the_start, f"^{UNSENT}.*(time|Time)", tls="mute"),
            Fault("tls-reset", "resets in the handshake", reset_at_once, f"^{UNSENT}", tls="mute"),
            Fault("tls-cut", "closes a TLS connection in the reply without a goodbye", replies(longer), f"{lost}|{yes}",
                  delivered=True, tls="sound"),
        ],
    }


def name_faults():
    """What names do. `Names` says what they mean."""
    return [
        Fault("no-name", "has a name that does not exist", hangs, f"^{UNSENT}.*resolve", host="missing.test", is_barred=True),
        Fault("mute-name", "has a name whose server never answers", hangs, f"^{UNSENT}.*(resolv|Resolv|time)",
              host="mute.test", is_barred=True),
        Fault("private-name", "has a name of a private address", hangs, r"resolves to 127\.0\.0\.2 \(loopback\): add",
              host="private.test", is_barred=True),
        Fault("fifty-private", "has a name of fifty private addresses", hangs, "resolves to .*: add",
              host="fifty-private.test", is_barred=True),
        Fault("fifty-one-sound", "has a name of fifty addresses, one of which answers", refuses(b"503 Unwell"),
              "^status 503$", host="fifty.test"),
        Fault("fifty-mute", "has a name of fifty addresses that never answer", hangs, f"^{UNSENT}.*(time|Time)",
              host="fifty-mute.test", is_deaf=True),
        Fault("rebound", "has a name that turns to a private address", hangs, r"resolves to 127\.0\.0\.2 \(loopback\): add",
              host="rebound.test", is_barred=True),
    ]
