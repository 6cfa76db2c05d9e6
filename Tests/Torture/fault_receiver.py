"""A receiver on a port of its own that misbehaves in one way until it is mended, and keeps book of what it took in."""

import json
import re
import socket
import ssl
import threading

from standardwebhooks import Webhook

from Torture import exchange
import harness


class Receipt:
    """A request that arrived whole. `answer` is what the receiver had told about it when it was done: `accepted` or `refused`
    in full, or nothing that the sender could rely on."""

    def __init__(self, identity, event, body):
        self.identity = identity
        self.event = event
        self.body = body
        self.answer = None


class FaultReceiver:
    """Counts connections and requests. `fault` is a function of an `Exchange`, called for each connection until `mend()`."""

    def __init__(self, fault, context=None, mended_context=None, buffer=None, is_deaf=False):
        """`context` and `mended_context`: of TLS, before and after. `buffer`: bytes that wait unread at most. `is_deaf`: leaves
        connections in the queue, which is full."""
        self.fault = fault
        self.context = context
        self.mended_context = mended_context
        self.stopping = threading.Event()
        self.is_faulty = fault is not None
        self.receipts = []
        self.forged = []
        self.connections = 0
        self.most_sent = 0
        self._lock = threading.Lock()
        self._webhook = Webhook(harness.SECRET)
        self._sockets = set()
        self._fillers = []
        self._is_listening = threading.Event()
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if buffer:
            self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        # One that is deaf is so at every loopback address.
        self.listener.bind(("0.0.0.0" if is_deaf else "127.0.0.1", 0))
        self.listener.listen(0 if is_deaf else 256)
        self.port = self.listener.getsockname()[1]
        if is_deaf:
            self._fill()
        else:
            self._is_listening.set()
        threading.Thread(target=self._accept, daemon=True).start()

    def mend(self):
        """Answers soundly from now on, and hangs up on whoever was being treated badly."""
        self.is_faulty = False
        for each in self._fillers:
            each.close()
        self._is_listening.set()
        self.hang_up()

    def stop(self):
        self.stopping.set()
        self._is_listening.set()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.hang_up()

    def note(self, head, body):
        identity = re.search(r"(?im)^webhook-id: *(\S+)", head)[1]
        headers = dict(re.findall(r"(?im)^(webhook-[a-z]+): *(.+?)\r?$", head))
        receipt = Receipt(identity, json.loads(body), body)
        with self._lock:
            try:
                self._webhook.verify(body, headers)
            except Exception as error:  # Whatever a foreign verifier objects to is the finding.
                self.forged.append(f"{identity}: {error!r}")
            self.receipts.append(receipt)
        return receipt

    def book(self):
        with self._lock:
            return list(self.receipts)

    def hang_up(self):
        with self._lock:
            sockets = list(self._sockets)
        for each in sockets:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # It is closed already.

    def _fill(self):
        """Connections beyond those that the queue holds stay unanswered, and so do all that come after them."""
        for _ in range(4):
            each = socket.socket()
            each.setblocking(False)
            each.connect_ex(("127.0.0.1", self.port))
            self._fillers.append(each)

    def _accept(self):
        self._is_listening.wait()
        while not self.stopping.is_set():
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with self._lock:
            self.connections += 1
            self._sockets.add(connection)
        raw = connection
        try:
            is_faulty = self.is_faulty
            connection.settimeout(0.5)
            context = self.context if is_faulty else self.mended_context
            if context:
                connection = context.wrap_socket(connection, server_side=True)
                connection.settimeout(0.5)
            with_sender = exchange.Exchange(connection, self)
            if is_faulty:
                self.fault(with_sender)
                return
            while True:
                receipt = with_sender.request()
                receipt.answer = "accepted"
                exchange.answer(with_sender)
        except (exchange.Gone, ssl.SSLError, OSError):
            pass  # Whatever ends a connection is what these receivers are about.
        finally:
            with self._lock:
                self._sockets.discard(raw)
            connection.close()
