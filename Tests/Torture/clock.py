"""The wall clock of one process, as a test sets it."""

import functools
import pathlib
import shutil
import struct
import subprocess
import tempfile
import time


class Clock:
    # Of the compiled library; removed when Python ends.
    _directory = None

    def __init__(self, directory):
        self._file = pathlib.Path(directory) / "clock"
        self.set(0)

    def set(self, seconds):
        """By how many seconds it differs from the true one, from now on."""
        mode = "r+b" if self._file.exists() else "wb"
        with open(self._file, mode, buffering=0) as file:
            file.write(struct.pack("=q", seconds))

    @property
    def environment(self):
        return {"LD_PRELOAD": str(self._library()), "CLOCK_FILE": str(self._file)}

    @classmethod
    @functools.cache
    def _library(cls):
        compiler = shutil.which("cc") or shutil.which("clang")
        if compiler is None:
            raise OSError("no C compiler")
        cls._directory = tempfile.TemporaryDirectory(prefix="belfry-clock-")
        library = pathlib.Path(cls._directory.name) / "clock.so"
        source = pathlib.Path(__file__).with_name("clock.c")
        subprocess.run(
            [compiler, "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", str(library), str(source)], check=True,
            capture_output=True, text=True)
        return library

    @classmethod
    def refusal(cls):
        """Why no program here can be shown another time; None when one can."""
        with tempfile.TemporaryDirectory() as directory:
            clock = cls(directory)
            clock.set(86_400)
            try:
                shown = subprocess.run(
                    ["date", "+%s"], env=clock.environment, capture_output=True, text=True, check=True).stdout
            except (OSError, subprocess.CalledProcessError) as error:
                return f"no clock can be set: {error}"
        return None if abs(int(shown) - time.time() - 86_400) < 3600 else f"date shows {shown.strip()}"
