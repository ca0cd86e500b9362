#!/usr/bin/env python3
"""Drives the Python client of BullMQ for the tests: each line of JSON that comes in is answered by one.

The first line names the server and the queue: {"host", "port", "password", "prefix", "queue"}. Every other one is
{"do": …} with what that function of `Driver` takes; the answer is {"is": value} or {"error": text}. It ends with its
standard input.
"""
import asyncio
import inspect
import json
import os
import sys

from bullmq import FlowProducer, Job, Queue, Worker
from bullmq.custom_errors import UnrecoverableError
from bullmq.queue_events import QueueEvents
from bullmq.redis_connection import RedisConnection

# The client never asks the server what it can do, and would begin delayed jobs up to a second late.
RedisConnection.capabilities = {"canBlockFor1Ms": True, "canDoubleTimeout": True}


def shown(value):
    """What JSON has no word for, in words of its own."""
    if isinstance(value, Job):
        names = ("id", "name", "data", "opts", "returnvalue", "failedReason", "attemptsMade", "progress")
        return {name: getattr(value, name, None) for name in names}
    return str(value)


class Driver:
    def __init__(self, place):
        # Without a limit of its own: the standard one is as long as an idle worker waits for a job.
        connection = {name: place[name] for name in ("host", "port", "password")} | {"socket_timeout": None}
        self.name = place["queue"]
        self.options = {"connection": connection, "prefix": place["prefix"]}
        self.theirs = Queue(self.name, self.options)
        self.worker = Worker(self.name, None, self.options | {"autorun": False, "lockDuration": 30000})
        self.tokens = {}

    async def queue(self, call, arguments):
        return await self.result(getattr(self.theirs, call)(*arguments))

    async def scripts(self, call, arguments):
        return await self.result(getattr(self.worker.scripts, call)(*arguments))

    async def job(self, id, call, arguments):
        return await self.result(getattr(await Job.fromId(self.theirs, id), call)(*arguments))

    async def look(self, id):
        return await Job.fromId(self.theirs, id)

    async def children(self, id):
        return await (await Job.fromId(self.theirs, id)).getChildrenValues()

    async def flow(self, tree):
        producer = FlowProducer(self.options["connection"], {"prefix": self.options["prefix"]})
        await producer.add(tree)
        await producer.close()

    async def take(self, token):
        job = await self.worker.moveToActive(token)
        if job:
            self.tokens[job.id] = (job, token)
        return job

    async def complete(self, id, value):
        # As a worker does it: in version 5 the job's own method makes JSON of JSON.
        job, token = self.tokens[id]
        await self.worker.scripts.moveToCompleted(job, value, job.opts.get("removeOnComplete", False), token, False)

    async def fail(self, id, why, isFinal):
        job, token = self.tokens[id]
        await job.moveToFailed(UnrecoverableError(why) if isFinal else Exception(why), token)

    async def work(self, ends):
        """A real worker until so many turns have ended: data says how, as `fails`, `never` or `gives`."""
        told, enough = [], asyncio.Event()

        async def process(job, token):
            rule = job.data if isinstance(job.data, dict) else {}
            if "never" in rule:
                raise UnrecoverableError(rule["never"])
            if job.attemptsMade < rule.get("fails", 0):
                raise Exception("Not yet.")
            return rule.get("gives")

        def tell(how):
            def ended(job, value):
                told.append({"end": how, "value": value, "job": job})
                if len(told) >= ends:
                    enough.set()
            return ended

        worker = Worker(self.name, process, self.options | {"autorun": False, "drainDelay": 1})
        worker.on("completed", tell("completed"))
        worker.on("failed", tell("failed"))
        worker.on("error", lambda *words: print(*words, file=sys.stderr))
        running = asyncio.ensure_future(worker.run())
        await enough.wait()
        await worker.close(force=True)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        return told

    async def events(self, last):
        """All events from the first one to the first of the kind `last`, as the client's own reader understands them."""
        told, enough = [], asyncio.Event()
        reader = QueueEvents(self.name, self.options | {"lastEventId": "0", "autorun": False, "blockingTimeout": 100})
        for name in ("added", "waiting", "delayed", "active", "progress", "completed", "failed", "stalled", "paused",
                     "resumed", "removed", "retries-exhausted", "deduplicated", "duplicated"):
            def tell(fields, id, name=name):
                told.append({"event": name} | fields)
                if name == last:
                    enough.set()
            reader.on(name, tell)
        running = asyncio.ensure_future(reader.run())
        await enough.wait()
        await reader.close()
        await asyncio.gather(running, return_exceptions=True)
        return told

    @staticmethod
    async def result(value):
        return await value if inspect.isawaitable(value) else value


async def main():
    driver = Driver(json.loads(sys.stdin.readline()))
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"is": await getattr(driver, request.pop("do"))(**request)}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer, default=shown), flush=True)
    # The connections end with the process, without complaints of who would have closed them.
    os._exit(0)


asyncio.run(main())
