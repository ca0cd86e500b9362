#!/usr/bin/python3
"""Stands before a program of its own name, which is the next one on PATH: each run of it is a touch (see touches.py).

The folder is in TEST_TOUCHES. Where the program that called it is killed before, it is not run at all.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "coolify"))

from touches import Touch  # noqa: E402

PR_SET_PDEATHSIG = 1


def die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def main():
    own = os.path.dirname(os.path.abspath(sys.argv[0]))
    folders = [one for one in os.environ.get("PATH", "").split(":") if os.path.abspath(one or ".") != own]
    program = shutil.which(os.path.basename(sys.argv[0]), path=":".join(folders))
    if not program:
        sys.exit(f"{os.path.basename(sys.argv[0])}: command not found behind {own}")
    touch = Touch(os.environ.get("TEST_TOUCHES"))
    if touch.before():
        sys.exit(255)
    running = subprocess.Popen([program, *sys.argv[1:]], preexec_fn=die_with_parent)
    for one in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(one, lambda number, _: running.send_signal(number))
    code = running.wait()
    if touch.after():
        sys.exit(255)
    sys.exit(code if code >= 0 else 128 - code)


main()
