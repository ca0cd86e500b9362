#!/usr/bin/python3
"""Coolify 4.3.10 for tests: its API, its first account and its database, without a container.

    fake-coolify.py --state FOLDER [--port 8000] [--host 127.0.0.1]

FOLDER has coolify.sqlite (what it remembers), control.json (what a test tells it, see control.py) and requests.jsonl
(each request to the API, a line of JSON). Port 0 is any free one; the first line of the output is the port. It ends
with its standard input where --until-eof is given.

What it does is what Coolify's source, documents and issues say about the calls that a deployer needs; it refuses what
the real one refuses.
"""

import argparse
import os
import sys
import threading

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "coolify"))

from first_account import make_account, make_token, start  # noqa: E402
from server import Coolify  # noqa: E402
from store import Store  # noqa: E402


def make_runtime(told):
    """None where containers are only remembered."""
    if told["runtime"] is None:
        return None
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "machine"))
    from runtime import Runtime
    return Runtime(told["runtime"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("--state", required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--ip", default="127.0.0.1", help="the address that people reach this machine by")
    parser.add_argument("--touches", help="the folder of the points of touches.py")
    parser.add_argument("--docker-config", default="/root/.docker/config.json")
    parser.add_argument("--backups", action="store_true", help="write backups below /data/coolify")
    parser.add_argument("--until-eof", action="store_true")
    parser.add_argument("--admin", metavar="EMAIL", help="makes the first account, as a good installation does")
    parser.add_argument("--token", metavar="PLAIN=ABILITY,…", action="append", default=[], help="of that account")
    parser.add_argument("--environment", metavar="FILE", help="Coolify's .env, read at each start")
    parser.add_argument("--version", default="4.3.10", help="unless control.json says another")
    parser.add_argument("--enabled", action="store_true", help="its API is on from the start")
    options = parser.parse_args()
    options.make_runtime = make_runtime
    server = Coolify((options.host, options.port), options)
    if options.admin:
        make_account(options.state, "root", options.admin)
    if options.environment:
        start(options.state, options.environment)
    for token in options.token:
        plain, _, abilities = token.partition("=")
        make_token(options.state, plain, abilities.split(","))
    if options.enabled:
        with Store(options.state) as store:
            store.sql.execute("update instance_settings set is_api_enabled = 1 where id = 0")
    print(server.server_address[1], flush=True)
    if options.until_eof:
        threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    server.serve_forever()


if __name__ == "__main__":
    main()
