"""A real SMTP server for tests: accepts mail on 127.0.0.1 and writes each one down as a line of JSON.

First line on the standard output: {"port": 12345, "certificate": "/…/certificate.pem" or null}. Then one line for
each mail, before it is answered: {"from", "to", "message" (base64 of the bytes as received), "user", "tls", "helo"}.
A line on the standard input lets the next held mail go; the end of the standard input ends the server.
Needs Debian's python3-aiosmtpd, and openssl for --starttls and --tls.
"""

import argparse
import asyncio
import base64
import json
import os
import ssl
import subprocess
import sys
import tempfile

from aiosmtpd.smtp import SMTP, AuthResult


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0, help="where to listen; 0 takes any free port")
    parser.add_argument("--starttls", choices=["no", "offer", "require"], default="no")
    parser.add_argument("--tls", action="store_true", help="speak TLS from the first byte (smtps)")
    parser.add_argument("--login", default="", help="user:password that must be given before mail is taken")
    parser.add_argument("--answer", default="250 2.0.0 Accepted", help="what is said after the mail's last line")
    parser.add_argument("--recipient-answer", default="", help="what is said to every recipient, if not 250")
    parser.add_argument("--delay", type=float, default=0, help="seconds to wait before that answer")
    parser.add_argument("--hold", action="store_true", help="wait for a line on the standard input before that answer")
    parser.add_argument("--spool", default="", help="a file to which each mail's line is appended as well")
    return parser.parse_args()


def certificate(folder):
    """A certificate that nobody but whoever reads its file can trust, made now."""
    certificate, key = os.path.join(folder, "certificate.pem"), os.path.join(folder, "key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
        + ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
        + ["-keyout", key, "-out", certificate],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return certificate, context


class Sink:
    """aiosmtpd calls the handle_… functions by name."""

    def __init__(self, options):
        self.options = options
        self.released = asyncio.Semaphore(0)

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if self.options.recipient_answer:
            return self.options.recipient_answer
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        # An answer other than 2xx means that the mail was not taken: nothing to write down.
        if self.options.answer.startswith("2"):
            line = json.dumps(
                {
                    "from": envelope.mail_from,
                    "to": envelope.rcpt_tos,
                    "message": base64.b64encode(envelope.original_content).decode(),
                    "user": session.auth_data,
                    "tls": session.ssl is not None,
                    "helo": session.host_name,
                }
            )
            if self.options.spool:
                with open(self.options.spool, "a") as spool:
                    spool.write(line + "\n")
            print(line, flush=True)
        if self.options.delay:
            await asyncio.sleep(self.options.delay)
        if self.options.hold:
            await self.released.acquire()
        return self.options.answer

    def authenticate(self, server, session, envelope, mechanism, data):
        user, _, password = self.options.login.partition(":")
        given = (data.login.decode(), data.password.decode())
        return AuthResult(success=given == (user, password), handled=False, auth_data=given[0])


async def listen_to_parent(sink, ended):
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while await reader.readline():
        sink.released.release()
    ended.set()


async def main():
    options = arguments()
    sink, ended = Sink(options), asyncio.Event()
    with tempfile.TemporaryDirectory() as folder:
        file, context = certificate(folder) if options.tls or options.starttls != "no" else (None, None)

        def session():
            return SMTP(
                sink,
                enable_SMTPUTF8=True,
                tls_context=context if options.starttls != "no" else None,
                require_starttls=options.starttls == "require",
                authenticator=sink.authenticate if options.login else None,
                auth_required=bool(options.login),
                # With TLS from the first byte aiosmtpd does not know that it is there.
                auth_require_tls=options.starttls == "require",
                loop=asyncio.get_running_loop(),
            )

        server = await asyncio.get_running_loop().create_server(
            session, "127.0.0.1", options.port, ssl=context if options.tls else None
        )
        print(json.dumps({"port": server.sockets[0].getsockname()[1], "certificate": file}), flush=True)
        parent = asyncio.create_task(listen_to_parent(sink, ended))
        await ended.wait()
        server.close()
        parent.cancel()


asyncio.run(main())
