"""The calls of Coolify's API that a deployer needs, as version 4.3.10 answers them: its source's contract is truer than
its OpenAPI document, https://github.com/coollabsio/coolify.

Each function takes a `Call` and returns status and body, or raises `Answer`.
"""

import json
import re
from urllib.parse import urlsplit

import rules
from store import new_uuid, now
from work import BUSY


class Answer(Exception):
    def __init__(self, status, body, headers=None):
        super().__init__(status)
        self.status, self.body, self.headers = status, body, headers or {}


def missing(what):
    return Answer(404, {"message": f"{what} not found."})


def invalid(errors):
    return Answer(422, {"message": "Validation failed.", "errors": errors})


class Call:
    """One request of somebody who may do it."""

    def __init__(self, store, work, control, query, headers, text, token, version):
        self.version = version
        self.store, self.work, self.control = store, work, control
        self.query, self.headers, self.text, self.token = query, headers, text, token

    def body(self, table, required=()):
        """The body, where all of it may be taken."""
        if "json" not in self.headers.get("content-type", ""):
            raise Answer(400, {"message": "Invalid request.", "error": "Content-Type must be application/json."})
        try:
            body = json.loads(self.text)
        except ValueError:
            raise Answer(400, {"message": "Invalid request.", "error": "Invalid JSON."}) from None
        if not body or not isinstance(body, dict):
            raise Answer(400, {"message": "Invalid request.", "error": "Empty JSON."})
        if table is not None and (errors := rules.faults(body, table, required)):
            raise invalid(errors)
        return body

    @property
    def sees_secrets(self):
        return bool({"root", "*", "read:sensitive"} & set(self.token["abilities"]))

    def flag(self, name, standard):
        value = self.query.get(name)
        return standard if value is None else value.lower() in ("1", "true", "on", "yes")

    def must(self, kind, uuid, what):
        found = self.store.find(kind, uuid)
        if not found:
            raise missing(what)
        return found

    def shown(self, data, secret=()):
        return {name: value for name, value in data.items()
                if not name.startswith("_") and (self.sees_secrets or name not in secret)}


# The instance

def enable(call):
    if call.token["team"] != "0":
        raise Answer(403, {"message": "You are not allowed to enable the API."})
    call.store.sql.execute("update instance_settings set is_api_enabled = 1 where id = 0")
    return 200, {"message": "API enabled."}


def disable(call):
    if call.token["team"] != "0":
        raise Answer(403, {"message": "You are not allowed to disable the API."})
    call.store.sql.execute("update instance_settings set is_api_enabled = 0 where id = 0")
    return 200, {"message": "API disabled."}


def version(call):
    return 200, call.control["version"] or call.version


def post_required(_):
    raise Answer(405, {"message": "This endpoint has changed to a POST request."}, {"Allow": "POST"})


def servers(call):
    return 200, [call.shown(one) for one in call.store.all("server")]


def server(call, uuid):
    return 200, call.shown(call.must("server", uuid, "Server"))


def validate_server(call, uuid):
    call.must("server", uuid, "Server")
    return 201, {"message": "Validation started."}


def server_resources(call, uuid):
    call.must("server", uuid, "Server")
    found = []
    for kind in ("application", "database"):
        for one in call.store.all(kind):
            found.append({"id": one["id"], "uuid": one["uuid"], "name": one["name"], "type": kind,
                          "status": one["status"], "created_at": one["created_at"], "updated_at": one["updated_at"]})
    return 200, found


# Projects and environments

def projects(call):
    keys = ("id", "uuid", "name", "description")
    return 200, [{key: one[key] for key in keys} for one in call.store.all("project")]


def create_project(call):
    body = call.body(rules.PROJECT, ["name"])
    made = call.store.add("project", {"name": body["name"], "description": body.get("description"), "team_id": 0})
    add_environment(call, made, "production")
    return 201, {"uuid": made["uuid"]}


def add_environment(call, project, name):
    return call.store.add("environment", {"name": name, "description": None, "project_id": project["id"]})


def project(call, uuid):
    found = call.must("project", uuid, "Project")
    return 200, {**found, "environments": environments_of(call, found)}


def environments_of(call, found):
    return call.store.all("environment", project_id=found["id"])


def update_project(call, uuid):
    body = call.body(rules.PROJECT)
    found = call.must("project", uuid, "Project")
    found.update(body, updated_at=now())
    call.store.save(found)
    return 201, {key: found[key] for key in ("uuid", "name", "description")}


