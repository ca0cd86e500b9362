"""Where things lie, and a voice."""
import os, pathlib, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SHARED = pathlib.Path(os.environ.get("SHARED_FOLDER") or ROOT.parent / "shared")
HOST = ROOT / ".build/release/host"


def say(text):
    print("==", text, file=sys.stderr, flush=True)
