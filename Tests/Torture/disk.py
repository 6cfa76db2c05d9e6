"""File systems that can be filled, and whose power can be cut."""

import filecmp
import functools
import os
import pathlib
import shutil
import subprocess
import tempfile


def mount(*arguments):
    result = subprocess.run(["mount", *map(str, arguments)], capture_output=True, text=True)
    if result.returncode != 0:
        raise OSError(result.stderr.strip().partition("\n")[0])


def unmount(path):
    subprocess.run(["umount", str(path)], check=True)


@functools.cache
def refusal(kind):
    """Why this machine lets nobody have such a disk; None when it does."""
    try:
        with tempfile.TemporaryDirectory() as directory, kind(directory):
            return None
    except (OSError, subprocess.CalledProcessError) as error:
        return f"{kind.__name__}: {error}"


class SmallDisk:
    """A file system in memory that is soon full."""

    def __init__(self, directory, size="4m"):
        self.mounted = pathlib.Path(directory) / "disk"
        self.mounted.mkdir()
        mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", self.mounted)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        unmount(self.mounted)

    def fill(self):
        with open(self.mounted / "ballast", "ab", buffering=0) as file:
            try:
                while file.write(b"\0" * 4096) == 4096:
                    pass
            except OSError:
                pass

    def free(self):
        (self.mounted / "ballast").unlink()


class ImageDisk:
    """ext4 in an image file, mounted by a loop device. What has not been synchronized is not in the image: a copy of it is what a
    power cut would leave."""

    def __init__(self, directory, size=48 << 20):
        self._directory = pathlib.Path(directory)
        self._image = self._directory / "image-0"
        self._cuts = 0
        self.mounted = self._directory / "disk"
        self.mounted.mkdir()
        with open(self._image, "wb") as file:
            file.truncate(size)
        environment = {**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"}
        subprocess.run(["mkfs.ext4", "-q", "-F", str(self._image)], check=True, capture_output=True, env=environment)
        mount("-o", "loop", self._image, self.mounted)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        unmount(self.mounted)

    def photograph(self):
        """A copy of the image as it is. Whoever writes to the disk is stopped; the kernel may still, and then it is taken again."""
        self._cuts += 1
        copy = self._directory / f"image-{self._cuts}"
        while True:
            shutil.copyfile(self._image, copy)
            if filecmp.cmp(self._image, copy, shallow=False):
                return copy

    def replace(self, photograph):
        """Puts the disk of a photograph in this one's place. Nobody has a file of it open."""
        unmount(self.mounted)
        self._image.unlink()
        self._image = photograph
        mount("-o", "loop", self._image, self.mounted)