def delete_project(call, uuid):
    found = call.must("project", uuid, "Project")
    if any(contents(call, environment) for environment in environments_of(call, found)):
        raise Answer(400, {"message": "Project has resources, so it cannot be deleted."})
    for environment in environments_of(call, found):
        call.store.remove(environment)
    call.store.remove(found)
    return 200, {"message": "Project deleted."}


def contents(call, environment):
    return call.store.all("application", environment_id=environment["id"]) \
        + call.store.all("database", environment_id=environment["id"])


def environments(call, uuid):
    return 200, environments_of(call, call.must("project", uuid, "Project"))


def create_environment(call, uuid):
    body = call.body(rules.ENVIRONMENT, ["name"])
    found = call.must("project", uuid, "Project")
    if any(one["name"] == body["name"] for one in environments_of(call, found)):
        raise Answer(409, {"message": "Environment with this name already exists."})
    return 201, {"uuid": add_environment(call, found, body["name"])["uuid"]}


def named(call, uuid, name):
    for one in environments_of(call, call.must("project", uuid, "Project")):
        if name in (one["name"], one["uuid"]):
            return one
    raise missing("Environment")


def environment(call, uuid, name):
    found = named(call, uuid, name)
    databases = call.store.all("database", environment_id=found["id"])
    lists = {key: [] for key in ("mariadbs", "mongodbs", "mysqls", "keydbs", "dragonflies", "clickhouses", "services")}
    for key, kind in (("postgresqls", "postgresql"), ("redis", "redis")):
        lists[key] = [shown_database(call, one) for one in databases if one["_kind"] == kind]
    lists["applications"] = [
        shown_application(call, one) for one in call.store.all("application", environment_id=found["id"])]
    return 200, {**found, **lists}


def delete_environment(call, uuid, name):
    found = named(call, uuid, name)
    if contents(call, found):
        raise Answer(400, {"message": "Environment has resources, so it cannot be deleted."})
    call.store.remove(found)
    return 200, {"message": "Environment deleted."}


def place(call, body):
    """The environment that something is to be made in; the server has to be there too."""
    if not body.get("environment_name") and not body.get("environment_uuid"):
        raise Answer(422, {"message": "You need to provide at least one of environment_name or environment_uuid."})
    found = call.must("project", body["project_uuid"], "Project")
    all_ = environments_of(call, found)
    fits = [one for one in all_ if one["name"] == body.get("environment_name")] \
        or [one for one in all_ if one["uuid"] == body.get("environment_uuid")]
    if not fits:
        raise Answer(422, {"message": "You need to provide a valid environment_name or environment_uuid."})
    call.must("server", body["server_uuid"], "Server")
    if body.get("destination_uuid"):
        raise missing("Destination")
    return fits[0]


# Databases

SECRET_OF_DATABASE = {
    "postgres_password", "redis_password", "internal_db_url", "external_db_url", "init_scripts"}
LIMITS = {"limits_memory": "0", "limits_memory_swap": "0", "limits_memory_swappiness": 60,
          "limits_memory_reservation": "0", "limits_cpus": "0", "limits_cpuset": None, "limits_cpu_shares": 1024}


def create_database(kind):
    def create(call):
        table = {**rules.DATABASE, **rules.OF_KIND[kind], **rules.NEW_DATABASE_ONLY}
        body = call.body(table, ["project_uuid", "server_uuid"])
        environment_id = place(call, body)["id"]
        if body.get("is_public") and not body.get("public_port"):
            body["is_public"] = False
        uuid = new_uuid()
        data = {
            "uuid": uuid, "name": f"{kind}-database-{uuid}", "description": None, "status": "exited:unhealthy",
            "is_public": False, "public_port": None, "public_port_timeout": 3600, "started_at": None,
            "database_type": f"standalone-{kind}", "environment_id": environment_id, "destination_id": 0,
            "destination_type": "App\\Models\\StandaloneDocker", "ports_mappings": None, "enable_ssl": False,
            "is_log_drain_enabled": False, **LIMITS, "_kind": kind}
        if kind == "postgresql":
            data.update({
                "image": "postgres:16-alpine", "postgres_user": "postgres", "postgres_db": "postgres",
                "postgres_password": new_uuid(), "postgres_initdb_args": None, "postgres_host_auth_method": None,
                "postgres_conf": None, "_volume": f"postgres-data-{uuid}"})
        else:
            data.update({"image": "redis:7.2", "redis_password": new_uuid(), "redis_username": "default",
                         "redis_conf": None, "_volume": f"redis-data-{uuid}"})
        data.update({key: value for key, value in body.items() if key in data and key != "uuid" and value is not None})
        made = call.store.add("database", with_url(data), uuid=uuid)
        set_tags(call, made, body.get("tags") or [])
        if body.get("instant_deploy"):
            call.work.start_database(made)
        answer = {"uuid": uuid}
        if call.sees_secrets:
            answer["internal_db_url"] = made["internal_db_url"]
        return 201, answer
    return create


