"""Receivers and a platform that repeat what they are told, in every way that a server repeats a request."""

import json
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from Torture.fault_platform import FaultPlatform, wrapped


class EchoServer:
    """The first part of a path says how it answers. It remembers the bodies that it got."""

    def __init__(self):
        self.bodies = []
        echo = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                echo.bodies.append(body)
                status, headers, answer = echo.answer(self.path, self.headers, body)
                self.send_response_only(status, f"No {self.path} {self.headers.get('authorization', '')}")
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, path, headers, body):
        url = urllib.parse.urlsplit(path)
        own = [value for name, value in headers.items() if name.lower() not in ("host", "content-length", "content-type")]
        parts = [part for part in url.path.split("/") if part] + [value for _, value in urllib.parse.parse_qsl(url.query)]
        whole = f"POST {path} HTTP/1.1\n{headers}\n".encode() + body
        kind = parts[0]
        if kind == "page":
            return 400, [], b"<html><pre>" + whole + b"</pre></html>"
        if kind == "json":
            return 500, [], json.dumps({"path": path, "headers": dict(headers), "body": body.decode()}).encode()
        if kind == "escaped":
            return 500, [], json.dumps({"url": path, "auth": own}).replace("/", "\\/").encode()
        if kind == "parts":
            return 403, [], ("unknown " + ", bad ".join(parts + own)).encode()
        if kind == "quoted":
            return 404, [], urllib.parse.quote(path, safe="").encode()
        if kind == "redirect":
            return 302, [("location", path + "&again=1")], b""
        if kind == "headers":
            return 401, [("x-echo", " ".join(own)), ("www-authenticate", f'Bearer error="{parts[-1]}"')], b"no"
        if kind == "well":
            return 200, [], whole
        # The services whose verdict is in the body, each refusing in its own way, with the token in the text.
        text = f"the token {parts[-1]} of {path} is not known"
        match kind:
            case "slack":
                return 403, [], text.encode()
            case "discord":
                return 401, [], json.dumps({"message": text, "code": 50027}).encode()
            case "teams":
                return 200, [], f"Webhook message delivery failed: {text}".encode()
            case "feishu":
                return 200, [], json.dumps({"code": 19001, "msg": text}).encode()
            case _:
                return 200, [], json.dumps({"errcode": 300005, "errmsg": text}).encode()


class EchoPlatform(FaultPlatform):
    """Issues a token that can be recognized; `mood` says how it refuses."""

    def __init__(self, simulator, token):
        super().__init__(simulator)
        self.token = token
        self.mood = None

    def serve(self, handler):
        from Torture.fault_platform import Call
        url = urllib.parse.urlsplit(handler.path)
        chat = dict(urllib.parse.parse_qsl(url.query)).get("chatid", "")
        body = self.fetch(self.path(chat))[1] if chat else b"{}"
        call = Call(handler, self, chat, body)
        told = f"refused: {handler.path} ({url.query})"
        match self.mood:
            case "page":
                call.say(f"<html>{told}</html>".encode())
            case "code":
                call.say(wrapped(40014, f"invalid access_token {self.token}") if chat else {"errcode": 40096, "errmsg": told})
            case "text":
                call.say({"errcode": 99999, "errmsg": told})
            case "permission":
                call.say({"errcode": 43007, "errmsg": told})
            case "status":
                call.say(told.encode(), status=502)
            case "redirect":
                call.say(told.encode(), status=302, headers=[f"location: {handler.path}"])
            case "close":
                call.close()
            case _ if url.path == "/gettoken":
                call.say({"errcode": 0, "errmsg": "ok", "access_token": self.token, "expires_in": 7200})
            case _:
                call.say(body)
