"""The web server that the installer is fetched from, on port 8089 of the machine only."""

import os
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

FOLDER = os.path.join(os.path.dirname(os.path.realpath(__file__)), "downloads")


class Downloads(SimpleHTTPRequestHandler):
    def __init__(self, *arguments):
        super().__init__(*arguments, directory=FOLDER)


ThreadingHTTPServer(("127.0.0.1", 8089), Downloads).serve_forever()