def with_url(data):
    if data["_kind"] == "postgresql":
        url = "postgres://{postgres_user}:{postgres_password}@{uuid}:5432/{postgres_db}"
    else:
        url = "redis://{redis_username}:{redis_password}@{uuid}:6379/0"
    return {**data, "internal_db_url": url.format(**data), "external_db_url": None}


def shown_database(call, found):
    return call.shown(found, SECRET_OF_DATABASE)


def databases(call):
    return 200, [shown_database(call, one) for one in call.store.all("database")]


def database(call, uuid):
    return 200, shown_database(call, call.must("database", uuid, "Database"))


def update_database(call, uuid):
    body = call.body(None)
    found = call.must("database", uuid, "Database")
    table = {**rules.DATABASE, **rules.OF_KIND[found["_kind"]], **rules.CHANGED_DATABASE_ONLY}
    if errors := rules.faults(body, table):
        raise invalid(errors)
    found.update({key: value for key, value in body.items() if key != "instant_deploy"}, updated_at=now())
    if found["is_public"] and not found["public_port"]:
        found["is_public"] = False
    call.store.save(with_url(found))
    return 200, {"message": "Database updated."}


def start_database(call, uuid):
    found = call.must("database", uuid, "Database")
    if found["status"].startswith("running"):
        raise Answer(400, {"message": "Database is already running."})
    found["_touched"] = True
    call.work.start_database(found)
    return 200, {"message": "Database starting request queued."}


def stop_database(call, uuid):
    found = call.must("database", uuid, "Database")
    if found["status"].startswith("exited"):
        raise Answer(400, {"message": "Database is already stopped."})
    call.work.stop_database(found)
    return 200, {"message": "Database stopping request queued."}


def restart_database(call, uuid):
    found = call.must("database", uuid, "Database")
    found["_touched"] = True
    call.work.stop_database(found)
    call.work.start_database(found)
    return 200, {"message": "Database restarting request queued."}


def delete(kind, word):
    def remove(call, uuid):
        call.must(kind, uuid, word)
        for name in ("delete_configurations", "delete_volumes", "docker_cleanup", "delete_connected_networks"):
            if call.query.get(name) not in (None, "true", "false", "1", "0"):
                raise invalid({name: [f"The {rules.words(name)} field must be true or false."]})
        call.work.begin("deletion", uuid, resource=kind, volumes=call.flag("delete_volumes", True))
        return 200, {"message": f"{word} deletion request queued."}
    return remove


def backups(call, uuid):
    call.must("database", uuid, "Database")
    return 200, [{**one, "executions": executions_of(call, one)} for one in call.store.all("backup", owner=uuid)]


def create_backup(call, uuid):
    body = call.body(rules.BACKUP, ["frequency"])
    found = call.must("database", uuid, "Database")
    if found["_kind"] == "redis":
        raise invalid({"database": ["Backups of this kind of database are not supported."]})
    if body.get("save_s3") and not body.get("s3_storage_uuid"):
        raise invalid({"s3_storage_uuid": ["The s3_storage_uuid field is required when save_s3 is true."]})
    data = {"enabled": True, "save_s3": False, "dump_all": False, "databases_to_backup": None, "timeout": 3600,
            "database_backup_retention_days_locally": 0, "database_backup_retention_amount_locally": 0, "owner": uuid}
    made = call.store.add("backup", {**data, **{key: value for key, value in body.items() if key != "backup_now"}})
    if body.get("backup_now"):
        call.work.begin("backup", made["uuid"])
    return 201, {"uuid": made["uuid"], "message": "Backup configuration created successfully."}


def backup_of(call, uuid, backup):
    call.must("database", uuid, "Database")
    found = call.must("backup", backup, "Backup config")
    if found["owner"] != uuid:
        raise missing("Backup config")
    return found


def update_backup(call, uuid, backup):
    body = call.body(rules.BACKUP)
    found = backup_of(call, uuid, backup)
    found.update({key: value for key, value in body.items() if key != "backup_now"}, updated_at=now())
    call.store.save(found)
    if body.get("backup_now"):
        call.work.begin("backup", backup)
    return 200, {"message": "Database backup configuration updated"}


