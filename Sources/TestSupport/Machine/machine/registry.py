"""The container registry of the machine on port 5000: Debian's docker-registry with one small image."""

import crypt
import gzip
import hashlib
import io
import json
import os
import tarfile
import urllib.request

from work import basic

REPOSITORY = "anna/price-monitoring-agent"
MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
FOLDER = "/var/lib/registry-of-a-test"
SETTINGS = """\
version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage:
  filesystem: {rootdirectory: %s}
  delete: {enabled: true}
http: {addr: ":5000"}
"""
LOGIN = """\
auth:
  htpasswd: {realm: registry, path: /etc/registry.htpasswd}
"""


def start(settings, spawn):
    os.makedirs(FOLDER)
    text = SETTINGS % FOLDER
    if settings.get("user"):
        text += LOGIN
        set_login(settings["user"], settings["password"])
    with open("/etc/registry.yml", "w", encoding="utf-8") as file:
        file.write(text)
    return spawn("docker-registry", "serve", "/etc/registry.yml", log="registry")


def set_login(user, password):
    """From the next request on, for it reads the file when it changes."""
    hashed = crypt.crypt(password, crypt.mksalt(crypt.METHOD_BLOWFISH, rounds=16))
    with open("/etc/registry.htpasswd", "w", encoding="utf-8") as file:
        file.write(f"{user}:{hashed}\n")


def ask(method, address, settings, body=None, kind=None):
    request = urllib.request.Request(address, method=method, data=body)
    if kind:
        request.add_header("Content-Type", kind)
    if settings.get("user"):
        request.add_header("Authorization", "Basic " + basic(settings["user"], settings["password"]))
    with urllib.request.urlopen(request, timeout=120) as answer:
        return answer.headers


def fill(settings):
    """Tag → digest."""
    return {tag: push(tag, settings) for tag in ("latest", "dev")}


def push(tag, settings, words=None):
    """An image whose content is `words`, by the registry's own calls; its digest."""
    base = f"http://127.0.0.1:5000/v2/{REPOSITORY}"

    def upload(content):
        digest = "sha256:" + hashlib.sha256(content).hexdigest()
        place = ask("POST", f"{base}/blobs/uploads/", settings, b"")["Location"]
        ask("PUT", f"{place}{'&' if '?' in place else '?'}digest={digest}", settings, content, "application/octet-stream")
        return digest
    tarred = io.BytesIO()
    with tarfile.open(fileobj=tarred, mode="w") as archive:
        text = (words or f"The image of the tag {tag}.\n").encode()
        entry = tarfile.TarInfo("readme")
        entry.size = len(text)
        archive.addfile(entry, io.BytesIO(text))
    layer = gzip.compress(tarred.getvalue(), mtime=0)
    config = json.dumps({
        "architecture": "amd64", "os": "linux", "config": {"Entrypoint": ["/usr/local/bin/host"]},
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(tarred.getvalue()).hexdigest()]}}).encode()
    manifest = json.dumps({
        "schemaVersion": 2, "mediaType": MANIFEST,
        "config": {"mediaType": "application/vnd.docker.container.image.v1+json", "size": len(config),
                   "digest": upload(config)},
        "layers": [{"mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip", "size": len(layer),
                    "digest": upload(layer)}]}).encode()
    return ask("PUT", f"{base}/manifests/{tag}", settings, manifest, MANIFEST)["Docker-Content-Digest"]
