#!/usr/bin/python3
"""Docker's `login` and `logout` for tests, as they change $HOME/.docker/config.json; arguments go to $HOME/calls.

The password “wrong” is refused. <https://docs.docker.com/reference/cli/docker/login/>
"""

import base64
import json
import os
import sys

HOME = os.environ["HOME"]
PATH = os.path.join(HOME, ".docker", "config.json")


def main():
    with open(os.path.join(HOME, "calls"), "a", encoding="utf-8") as file:
        file.write(json.dumps(sys.argv[1:]) + "\n")
    os.makedirs(os.path.dirname(PATH), exist_ok=True)
    config = {}
    if os.path.exists(PATH):
        with open(PATH, encoding="utf-8") as file:
            config = json.load(file)
    match sys.argv[1:]:
        case ["login", registry, "--username", user, "--password-stdin"]:
            # It takes one line end away.
            password = sys.stdin.read().removesuffix("\n")
            if password == "wrong":
                sys.exit(f"Error response from daemon: Get \"https://{registry}/v2/\": denied: {password}")
            auth = base64.b64encode(f"{user}:{password}".encode()).decode()
            config.setdefault("auths", {})[registry] = {"auth": auth}
            print("Login Succeeded")
        case ["logout", registry]:
            config.get("auths", {}).pop(registry, None)
        case _:
            sys.exit(f"unknown: {sys.argv[1:]}")
    with open(PATH, "w", encoding="utf-8") as file:
        json.dump(config, file)


main()