def delete_backup(call, uuid, backup):
    call.store.remove(backup_of(call, uuid, backup))
    return 200, {"message": "Backup configuration and all executions deleted."}


def executions_of(call, found):
    keys = ("uuid", "filename", "size", "created_at", "message", "status")
    return [{key: one[key] for key in keys} for one in call.store.all("execution", backup=found["uuid"])]


def executions(call, uuid, backup):
    return 200, {"executions": executions_of(call, backup_of(call, uuid, backup))}


# Applications

SECRET_OF_APPLICATION = {
    "http_basic_auth_password", "manual_webhook_secret_github", "manual_webhook_secret_gitlab",
    "manual_webhook_secret_bitbucket", "manual_webhook_secret_gitea", "custom_labels", "dockerfile",
    "docker_compose", "docker_compose_raw"}
NEW = {
    "description": None, "fqdn": None, "build_pack": "dockerimage", "git_repository": "coollabsio/coolify",
    "git_branch": "main", "git_commit_sha": "HEAD", "docker_registry_image_tag": "latest", "ports_exposes": None,
    "ports_mappings": None, "custom_network_aliases": None, "start_command": None, "base_directory": "/",
    "health_check_enabled": False, "health_check_type": "http", "health_check_command": None,
    "health_check_path": "/", "health_check_port": None, "health_check_host": "localhost",
    "health_check_method": "GET", "health_check_return_code": 200, "health_check_scheme": "http",
    "health_check_response_text": None, "health_check_interval": 5, "health_check_timeout": 5,
    "health_check_retries": 10, "health_check_start_period": 5, "custom_labels": None,
    "custom_docker_run_options": None, "redirect": "both", "max_restart_count": 0, "restart_count": 0,
    "status": "exited:unhealthy", "last_online_at": None, "config_hash": None, "server_status": True,
    "is_consistent_container_name_enabled": False, "http_basic_auth_password": None, **LIMITS}
# What is no column of its own.
NO_COLUMN = {"domains", "instant_deploy", "tags", "autogenerate_domain", "force_domain_override", *rules.PLACE}


def create_application(call):
    body = call.body(rules.NEW_APPLICATION, ["project_uuid", "server_uuid", "docker_registry_image_name"])
    found = place(call, body)
    uuid = new_uuid()
    domains = body.get("domains") or ""
    if not domains and body.get("autogenerate_domain", True):
        domains = f"http://{uuid}.{call.store.setting('public_ipv4')}.sslip.io"
    check_domains(call, domains, uuid, body)
    data = {"uuid": uuid, "name": f"docker-image-{uuid}", **NEW, "environment_id": found["id"], "destination_id": 0,
            "destination_type": "App\\Models\\StandaloneDocker", "_server": body["server_uuid"]}
    data.update({key: value for key, value in body.items() if key not in NO_COLUMN and value is not None})
    data["fqdn"] = domains or None
    made = call.store.add("application", data, uuid=uuid)
    set_tags(call, made, body.get("tags") or [])
    if body.get("instant_deploy"):
        call.work.queue(made)
    return 201, {"uuid": uuid, "domains": made["fqdn"]}


def check_domains(call, domains, uuid, body):
    if body.get("force_domain_override"):
        return
    wanted = {host(one) for one in filter(None, domains.split(","))}
    conflicts = []
    for other in call.store.all("application"):
        for one in filter(None, (other["fqdn"] or "").split(",")):
            if other["uuid"] != uuid and host(one) in wanted:
                conflicts.append({
                    "domain": one, "resource_name": other["name"], "resource_uuid": other["uuid"],
                    "resource_type": "application",
                    "message": f"Domain {one} is already in use by application '{other['name']}'"})
    own = call.store.setting("fqdn")
    if own and host(own) in wanted:
        conflicts.append({"domain": own, "resource_name": "Coolify Instance", "resource_uuid": None,
                          "resource_type": "instance", "message": f"Domain {own} is already in use by this instance"})
    if conflicts:
        raise Answer(409, {
            "message": "Domain conflicts detected. Use force_domain_override=true to proceed.",
            "warning": "Using the same domain for multiple resources can cause routing conflicts and unpredictable"
                       " behavior.", "conflicts": conflicts})


def host(domain):
    return (urlsplit(domain.strip()).hostname or "").removeprefix("www.")


def shown_application(call, found):
    return call.shown(found, SECRET_OF_APPLICATION)


