"""How many messages one worker delivers in a second to a mail server that takes everything at once."""
import asyncio, json, re, sqlite3, threading, time

from .household import account_and_token
from .places import say
from .program import Program, processor_seconds

MESSAGES = 10_000


class Sink:
    """A mail server on a thread of its own; it keeps nothing but when each Message-ID came first."""

    def __init__(self):
        self.arrived, self.copies = {}, 0
        self.loop, ready = asyncio.new_event_loop(), threading.Event()

        def serve():
            asyncio.set_event_loop(self.loop)
            server = self.loop.run_until_complete(asyncio.start_server(self.talk, "127.0.0.1", 0, limit=1 << 20))
            self.port = server.sockets[0].getsockname()[1]
            ready.set()
            self.loop.run_forever()

        threading.Thread(target=serve, daemon=True).start()
        ready.wait()

    async def talk(self, reader, writer):
        def say(line):
            writer.write(line + b"\r\n")

        say(b"220 sink")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                say(b"354 Go on")
                mail = await reader.readuntil(b"\r\n.\r\n")
                key = re.search(rb"^Message-ID: *(.*?)\r$", mail, re.M | re.I)[1]
                self.copies += key in self.arrived
                self.arrived.setdefault(key, time.monotonic())
                say(b"250 Taken")
            elif verb == b"QUIT":
                say(b"221 Bye")
                break
            else:
                say(b"250 sink")
        await writer.drain()
        writer.close()


def fill(path, channel, number):
    """Messages that wait, each with its job, as checks leave them."""
    database, now = sqlite3.connect(path), int(time.time() * 1000)
    for index in range(MESSAGES):
        message, key = f"m{number}{index:024}", f"rule{number}{index:024}.1.{channel}"
        content = {
            "idempotencyKey": key, "kind": "target-price", "subject": f"Lamp {index} is down to €39.00",
            "lines": ["Lamp costs €39.00 at lamps.example. You asked to be told at €40.00 or less."],
            "product": {
                "title": f"Lamp {index}", "url": "https://lamps.example/arc", "site": "lamps.example",
                "price": {"minor": 3900, "currency": "EUR"}, "target": {"minor": 4000, "currency": "EUR"},
                "evidence": "The price was read by the strategy “json-ld” at $.offers.price, 97 % sure."},
            "created": now}
        database.execute(
            "INSERT INTO message (id, channel_id, idempotency_key, subject, content, state, attempts, created_at)"
            " VALUES (?, ?, ?, ?, ?, 'pending', 0, ?)",
            (message, channel, key, content["subject"], json.dumps(content), now))
        database.execute(
            "INSERT INTO job (id, name, payload, state, priority, sequence, ready_at, added_at, attempts, attempts_made,"
            " backoff_base_ms, backoff_limit_ms, backoff_jitter_percent, stalls, deadline_ms)"
            " VALUES (?, 'deliver-message', ?, 'waiting', 0, ?, ?, ?, 23, 0, 5000, 7200000, 20, 0, 300000)",
            (f"deliver-{message}", json.dumps({"messageId": message}), now * 1024 + index, now, now))
    database.commit()
    database.close()


def deliver(table, options, place):
    sink = Sink()
    Program.extra = Program.extra + [f"smtp.url=smtp://127.0.0.1:{sink.port}", "smtp.from=prices@example.org"]
    with Program(place, "first.log") as program:
        token, _ = account_and_token(program)
        body = json.dumps({"plugin": "email", "name": "Mail", "options": {"to": "me@example.org"}})
        status, _, text = program.request("POST", "/api/v1/channels", body, {
            "Authorization": f"Bearer {token}", "Content-Type": "application/json"})
        channel = json.loads(text)["id"]
    database = next(place.glob("*.sqlite"))
    rates, costs = [], []
    for number in range(options.runs):
        fill(database, channel, number)
        before, wanted = len(sink.arrived), len(sink.arrived) + MESSAGES
        with Program(place, f"run-{number}.log") as program:
            while len(sink.arrived) < wanted:
                time.sleep(0.05)
            costs.append(processor_seconds(program.process.pid) / MESSAGES * 1000)
            # Every job ends, and none of them sends a second copy.
            time.sleep(2)
        times = sorted(list(sink.arrived.values())[before:])
        rates.append((MESSAGES - 1) / (times[-1] - times[0]))
        say(f"{len(times)} mails, {sink.copies} second copies")
    table.add(f"messages delivered by mail ({MESSAGES} that wait)", "1/s", rates)
    table.add("processor of the program for one message, its start included", "ms", costs)
    table.add("second copies", "mails", [sink.copies])
