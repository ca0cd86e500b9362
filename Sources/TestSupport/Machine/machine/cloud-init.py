#!/usr/bin/python3
"""cloud-init's `status`, as /machine/cloud-init.json says it: {"looks": how many it still runs, "code": its exit code}"""

import json
import os
import sys
import time

PATH = "/machine/cloud-init.json"


def main():
    options = sys.argv[2:]
    if sys.argv[1:2] != ["status"] or not set(options) <= {"--wait", "-w", "--long", "-l"}:
        sys.exit(f"cloud-init: error: unrecognized arguments: {' '.join(sys.argv[1:])}")
    told = {"looks": 0, "code": 0}
    if os.path.exists(PATH):
        with open(PATH, encoding="utf-8") as file:
            told.update(json.load(file))
    if {"--wait", "-w"} & set(options):
        while told["looks"] > 0:
            print(".", end="", flush=True)
            time.sleep(0.05)
            told["looks"] -= 1
        print()
    elif told["looks"] > 0:
        told["looks"] -= 1
        save(told)
        print("status: running")
        return 0
    save(told)
    print("status: " + ("error" if told["code"] == 1 else "done"))
    return told["code"]


def save(told):
    with open(PATH + ".new", "w", encoding="utf-8") as file:
        json.dump(told, file)
    os.replace(PATH + ".new", PATH)


sys.exit(main())
