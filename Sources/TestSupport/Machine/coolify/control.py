"""What a test tells the fake: control.json in its folder, read again at each request."""

import json
import os

STANDARD = {
    # [{id, method, path (a pattern), times, how: answer | lostBefore | lostAfter | hang, status, body, headers}]
    "troubles": [],
    # Requests a minute and user.
    "rateLimit": 200,
    # How many looks at the API, or at Docker, a kind of work takes.
    "looks": {"database": 2, "deployment": 2, "deletion": 1, "backup": 1, "status": 1},
    # How long it takes besides.
    "seconds": {},
    # Name → {"tags": […], "digests": ["sha256:…"]}; null: each image is there.
    "images": None,
    # Whether images on plain registries are asked for, as Docker would.
    "pulls": False,
    # Names, ids, or tags of applications that never get healthy.
    "neverHealthy": [],
    # Names of databases whose container does not come before they are started by hand.
    "lazyDatabases": [],
    # Names of databases that never run.
    "deadDatabases": [],
    "diskFull": False,
    # Another one than was asked for.
    "version": None,
    # How many looks until /api/health answers; -1: it never does.
    "healthAfter": 0,
    "queueLimit": 25,
    # Whether each environment variable of an application gets a copy for previews, which Coolify's lists show too.
    "previewCopies": True,
    # Whether containers really run: {}; null: they are only said to.
    "runtime": None,
}


def read(folder):
    try:
        with open(os.path.join(folder, "control.json"), encoding="utf-8") as file:
            told = json.load(file)
    except FileNotFoundError:
        told = {}
    unknown = set(told) - set(STANDARD)
    if unknown:
        raise ValueError(f"control.json has {sorted(unknown)}, which nobody knows.")
    return {**STANDARD, **told, "looks": {**STANDARD["looks"], **told.get("looks", {})}}
