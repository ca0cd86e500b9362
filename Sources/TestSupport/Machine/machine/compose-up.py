"""Starts Coolify as its installer does: compose-up.py VERSION"""

import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

import containers  # noqa: E402

try:
    containers.compose_up(sys.argv[1])
except containers.Trouble as trouble:
    sys.exit(str(trouble))
