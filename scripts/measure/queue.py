"""The queue in Redis beside BullMQ's Python client, on the same server in one run."""
import contextlib, json, os, subprocess, sys

from .places import ROOT

# scripts/setup test makes it.
PYTHON = ROOT / ".build-bullmq-6/bin/python"

# The official client, processing jobs that do nothing with the concurrency of our worker.
PEER = r"""
import asyncio, json, sys, time
from bullmq import Queue, Worker

url, count = sys.argv[1], int(sys.argv[2])
name = "benchmark-peer"
payload = {"url": "https://shop.example/article/4711", "listingId": "01JDXAMPLE"}

async def main():
    from urllib.parse import urlsplit
    parts = urlsplit(url)
    connection = {"host": parts.hostname, "port": parts.port, "password": parts.password, "socket_timeout": None}
    queue = Queue(name, {"connection": connection})
    options = {"removeOnComplete": True}
    begin = time.monotonic()
    for start in range(0, count, 100):
        await queue.addBulk([{"name": "check-price", "data": payload, "opts": options} for _ in range(100)])
    batched = count / (time.monotonic() - begin)
    done, all_done, first = 0, asyncio.Event(), None

    async def process(job, token):
        nonlocal done, first
        first = first or time.monotonic()
        done += 1
        if done >= count: all_done.set()

    worker = Worker(name, process, {"connection": connection, "concurrency": 32})
    await all_done.wait()
    processed = count / (time.monotonic() - first)
    begin = time.monotonic()
    lanes = 64
    async def lane():
        for _ in range(count // lanes): await queue.add("check-price", payload, options)
    await worker.close()
    await asyncio.gather(*(lane() for _ in range(lanes)))
    single = (count // lanes * lanes) / (time.monotonic() - begin)
    print(json.dumps({"add_batch": batched, "add_single": single, "process": processed}))
    await queue.close()

asyncio.run(main())
"""

FIGURES = [
    ("jobs added, a hundred at a time", "1/s", "add_batch"),
    ("jobs added one by one, 64 at a time", "1/s", "add_single"),
    ("jobs done that do nothing, one worker", "1/s", "process"),
    ("from adding a job to an idle worker's having it, median", "ms", "pick_up_p50"),
    ("the same, 99th percentile", "ms", "pick_up_p99"),
    ("a delayed job is late by, median", "ms", "delayed_p50"),
    ("the same, 99th percentile", "ms", "delayed_p99"),
]


@contextlib.contextmanager
def redis(folder, *options):
    """The address of a server of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield subprocess.run([ROOT / "scripts/redis", "start", folder, *options], check=True, text=True,
                             stdout=subprocess.PIPE).stdout.strip()
    finally:
        subprocess.run([ROOT / "scripts/redis", "stop", folder], check=True)


def queue(table, options, folder):
    # With the options of the program itself, else one would build everything of the other anew.
    subprocess.run(["swift", "build", "--explicit-target-dependency-import-check", "error", "--no-color-diagnostics",
                    "--configuration", "release", "--static-swift-stdlib", "--product", "queue-benchmark"],
                   check=True, cwd=ROOT, stdout=sys.stderr,
                   env=os.environ | {"BENCHMARKS": "1", "SWIFT_DETERMINISTIC_HASHING": "1"})
    program = ROOT / ".build/release/queue-benchmark"
    with redis(folder, "--fast") as url:
        def run(*command):
            return json.loads(subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout)

        ours, peers = [], []
        for _ in range(options.runs):
            ours.append(run(program, url))
            peers.append(run(PYTHON, "-c", PEER, url, "10000"))
    for what, unit, key in FIGURES:
        table.add(what, unit, [one[key] for one in ours])
        if key in peers[0]:
            table.add(f"{what}, BullMQ's Python client", unit, [one[key] for one in peers])
            table.add(f"{what}, ratio", "", [one[key] / peer[key] for one, peer in zip(ours, peers)])
