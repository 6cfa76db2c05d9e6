"""One connection of a receiver that may misbehave, byte by byte: sockets without a library that would mend what is broken."""

import re
import select
import socket
import struct

OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"


class Gone(Exception):
    """The sender hung up, or the receiver is being stopped."""


class Exchange:
    """What a fault does with a connection. Everything raises `Gone` once there is nobody to do it to."""

    def __init__(self, connection, receiver):
        self.connection = connection
        self.receiver = receiver
        self.sent = 0
        self._waiting = b""

    # What the sender says

    def head(self):
        """The request line and the headers."""
        while b"\r\n\r\n" not in self._waiting:
            self._waiting += self._receive()
        head, self._waiting = self._waiting.split(b"\r\n\r\n", 1)
        return head.decode("latin-1")

    def request(self, patience=None):
        """A whole request: its head and its body, noted as received. With `patience` the body is read a little at a time,
        with a pause of so many seconds between."""
        head = self.head()
        length = int(re.search(r"(?im)^content-length: *(\d+)", head)[1])
        while len(self._waiting) < length:
            if patience:
                self.pause(patience)
            self._waiting += self._receive(256 if patience else 65536)
        body, self._waiting = self._waiting[:length], self._waiting[length:]
        return self.receiver.note(head, body)

    def has_bytes(self, within):
        """Whether something comes in so many seconds."""
        return bool(select.select([self.connection], [], [], within)[0])

    def some_bytes(self):
        self._waiting += self._receive()

    def some_of_the_body(self, count):
        """Reads the head and at least so many bytes behind it."""
        self.head()
        while len(self._waiting) < count:
            self._waiting += self._receive(1024)

    # What it is told

    def send(self, data):
        try:
            self.connection.sendall(data)
        except OSError as error:
            raise Gone() from error
        self.sent += len(data)
        self.receiver.most_sent = max(self.receiver.most_sent, self.sent)

    def trickle(self, data, interval):
        for byte in data:
            self.send(bytes([byte]))
            self.pause(interval)

    def pour(self, data):
        """Again and again, for as long as anybody takes it."""
        while True:
            self.send(data)
            self.pause(0)

    def pause(self, seconds):
        if self.receiver.stopping.wait(seconds):
            raise Gone()

    def hold(self):
        """Says nothing more, for as long as the sender stays."""
        while True:
            self._receive()

    def reset(self):
        """Ends the connection the hard way: the other side sees a reset and no end."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise Gone()

    def close(self):
        raise Gone()

    def _receive(self, count=65536):
        # A stop must reach a thread that waits for somebody who says nothing.
        while not self.receiver.stopping.is_set():
            try:
                data = self.connection.recv(count)
            except TimeoutError:
                continue
            except OSError as error:
                raise Gone() from error
            if not data:
                break
            return data
        raise Gone()


def answer(exchange, status=b"200 OK", headers=b"", body=b"ok"):
    """A sound answer."""
    exchange.send(b"HTTP/1.1 " + status + b"\r\n" + headers + b"content-length: %d\r\n\r\n" % len(body) + body)
