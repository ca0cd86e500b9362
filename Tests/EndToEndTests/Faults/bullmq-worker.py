#!/usr/bin/env python3
"""A worker of BullMQ that is not ours, on the queue and the database of an installation.

The first line that comes in says where: {"redis": {"host", "port", "password"}, "prefix", "queue", "database", "note",
"concurrency", "lockMilliseconds"}. It answers with what its locks begin with, and works until it is killed or its
standard input ends.

A check is done as another program would do it that is being replaced: it looks at the page by itself, and writes down what
it read under the id of the job, once, whoever else had the job before it or has it now. Other jobs are none of its business.
"""
import asyncio
import json
import os
import re
import sys
import time
from urllib.parse import urlsplit

import psycopg
from bullmq import Worker
from bullmq.redis_connection import RedisConnection

# The client never asks the server what it can do, and would begin delayed jobs up to a second late.
RedisConnection.capabilities = {"canBlockFor1Ms": True, "canDoubleTimeout": True}


async def page(url):
    place = urlsplit(url)
    reader, writer = await asyncio.open_connection("127.0.0.1", place.port)
    writer.write(f"GET {place.path} HTTP/1.1\r\nHost: {place.netloc}\r\nConnection: close\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    body = await reader.readexactly(int(re.search(rb"(?i)content-length: *(\d+)", head)[1]))
    writer.close()
    return body.decode()


class Checker:
    def __init__(self, database, note):
        self.database, self.note = database, note
        self.turn = asyncio.Lock()

    async def check(self, job, token):
        if job.name != "check-price" or await self.is_recorded(job.id):
            return
        begin = time.time()
        euros, cents = re.search(r'"price": "(\d+)\.(\d\d)"', await page(job.data["url"])).groups()
        await self.record(job, int(euros + cents), begin)

    async def is_recorded(self, id):
        async with self.turn:
            found = await self.database.execute("SELECT 1 FROM check_log WHERE job = %s", (id,))
            return await found.fetchone() is not None

    async def record(self, job, minor, begin):
        now = int(time.time() * 1000)
        listing = job.data["listingId"]
        async with self.turn, self.database.transaction():
            # As the other program does it: who writes down a check holds the listing.
            await self.database.execute("SELECT 1 FROM listing WHERE id = %s FOR NO KEY UPDATE", (listing,))
            written = await self.database.execute(
                "INSERT INTO check_log (job, listing_id, at, took_ms, outcome, status, price_minor, currency, standing, note)"
                " VALUES (%s, %s, %s, %s, 'ok', 200, %s, 'EUR', 'accepted', %s) ON CONFLICT (job) DO NOTHING",
                (job.id, listing, now, now - int(begin * 1000), minor, self.note),
            )
            if written.rowcount:
                await self.database.execute(
                    "UPDATE listing SET due_at = %s + interval_ms, queued_until = 0, last_check_at = %s WHERE id = %s",
                    (now, now, listing),
                )


async def main():
    place = json.loads(sys.stdin.readline())
    database = await psycopg.AsyncConnection.connect(place["database"], autocommit=True)
    worker = Worker(place["queue"], Checker(database, place["note"]).check, {
        # Without a limit of its own: the standard one is as long as an idle worker waits for a job.
        "connection": place["redis"] | {"socket_timeout": None},
        "prefix": place["prefix"],
        "concurrency": place["concurrency"],
        "lockDuration": place["lockMilliseconds"],
        "stalledInterval": place["lockMilliseconds"],
        # As often as ours.
        "maxStalledCount": 5,
        "drainDelay": 1,
        "autorun": False,
    })
    worker.on("error", lambda *words: print(*words, file=sys.stderr))
    print(worker.id, flush=True)
    running = asyncio.ensure_future(worker.run())
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    running.cancel()
    # The connections end with the process, without complaints of who would have closed them.
    os._exit(0)


asyncio.run(main())