def applications(call):
    found = call.store.all("application")
    if tag := call.query.get("tag"):
        found = [one for one in found if tag in {name for name in tag_names(call, one)}]
    return 200, [shown_application(call, one) for one in found]


def application(call, uuid):
    return 200, shown_application(call, call.must("application", uuid, "Application"))


def update_application(call, uuid):
    body = call.body(rules.CHANGED_APPLICATION)
    found = call.must("application", uuid, "Application")
    # An empty list of domains is taken and forgotten.
    if body.get("domains"):
        check_domains(call, body["domains"], uuid, body)
        found["fqdn"] = body["domains"]
    found.update({key: value for key, value in body.items() if key not in NO_COLUMN}, updated_at=now())
    call.store.save(found)
    if body.get("instant_deploy"):
        call.work.queue(found)
    return 200, {"uuid": uuid}


def start_application(call, uuid):
    found = call.must("application", uuid, "Application")
    check_queue(call)
    deployment = call.work.queue(found, call.flag("force", False))
    if not deployment:
        return 200, {"message": "Deployment already queued for this commit."}
    return 200, {"message": "Deployment request queued.", "deployment_uuid": deployment["deployment_uuid"]}


def stop_application(call, uuid):
    call.work.stop_application(call.must("application", uuid, "Application"))
    return 200, {"message": "Application stopping request queued."}


def restart_application(call, uuid):
    found = call.must("application", uuid, "Application")
    check_queue(call)
    deployment = call.work.queue(found)
    if not deployment:
        return 200, {"message": "Deployment already queued for this commit."}
    return 200, {"message": "Restart request queued.", "deployment_uuid": deployment["deployment_uuid"]}


def application_logs(call, uuid):
    found = call.must("application", uuid, "Application")
    container = found.get("_container")
    if not container or not found["status"].startswith("running"):
        raise Answer(400, {"message": "Application is not running."})
    return 200, {"logs": call.work.tail(container) if call.work.runtime else f"{container['name']} runs.\n"}


def database_logs(call, uuid):
    found = call.must("database", uuid, "Database")
    if not found["status"].startswith("running"):
        raise Answer(400, {"message": "Database is not running."})
    return 200, {"logs": call.work.runtime.logs(uuid) if call.work.runtime else "ready to accept connections\n"}


# Environment variables

STANDARD_FLAGS = {"is_literal": False, "is_multiline": False, "is_shown_once": False, "is_runtime": True,
                  "is_buildtime": True, "is_preview": False}


def shown_variable(call, found):
    data = {**found, "real_value": f"'{found['value']}'" if found["is_literal"] else found["value"],
            "is_shared": False, "is_coolify": False, "is_required": False, "is_really_required": False,
            "resourceable_type": "App\\Models\\Application"}
    del data["owner"]
    return call.shown(data, {"value", "real_value"})


def variables(call, uuid):
    call.must("application", uuid, "Application")
    found = call.store.all("variable", owner=uuid)
    found.sort(key=lambda one: (one["is_preview"], one["id"]))
    return 200, [shown_variable(call, one) for one in found]


def variable(call, uuid, key, is_preview):
    found = call.store.all("variable", owner=uuid, key=key, is_preview=is_preview)
    return found[0] if found else None


def add_variable(call, uuid, body):
    is_preview = bool(body.get("is_preview"))
    made = call.store.add("variable", {
        **STANDARD_FLAGS, "key": body["key"], "value": body.get("value"), "comment": body.get("comment"), "owner": uuid,
        **{flag: bool(body[flag]) for flag in STANDARD_FLAGS if body.get(flag) is not None}})
    if call.control["previewCopies"] and not is_preview and not variable(call, uuid, body["key"], True):
        copied = {key: value for key, value in made.items() if key not in ("id", "uuid")}
        call.store.add("variable", {**copied, "is_preview": True})
    return made


def change_variable(call, found, body):
    found["value"] = body.get("value")
    # What is left out is not kept.
    for flag in ("is_literal", "is_multiline", "is_shown_once"):
        found[flag] = bool(body.get(flag))
    for flag in ("is_runtime", "is_buildtime"):
        if body.get(flag) is not None:
            found[flag] = bool(body[flag])
    found["updated_at"] = now()
    call.store.save(found)
    return found


def create_variable(call, uuid):
    body = call.body(rules.ENVIRONMENT_VARIABLE, ["key"])
    call.must("application", uuid, "Application")
    if variable(call, uuid, body["key"], bool(body.get("is_preview"))):
        raise Answer(409, {"message": "Environment variable already exists. Use PATCH request to update it."})
    return 201, {"uuid": add_variable(call, uuid, body)["uuid"]}


