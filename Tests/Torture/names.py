"""What names mean to one process: a hosts file and a name server of its own, in a mount namespace of its own."""

import os
import pathlib
import shlex
import socket
import struct
import threading


class Names:
    """`hosts` maps names to lists of addresses. Other names: those in `mute` get no answer at all, the rest do not exist.
    What `hosts` says can be changed while a process runs."""

    def __init__(self, directory, hosts, mute=()):
        self.directory = pathlib.Path(directory) / "names"
        self.directory.mkdir()
        self.mute = set(mute)
        self.asked = []
        self.hosts = {}
        self.change(hosts)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.address = self._bind()
        (self.directory / "resolv.conf").write_text(f"nameserver {self.address}\noptions timeout:30 attempts:1\n")
        (self.directory / "nsswitch.conf").write_text("hosts: files dns\n")
        threading.Thread(target=self._answer, daemon=True).start()

    @property
    def wrapper(self):
        """The command line that starts a program for which these names hold."""
        folder = shlex.quote(str(self.directory))
        script = "".join(
            f"mount --bind {folder}/{name} /etc/{name} && " for name in ("hosts", "resolv.conf", "nsswitch.conf")
        )
        root = [] if os.geteuid() == 0 else ["--map-root-user"]
        return ["unshare", "--mount", *root, "sh", "-c", script + 'exec "$@"', "sh"]

    def change(self, hosts):
        """Written over the old file, which is the one that is mounted."""
        self.hosts.update(hosts)
        lines = [f"{address} {name}\n" for name, addresses in self.hosts.items() for address in addresses]
        with (self.directory / "hosts").open("w") as file:
            file.write("127.0.0.1 localhost\n" + "".join(lines))

    def stop(self):
        self._socket.close()

    def _bind(self):
        # Name servers are asked at port 53; of the loopback addresses one is free.
        for last in range(2, 255):
            try:
                self._socket.bind((f"127.53.53.{last}", 53))
            except OSError:
                continue
            return f"127.53.53.{last}"
        raise RuntimeError("no address for a name server is free")

    def _answer(self):
        while True:
            try:
                query, sender = self._socket.recvfrom(4096)
            except OSError:
                return
            name = self._name(query)
            self.asked.append(name)
            if name not in self.mute:
                # A response (0x8000) to a recursive question (0x0180) with code 3: no such name.
                self._socket.sendto(query[:2] + struct.pack("!H", 0x8183) + query[4:6] + bytes(6) + query[12:], sender)

    @staticmethod
    def _name(query):
        labels, place = [], 12
        while length := query[place]:
            labels.append(query[place + 1 : place + 1 + length].decode("latin-1"))
            place += 1 + length
        return ".".join(labels)
