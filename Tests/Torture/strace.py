"""Faults put into system calls of the unmodified program."""

import functools
import shutil
import subprocess
import sys


class Strace:
    """strace counts the calls of each thread for itself: the n-th call is the n-th of whichever thread comes to it first."""

    @staticmethod
    @functools.cache
    def refusal():
        """Why nothing can be injected on this machine; None when it can."""
        if not shutil.which("strace"):
            return "strace is not installed"
        result = subprocess.run(
            ["strace", "-D", "-f", "-o", "/dev/null", "-e", "trace=getppid", "-e", "inject=getppid:signal=SIGKILL",
             sys.executable, "-c", "import os; os.getppid()"], capture_output=True, text=True)
        if result.returncode == -9:
            return None
        return f"strace may not inject here: {result.stderr.strip() or result.returncode}"

    @staticmethod
    def wrapper(log, call, fault, when, also=None):
        """A command line that starts the rest of it with a fault in one kind of call. `fault` is `signal=…` or `error=…`, `when`
        is `5`, `5+`, `5+3` as strace has it; `also` is a second kind of call to log. The traced program is the process that is
        started, strace its grandchild. Not with --seccomp-bpf: strace 6.1 then misses its count."""
        calls = f"{call},{also}" if also else call
        return [
            "strace", "-D", "-f", "-qq", "-y", "-s", "0", "-o", str(log), "-e", f"trace={calls}", "-e", "signal=none",
            "-e", f"inject={call}:{fault}:when={when}",
        ]

    @classmethod
    def killing(cls, log, call, when, also=None):
        return cls.wrapper(log, call, "signal=SIGKILL", when, also)
