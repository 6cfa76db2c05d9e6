"""A platform that passes calls on to the simulator and, while it is told to, spoils what comes back."""

import http.client
import json
import socket
import struct
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Call:
    """One `chat/get` with the true answer to it, and the connection that waits for one."""

    def __init__(self, handler, platform, chat, body):
        self.handler = handler
        self.platform = platform
        self.chat = chat
        self.body = body

    @property
    def answer(self):
        return json.loads(self.body)

    def say(self, body, status=200, headers=(), length=None):
        """A reply; `length` is what it says its length is, where that is not true."""
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        lines = [f"HTTP/1.1 {status} Scripted", "content-type: application/json", *headers]
        lines.append(f"content-length: {len(body) if length is None else length}")
        self.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    def write(self, data):
        self.handler.connection.sendall(data)

    def edited(self, **fields):
        """The true answer with some fields of the group as given; None takes one out."""
        answer = self.answer
        for name, value in fields.items():
            if value is None:
                answer["chat_info"].pop(name, None)
            else:
                answer["chat_info"][name] = value
        return answer

    def wait(self, seconds):
        """False when the fault is over before."""
        return not self.platform.over.wait(seconds)

    def close(self):
        self.handler.close_connection = True

    def reset(self):
        self.handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.handler.connection.close()
        self.close()


class FaultPlatform:
    """`fault` is a function of a `Call`, or None. Tokens carry a generation: those of an older one have expired."""

    def __init__(self, simulator):
        self.simulator = simulator
        self.fault = None
        self.over = threading.Event()
        self.generation = 0
        self.spoiled = 0
        self.tokens_issued = 0
        self.tokens_refused = 0
        self._lock = threading.Lock()
        platform = self
        host, port = simulator.url.removeprefix("http://").split(":")

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self):
                platform.serve(self)

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

            def handle_error(self, *_):
                # Connections that break in the middle are what this platform is for.
                pass

        self._upstream = (host, int(port))
        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def chats(self):
        return self.simulator.chats()

    def spoil(self, fault):
        self.over.clear()
        self.fault = fault

    def mend(self):
        self.fault = None
        self.over.set()

    def stop(self):
        self.mend()
        self.server.shutdown()
        self.server.server_close()

    def fetch(self, path):
        """What the simulator answers: status and body."""
        connection = http.client.HTTPConnection(*self._upstream, timeout=30)
        try:
            connection.request("GET", path)
            with connection.getresponse() as response:
                return response.status, response.read()
        finally:
            connection.close()

    def serve(self, handler):
        url = urllib.parse.urlsplit(handler.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if url.path == "/gettoken":
            return self._issue(handler)
        token, _, generation = query.get("access_token", "").rpartition(".")
        chat = query.get("chatid", "")
        query["access_token"] = token
        _, body = self.fetch(f"{url.path}?{urllib.parse.urlencode(query)}")
        call = Call(handler, self, chat, body)
        fault = self.fault
        if generation != str(self.generation):
            with self._lock:
                self.tokens_refused += 1
            return call.say(wrapped(42001, "access_token expired"))
        if fault is None:
            return call.say(body)
        with self._lock:
            self.spoiled += 1
        fault(call)

    def path(self, chat):
        """How the simulator is asked about a chat, with a token of its own."""
        _, body = self.fetch("/gettoken?appkey=demo-key&appsecret=demo-secret")
        return f"/chat/get?access_token={json.loads(body)['access_token']}&chatid={chat}"

    def _issue(self, handler):
        _, body = self.fetch(handler.path)
        answer = json.loads(body)
        with self._lock:
            self.tokens_issued += 1
            answer["access_token"] += f".{self.generation}"
        Call(handler, self, "", b"").say(answer)


def wrapped(code, text):
    """A failure as the gateway tells it."""
    return {
        "errcode": 88, "sub_code": str(code), "sub_msg": text, "errmsg": f"ding talk error[subcode={code},submsg={text}]",
        "request_id": "torture",
    }
