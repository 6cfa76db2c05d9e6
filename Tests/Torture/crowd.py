"""The processes of many events, seen from the test: the sink and the mill, and sockets that never answer."""

import json
import pathlib
import socket
import subprocess
import sys
import threading

from Torture import mill

HERE = pathlib.Path(__file__).resolve().parent


class Sink:
    """See sink.py. It listens once it is told to."""

    def __init__(self, stall=0):
        self.process = subprocess.Popen(
            [sys.executable, HERE / "sink.py", "--stall", str(stall)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = self.tell("open")["port"]

    def tell(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def url(self, name):
        return f"http://127.0.0.1:{self.port}/{name}"

    def stop(self):
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


class Mill:
    """See mill.py: a platform for a `Stage`."""

    def __init__(self, chats, polls):
        self.process = subprocess.Popen([sys.executable, HERE / "mill.py", str(polls)], stdout=subprocess.PIPE, text=True)
        self.url = f"http://127.0.0.1:{int(self.process.stdout.readline())}"
        self._chats = [mill.identity(number) for number in range(chats)]
        self.events = chats * (1 + polls * mill.EVENTS)

    def chats(self):
        return self._chats

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Hole:
    """Takes every connection and never says a word."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}/hole"
        self.connections = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                self.connections.append(self.listener.accept()[0])
            except OSError:
                return

    def stop(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for connection in self.connections:
            connection.close()