def update_variable(call, uuid):
    body = call.body(rules.ENVIRONMENT_VARIABLE, ["key", "value"])
    call.must("application", uuid, "Application")
    found = variable(call, uuid, body["key"], bool(body.get("is_preview")))
    if not found:
        raise missing("Environment variable")
    return 201, shown_variable(call, change_variable(call, found, body))


def update_variables(call, uuid):
    body = call.body(None)
    call.must("application", uuid, "Application")
    data = body.get("data")
    if not isinstance(data, list) or not data:
        raise Answer(400, {"message": "Bulk data is required."})
    for item in data:
        errors = rules.faults(item, rules.ENVIRONMENT_VARIABLE, ["key"]) if isinstance(item, dict) else {"data": ["?"]}
        if errors:
            raise invalid(errors)
    done = []
    for item in data:
        found = variable(call, uuid, item["key"], bool(item.get("is_preview")))
        done.append(change_variable(call, found, item) if found else add_variable(call, uuid, item))
    return 201, [shown_variable(call, one) for one in done]


def delete_variable(call, uuid, variable_uuid):
    call.must("application", uuid, "Application")
    found = call.store.find("variable", variable_uuid)
    if not found or found["owner"] != uuid:
        raise missing("Environment variable")
    call.store.remove(found)
    return 200, {"message": "Environment variable deleted."}


# Storages and tags

def storages(kind, word):
    def list_(call, uuid):
        call.must(kind, uuid, word)
        found = call.store.all("storage", owner=uuid)
        return 200, {"persistent_storages": [one for one in found if one["type"] == "persistent"],
                     "file_storages": [one for one in found if one["type"] == "file"]}
    return list_


def create_storage(kind, word):
    def create(call, uuid):
        body = call.body(rules.STORAGE, ["type", "mount_path"])
        call.must(kind, uuid, word)
        if body["type"] == "persistent":
            if not body.get("name"):
                raise invalid({"name": ["The name field is required for persistent storages."]})
            body["name"] = f"{uuid}-{body['name']}"
        return 201, call.store.add("storage", {"name": None, "host_path": None, **body, "owner": uuid})
    return create


def delete_storage(kind, word):
    def remove(call, uuid, storage):
        call.must(kind, uuid, word)
        found = call.store.find("storage", storage)
        if not found or found["owner"] != uuid:
            raise missing("Storage")
        call.store.remove(found)
        return 200, {"message": "Storage deleted."}
    return remove


def set_tags(call, resource, names):
    for name in names:
        name = name.strip().lower()
        tag = (call.store.all("tag", name=name) or [None])[0] or call.store.add("tag", {"name": name, "team_id": 0})
        if not call.store.all("tagged", tag=tag["uuid"], resource=resource["uuid"]):
            call.store.add("tagged", {"tag": tag["uuid"], "resource": resource["uuid"]})


def tags_of(call, resource):
    links = {one["tag"] for one in call.store.all("tagged", resource=resource["uuid"])}
    return [one for one in call.store.all("tag") if one["uuid"] in links]


def tag_names(call, resource):
    return [one["name"] for one in tags_of(call, resource)]


def all_tags(call):
    return 200, call.store.all("tag")


def tags(kind, word):
    return lambda call, uuid: (200, tags_of(call, call.must(kind, uuid, word)))


def create_tags(kind, word):
    def create(call, uuid):
        body = call.body(rules.TAGS)
        found = call.must(kind, uuid, word)
        if not body.get("tag_name") and not body.get("tag_names"):
            raise invalid({"tag_name": ["The tag name field is required when tag names is not present."]})
        set_tags(call, found, body.get("tag_names") or [body["tag_name"]])
        return 201, tags_of(call, found)
    return create


def delete_tag(kind, word):
    def remove(call, uuid, tag):
        found = call.must(kind, uuid, word)
        links = call.store.all("tagged", resource=found["uuid"], tag=tag)
        if not links:
            raise missing("Tag")
        call.store.remove(links[0])
        return 200, {"message": "Tag removed."}
    return remove


# Deployments

def check_queue(call):
    if len(call.work.waiting()) >= call.control["queueLimit"]:
        raise Answer(429, {"message": "Deployment queue is full. Please wait for existing deployments to complete."},
                     {"Retry-After": "60"})


