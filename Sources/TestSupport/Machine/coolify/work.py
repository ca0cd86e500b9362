"""What Coolify does after it has answered: databases, deployments, deletions and backups, each of which takes some looks.

A rolling update keeps the old container until the new one is healthy, where health checks are on and nothing stands
against two containers at once.
"""

import base64
import json
import os
import re
import time
import urllib.error
import urllib.request

from store import new_uuid, now

BUSY = ("queued", "in_progress")
# What a client may list of an image, as Docker says it.
MANIFESTS = ", ".join((
    "application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.docker.distribution.manifest.v2+json"))


class Failed(Exception):
    """Why a deployment failed, in Docker's words."""


class Work:
    def __init__(self, store, control, docker_config="/root/.docker/config.json", backups=None, runtime=None):
        self.store, self.control = store, control
        self.docker_config, self.backups, self.runtime = docker_config, backups, runtime

    def begin(self, kind, target, **fields):
        self.store.add("job", {
            "work": kind, "target": target, "looks": self.control["looks"].get(kind, 1),
            "due": time.time() + self.control["seconds"].get(kind, 0), **fields})

    def tick(self):
        """One look: brings everything nearer to its end."""
        for job in self.store.all("job"):
            job["looks"] -= 1
            if job["looks"] > 0 or time.time() < job["due"]:
                self.store.save(job)
                continue
            self.store.remove(job)
            getattr(self, "end_" + job["work"])(job)
        self.next_deployments()

    # Databases

    def start_database(self, database):
        database.update(status="starting:unknown", started_at=now())
        self.store.save(database)
        self.begin("database", database["uuid"])

    def end_database(self, job):
        database = self.store.find("database", job["target"])
        if not database or not database["status"].startswith("starting"):
            return
        if database["name"] in self.control["lazyDatabases"] and not database.get("_touched"):
            database["status"] = "exited:unhealthy"
        elif database["name"] in self.control["deadDatabases"] or self.control["diskFull"]:
            database["status"] = "exited:unhealthy"
        else:
            if not self.store.all("volume", name=database["_volume"]):
                self.store.add("volume", {"name": database["_volume"], "owner": database["uuid"]})
            if self.runtime:
                self.runtime.start_database(database)
                self.begin("readiness", database["uuid"])
                return
            database["status"] = "running:healthy"
        self.store.save(database)

    def end_readiness(self, job):
        """Of one that really runs."""
        database = self.store.find("database", job["target"])
        if not database or not database["status"].startswith("starting"):
            return
        is_ready = self.runtime.is_ready(database)
        if is_ready is False:
            self.begin("readiness", database["uuid"])
            return
        database["status"] = "running:healthy" if is_ready else "exited:unhealthy"
        self.store.save(database)

    def stop_database(self, database):
        if self.runtime:
            self.runtime.stop(database["uuid"])
        database["status"] = "exited:unhealthy"
        self.store.save(database)

    # Deployments

    def queue(self, application, force=False):
        """The deployment; None where one of this application waits or runs, which a forced one does not mind."""
        mine = self.store.all("deployment", application_uuid=application["uuid"])
        if not force and any(one["status"] in BUSY for one in mine):
            return None
        server = self.store.all("server")[0]
        uuid = new_uuid()
        return self.store.add("deployment", {
            "deployment_uuid": uuid, "application_uuid": application["uuid"],
            "application_id": str(application["id"]), "application_name": application["name"], "status": "queued",
            "commit": "HEAD", "commit_message": None, "force_rebuild": force, "is_api": True, "is_webhook": False,
            "restart_only": False, "rollback": False, "only_this_server": False, "pull_request_id": 0,
            "git_type": None, "server_id": server["id"], "server_name": server["name"], "finished_at": None,
            "deployment_url": f"/project/deployment/{uuid}", "logs": "[]"}, uuid=uuid)

    def waiting(self):
        return [one for one in self.store.all("deployment") if one["status"] in BUSY]

    def next_deployments(self):
        """Two are built at a time; an application never twice at once."""
        places = self.store.all("server")[0]["settings"]["concurrent_builds"]
        running = [one for one in self.waiting() if one["status"] == "in_progress"]
        for one in self.waiting():
            if len(running) >= places:
                return
            if one["status"] != "queued" or any(o["application_uuid"] == one["application_uuid"] for o in running):
                continue
            one["status"] = "in_progress"
            self.say(one, f"Starting deployment of {one['application_name']} to {one['server_name']}.")
            self.begin("deployment", one["uuid"])
            running.append(one)

    def end_deployment(self, job):
        deployment = self.store.find("deployment", job["target"])
        if not deployment or deployment["status"] != "in_progress":
            return
        application = self.store.find("application", deployment["application_uuid"])
        try:
            if not application:
                raise Failed("Error response from daemon: the application is gone")
            self.update(application, deployment)
            # One that really runs is asked for a while.
            if not self.runtime:
                self.settle(deployment, application, True)
        except Failed as failure:
            self.fail(deployment, failure)

    def fail(self, deployment, failure):
        deployment["status"] = "failed"
        self.say(deployment, str(failure), "stderr")
        self.say(deployment, "Deployment failed. Removing the new version of your application.", "stderr")
        deployment["finished_at"] = deployment["updated_at"] = now()
        self.store.save(deployment)

    def update(self, application, deployment):
        """Replaces the container; raises `Failed` where the old one, if there may be two, is kept."""
        name, tag = application["docker_registry_image_name"], application["docker_registry_image_tag"] or "latest"
        image = f"{name}:{tag}"
        self.say(deployment, f"Pulling {image}")
        if self.control["diskFull"]:
            raise Failed("failed to register layer: write /usr/lib: no space left on device")
        digest = self.pull(name, tag)
        variables = self.variables(application)
        has_check = application["health_check_enabled"]
        if has_check and application["health_check_type"] == "http" and not application["ports_exposes"]:
            raise Failed("Health check failed: the container has no port that could be asked.")
        rolls = not (application["ports_mappings"] or application["is_consistent_container_name_enabled"]
                     or "--ip" in (application["custom_docker_run_options"] or ""))
        if not rolls:
            self.say(deployment, "Rolling update is off: stopping the old container first.")
            self.end_container(application)
        suffix = "" if application["is_consistent_container_name_enabled"] else f"-{new_uuid()[:12]}"
        new = {"name": f"{application['uuid']}{suffix}", "image": image, "variables": variables, "health": has_check,
               "digest": digest}
        self.say(deployment, f"Container {new['name']} started.")
        deployment["_new"], deployment["_rolls"] = new, rolls
        self.store.save(deployment)
        if self.runtime:
            self.runtime.start_application(application, new)
            patience = application["health_check_start_period"] \
                + application["health_check_retries"] * application["health_check_interval"]
            self.begin("health", deployment["uuid"], until=time.time() + patience)

    def end_health(self, job):
        """Of one that really runs: asked again and again, until its time is over."""
        deployment = self.store.find("deployment", job["target"])
        application = self.store.find("application", deployment["application_uuid"])
        new = deployment["_new"]
        if not application or deployment["status"] != "in_progress":
            self.runtime.stop(new["name"])
            return
        is_healthy = self.runtime.is_healthy(application, new)
        if is_healthy is False and time.time() < job["until"]:
            self.begin("health", deployment["uuid"], until=job["until"])
            return
        try:
            self.settle(deployment, application, bool(is_healthy))
        except Failed as failure:
            self.fail(deployment, failure)

    def settle(self, deployment, application, is_healthy):
        """The new container takes the old one's place, or is taken away."""
        new, rolls = deployment["_new"], deployment["_rolls"]
        has_check = application["health_check_enabled"]
        tag = new["image"].rpartition(":")[2]
        is_healthy &= not set(self.control["neverHealthy"]) & {application["name"], application["uuid"], tag}
        if has_check and not is_healthy:
            text = self.tail(new)
            if self.runtime:
                self.runtime.stop(new["name"])
            if not rolls:
                application["status"] = "exited:unhealthy"
                self.store.save(application)
            raise Failed(f"New container is not healthy, rolling back to the old container.\n{text}")
        if rolls and application.get("_container"):
            self.end_container(application)
            self.say(deployment, "Removing old containers.")
        application["_container"] = new
        self.store.save(application)
        self.begin("status", application["uuid"], status="running:healthy" if has_check else "running:unknown")
        deployment["status"] = "finished"
        deployment["finished_at"] = deployment["updated_at"] = now()
        self.store.save(deployment)

    def tail(self, container):
        if self.runtime:
            return self.runtime.logs(container["name"])
        return "Healthcheck status: \"unhealthy\" | the probe ended with code 1"

    def end_container(self, application):
        container = application.pop("_container", None)
        if container and self.runtime:
            self.runtime.stop(container["name"])
        self.store.save(application)

    def end_status(self, job):
        application = self.store.find("application", job["target"])
        # What was stopped or removed meanwhile stays so.
        if application and application.get("_container"):
            application.update(status=job["status"], last_online_at=now())
            self.store.save(application)

    def variables(self, application):
        """As the container gets them; a literal that ends its own quotes breaks the file that carries them."""
        found = {}
        for one in self.store.all("variable", owner=application["uuid"], is_preview=False):
            value = one["value"] or ""
            if one["is_literal"] and ("'" in value or "\n" in value):
                raise Failed(f"failed to read .env: unexpected character in variable name near {one['key']!r}")
            if one["is_runtime"]:
                found[one["key"]] = value
        ports = (application["ports_exposes"] or "").split(",")[0]
        given = {"HOST": "0.0.0.0", "COOLIFY_RESOURCE_UUID": application["uuid"], "COOLIFY_BRANCH": "HEAD",
                 "COOLIFY_CONTAINER_NAME": application["uuid"]}
        if ports:
            given["PORT"] = ports
        if application["fqdn"]:
            given["COOLIFY_URL"] = application["fqdn"]
            given["COOLIFY_FQDN"] = re.sub(r"https?://", "", application["fqdn"])
        return {**given, **found}

    def stop_application(self, application):
        self.end_container(application)
        application["status"] = "exited:unhealthy"
        self.store.save(application)

    def say(self, deployment, output, kind="stdout"):
        lines = json.loads(deployment["logs"])
        lines.append({"command": None, "output": output, "type": kind, "timestamp": now(), "hidden": False,
                      "batch": 1, "order": len(lines) + 1})
        deployment["logs"] = json.dumps(lines)
        self.store.save(deployment)

    # Images

    def pull(self, name, tag):
        """The digest of what was pulled, as the registry has it; None where none is asked."""
        known = self.control["images"]
        if known is not None:
            image = known.get(name.removesuffix("@sha256"), {})
            is_there = f"sha256:{tag}" in image.get("digests", []) if name.endswith("@sha256") \
                else tag in image.get("tags", [])
            if not is_there:
                raise Failed(f"Error response from daemon: manifest for {name}:{tag} not found: manifest unknown")
        return self.ask_registry(name, tag) if self.control["pulls"] else None

    def ask_registry(self, name, tag):
        """As Docker: a log-in that the registry does not take any more stands against public images too."""
        registry, _, repository = name.partition("/")
        reference = tag
        if repository.endswith("@sha256"):
            repository, reference = repository.removesuffix("@sha256"), f"sha256:{tag}"
        request = urllib.request.Request(
            f"http://{registry}/v2/{repository}/manifests/{reference}", method="HEAD", headers={"Accept": MANIFESTS})
        login = self.login(registry)
        if login:
            request.add_header("Authorization", f"Basic {login}")
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return response.headers["Docker-Content-Digest"]
        except urllib.error.HTTPError as error:
            if error.code == 401:
                why = "denied: denied" if login else "no basic auth credentials"
                raise Failed(f"Error response from daemon: Head \"{request.full_url}\": {why}") from None
            raise Failed(f"Error response from daemon: manifest for {name}:{tag} not found: manifest unknown") from None
        except OSError as error:
            raise Failed(f"Error response from daemon: Get \"http://{registry}/v2/\": {error}") from None

    def login(self, registry):
        try:
            with open(self.docker_config, encoding="utf-8") as file:
                return json.load(file).get("auths", {}).get(registry, {}).get("auth")
        except FileNotFoundError:
            return None

    # Deletions and backups

    def end_deletion(self, job):
        found = self.store.find(job["resource"], job["target"])
        if not found:
            return
        if self.runtime:
            names = {found["uuid"], (found.get("_container") or {}).get("name")}
            for name in names - {None}:
                self.runtime.stop(name)
        if job["volumes"]:
            for volume in self.store.all("volume", owner=found["uuid"]):
                self.store.remove(volume)
                if self.runtime:
                    self.runtime.remove_volume(volume["name"])
        for kind in ("variable", "storage", "backup"):
            for one in self.store.all(kind, owner=found["uuid"]):
                self.store.remove(one)
        self.store.remove(found)

    def end_backup(self, job):
        backup = self.store.find("backup", job["target"])
        database = backup and self.store.find("database", backup["owner"])
        # One whose database does not run is left out without a word.
        if not database or not database["status"].startswith("running"):
            return
        stamp = int(time.time()) + self.store.count("backups")
        words = f"{database['name'].lower().replace(' ', '-')}-{database['uuid']}"
        name = f"pg-dump-{backup['databases_to_backup'] or database['postgres_db']}-{stamp}.dmp"
        if backup["dump_all"]:
            name = f"pg-dump-all-{stamp}.gz"
        path = f"/data/coolify/backups/databases/root-team-0/{words}/{name}"
        execution = {"backup": backup["uuid"], "filename": path, "size": 0, "message": None, "status": "success"}
        try:
            if self.control["diskFull"]:
                raise OSError("No space left on device")
            if self.backups:
                os.makedirs(os.path.dirname(path), exist_ok=True)
                content = self.runtime.dump(database) if self.runtime else b"PGDMP of a test\n"
                with open(path, "wb") as file:
                    file.write(content)
                execution["size"] = len(content)
        except OSError as error:
            execution.update(status="failed", message=str(error))
        self.store.add("execution", execution)


def basic(user, password):
    """As Docker keeps a log-in."""
    return base64.b64encode(f"{user}:{password}".encode()).decode()