def deploy(call):
    query = dict(call.query)
    if call.text:
        query.update({key: str(value) for key, value in call.body(None).items()})
    uuids = [one.strip() for one in query.get("uuid", "").split(",") if one.strip()]
    names = [one.strip() for one in query.get("tag", "").split(",") if one.strip()]
    force = query.get("force", "false").lower() in ("true", "1")
    if uuids and names:
        raise Answer(400, {"message": "You can only use uuid or tag, not both."})
    if names and (query.get("pr") or query.get("pull_request_id")):
        raise Answer(400, {"message": "You can only use tag or pr, not both."})
    if not uuids and not names:
        raise Answer(400, {"message": "You must provide uuid or tag."})
    if uuids:
        deployments = [one for uuid in uuids if (one := deploy_one(call, uuid, force))]
        if not deployments:
            raise Answer(404, {"message": "No resources found."})
        return 200, {"deployments": deployments}
    messages, details = [], []
    for name in names:
        tag = (call.store.all("tag", name=name) or [None])[0]
        links = call.store.all("tagged", tag=tag["uuid"]) if tag else []
        for link in links:
            if one := deploy_one(call, link["resource"], force):
                messages.append(one["message"])
                details.append({key: one[key] for key in ("resource_uuid", "deployment_uuid") if key in one})
    if not messages:
        raise Answer(404, {"message": "No resources found with this tag."})
    return 200, {"message": messages, "details": details}


def deploy_one(call, uuid, force):
    """None where there is nothing of this id."""
    if found := call.store.find("application", uuid):
        check_queue(call)
        deployment = call.work.queue(found, force)
        if not deployment:
            # The id that it was going to have; nothing is ever found by it.
            return {"message": "Deployment already queued for this commit.", "resource_uuid": uuid,
                    "deployment_uuid": new_uuid()}
        return {"message": f"Application {found['name']} deployment queued.", "resource_uuid": uuid,
                "deployment_uuid": deployment["deployment_uuid"]}
    if found := call.store.find("database", uuid):
        call.work.start_database(found)
        return {"message": f"Database {found['name']} started.", "resource_uuid": uuid}
    return None


def shown_deployment(call, found):
    return {key: value for key, value in call.shown(found, {"logs"}).items() if key not in ("uuid", "application_uuid")}


def deployments(call):
    found = [one for one in call.store.all("deployment") if one["status"] in BUSY]
    # Sorted after they were read newest first, and their places kept: two or more make no list.
    count = len(found)
    shown = [shown_deployment(call, one) for one in found]
    return 200, shown if count < 2 else {str(count - 1 - index): one for index, one in enumerate(shown)}


def deployment(call, uuid):
    return 200, shown_deployment(call, call.must("deployment", uuid, "Deployment"))


def application_deployments(call, uuid):
    pages = {}
    for name, least, standard in (("skip", 0, 0), ("take", 1, 10)):
        text = call.query.get(name, str(standard))
        if not re.fullmatch(r"-?\d+", text) or int(text) < least:
            # Without this the real one sends people to its start page.
            if "application/json" not in call.headers.get("accept", ""):
                raise Answer(302, "", {"Location": "/"})
            raise Answer(422, {"message": f"The {name} field must be at least {least}.",
                               "errors": {name: [f"The {name} field must be at least {least}."]}})
        pages[name] = int(text)
    call.must("application", uuid, "Application")
    found = call.store.all("deployment", application_uuid=uuid)[::-1]
    page = found[pages["skip"]:pages["skip"] + pages["take"]]
    return 200, {"count": len(found), "deployments": [shown_deployment(call, one) for one in page]}


def cancel_deployment(call, uuid):
    found = call.must("deployment", uuid, "Deployment")
    if found["status"] not in BUSY:
        raise Answer(400, {"message": f"Deployment cannot be cancelled. Current status: {found['status']}"})
    found.update(status="cancelled-by-user", finished_at=now())
    call.store.save(found)
    return 200, {"message": "Deployment cancelled successfully.", "deployment_uuid": uuid,
                 "status": "cancelled-by-user"}


def started(kind, word):
    """Database and application share these."""
    return [
        ("GET", f"/{kind}s/ID/storages", "read", storages(kind, word)),
        ("POST", f"/{kind}s/ID/storages", "write", create_storage(kind, word)),
        ("DELETE", f"/{kind}s/ID/storages/ID", "write", delete_storage(kind, word)),
        ("GET", f"/{kind}s/ID/tags", "read", tags(kind, word)),
        ("POST", f"/{kind}s/ID/tags", "write", create_tags(kind, word)),
        ("DELETE", f"/{kind}s/ID/tags/ID", "write", delete_tag(kind, word)),
        ("DELETE", f"/{kind}s/ID", "write", delete(kind, word)),
    ] + [("GET", f"/{kind}s/ID/{verb}", "deploy", lambda call, _: post_required(call))
         for verb in ("start", "stop", "restart")]


# Method, path (ID is any part), ability, function. `team` is a token of the first team that may write, and is let in
# while the API is off.
ROUTES = [
    ("POST", "/enable", "team", enable), ("GET", "/enable", "team", post_required),
    ("POST", "/disable", "team", disable), ("GET", "/disable", "team", post_required),
    ("GET", "/version", "read", version),
    ("GET", "/servers", "read", servers), ("GET", "/servers/ID", "read", server),
    ("GET", "/servers/ID/resources", "read", server_resources),
    ("POST", "/servers/ID/validate", "write", validate_server),
    ("GET", "/servers/ID/validate", "write", lambda call, _: post_required(call)),
    ("GET", "/projects", "read", projects), ("POST", "/projects", "write", create_project),
    ("GET", "/projects/ID", "read", project), ("PATCH", "/projects/ID", "write", update_project),
    ("DELETE", "/projects/ID", "write", delete_project),
    ("GET", "/projects/ID/environments", "read", environments),
    ("POST", "/projects/ID/environments", "write", create_environment),
    ("DELETE", "/projects/ID/environments/ID", "write", delete_environment),
    ("GET", "/projects/ID/ID", "read", environment),
    ("GET", "/databases", "read", databases),
    ("POST", "/databases/postgresql", "write", create_database("postgresql")),
    ("POST", "/databases/redis", "write", create_database("redis")),
    ("GET", "/databases/ID", "read", database), ("PATCH", "/databases/ID", "write", update_database),
    ("POST", "/databases/ID/start", "deploy", start_database),
    ("POST", "/databases/ID/stop", "deploy", stop_database),
    ("POST", "/databases/ID/restart", "deploy", restart_database),
    ("GET", "/databases/ID/logs", "read", database_logs),
    ("GET", "/databases/ID/backups", "read", backups), ("POST", "/databases/ID/backups", "write", create_backup),
    ("PATCH", "/databases/ID/backups/ID", "write", update_backup),
    ("DELETE", "/databases/ID/backups/ID", "write", delete_backup),
    ("GET", "/databases/ID/backups/ID/executions", "read", executions),
    ("GET", "/applications", "read", applications),
    ("POST", "/applications/dockerimage", "write", create_application),
    ("GET", "/applications/ID", "read", application), ("PATCH", "/applications/ID", "write", update_application),
    ("POST", "/applications/ID/start", "deploy", start_application),
    ("POST", "/applications/ID/stop", "deploy", stop_application),
    ("POST", "/applications/ID/restart", "deploy", restart_application),
    ("GET", "/applications/ID/logs", "read", application_logs),
    ("GET", "/applications/ID/envs", "read", variables), ("POST", "/applications/ID/envs", "write", create_variable),
    ("PATCH", "/applications/ID/envs", "write", update_variable),
    ("PATCH", "/applications/ID/envs/bulk", "write", update_variables),
    ("DELETE", "/applications/ID/envs/ID", "write", delete_variable),
    ("GET", "/tags", "read", all_tags),
    ("POST", "/deploy", "deploy", deploy), ("GET", "/deploy", "deploy", post_required),
    ("GET", "/deployments", "read", deployments), ("GET", "/deployments/ID", "read", deployment),
    ("GET", "/deployments/applications/ID", "read", application_deployments),
    ("POST", "/deployments/ID/cancel", "deploy", cancel_deployment),
] + started("application", "Application") + started("database", "Database")


def route(method, path):
    """(ability, function, its ids); raises `Answer` where there is none."""
    others = []
    # A word stands before an id.
    for verb, pattern, ability, function in sorted(ROUTES, key=lambda one: one[1].count("ID")):
        found = re.fullmatch(pattern.replace("ID", "([^/]+)"), path)
        if found and verb == method:
            return ability, function, found.groups()
        if found:
            others.append(verb)
    if others:
        allowed = ", ".join(sorted(set(others)))
        raise Answer(405, {"message": f"The {method} method is not supported for route api/v1{path}. Supported methods:"
                                      f" {allowed}."}, {"Allow": allowed})
    raise Answer(404, {"message": "Not found.", "docs": "https://coolify.io/docs"})
