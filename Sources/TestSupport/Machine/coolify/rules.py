"""What Coolify 4.3.10 takes: the fields of each request, their kinds and their patterns.

The tests compare the names with the contract that was read from Coolify's source. What only a comment calls unsure was
not to be found there.
"""

import base64
import ipaddress
import re
from urllib.parse import urlsplit

NAME = re.compile(r"[\w\s\-.@/&()#,:+]+", re.UNICODE)
# The contract cuts this pattern off; this is what stands before the cut, and what the guides use.
DESCRIPTION = re.compile(r"[\w\s\-.,!?()'\"+=*/@&:]+", re.UNICODE)
DIRECTORY = re.compile(r"/([a-zA-Z0-9._\-/~@+]*)?")
VOLUME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9._-]*")
VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
DATABASE_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")
DATABASE_PASSWORD = re.compile(r"[A-Za-z0-9!@#%^*()_+\-=\[\]{}:,.?/~]+")
PART = r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*"
IMAGE_NAME = re.compile(
    rf"(?=.{{1,255}}\Z)(?:(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]+)?/)?{PART}(?:/{PART})*)(?:@sha256)?")
IMAGE_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
HEALTH_COMMAND = re.compile(r"[a-zA-Z0-9 \-_./:=@,+]+")
DOMAIN_FORBIDDEN = re.compile(r"[`$;&|<>()\\\r\n]")
PORTS = re.compile(r"\d{1,5}(,\d{1,5})*")
CRON = re.compile(r"[\d*/,-]+( [\d*/,A-Za-z-]+){4}")
FREQUENCIES = {"every_minute", "hourly", "daily", "weekly", "monthly", "yearly"}


def text(limit=255, pattern=None, least=0):
    def check(value):
        if not isinstance(value, str):
            return "must be a string."
        if len(value) > limit:
            return f"must not be greater than {limit} characters."
        if len(value) < least:
            return f"must be at least {least} characters."
        if value and pattern and not pattern.fullmatch(value):
            return "format is invalid."
        return None
    return check


def boolean(value):
    return None if value in (True, False, 0, 1, "0", "1") and not isinstance(value, float) else "must be true or false."


def integer(least=None, most=None):
    def check(value):
        if isinstance(value, bool) or not isinstance(value, int):
            return "must be an integer."
        if least is not None and value < least:
            return f"must be at least {least}."
        if most is not None and value > most:
            return f"must not be greater than {most}."
        return None
    return check


def one_of(*words):
    return lambda value: None if value in words else "is invalid."


def tags(value):
    if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
        return "must be an array of strings."
    return None if all(len(tag) >= 2 for tag in value) else "must be at least 2 characters."


def strings(value):
    good = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return None if good else "must be an array of strings."


def coded(value):
    if not isinstance(value, str):
        return "must be a string."
    try:
        base64.b64decode(value, validate=True)
    except ValueError:
        return "should be base64 encoded."
    return None


def anything(_):
    return None


def run_options(value):
    """Of docker run; what a shell would take for its own is refused."""
    if not isinstance(value, str) or len(value) > 2000:
        return "must be a string of at most 2000 characters."
    return "format is invalid." if re.search(r"[$`\\;|<>\n]|(?<!&)&(?!&)", value) else None


def domains(value):
    if not isinstance(value, str):
        return "must be a string."
    for domain in filter(None, (part.strip() for part in value.split(","))):
        if DOMAIN_FORBIDDEN.search(domain):
            return "contains invalid characters."
        parts = urlsplit(domain)
        try:
            port = parts.port
        except ValueError:
            return f"Invalid URL: {domain}"
        if parts.scheme not in ("http", "https") or not is_host(parts.hostname or "") or port == 0:
            return f"Invalid URL: {domain}"
    return None


def is_host(name):
    try:
        ipaddress.ip_address(name)
        return True
    except ValueError:
        return bool(re.fullmatch(r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", name))


def kinds(table):
    """Field → check, from check → words."""
    return {field: check for check, fields in table for field in fields.split()}


LIMITS = [
    (text(), "limits_memory limits_memory_swap limits_memory_reservation limits_cpus limits_cpuset"),
    (integer(0, 100), "limits_memory_swappiness"), (integer(0), "limits_cpu_shares"),
]
HEALTH_NUMBERS = "health_check_interval health_check_timeout health_check_retries"

PROJECT = kinds([(text(255, NAME, 3), "name"), (text(255, DESCRIPTION), "description")])
ENVIRONMENT = kinds([(text(255, NAME, 3), "name")])

PLACE = kinds([(text(), "project_uuid environment_name environment_uuid server_uuid destination_uuid")])

APPLICATION = kinds(LIMITS + [
    (text(255, NAME, 1), "name"),
    (text(255, DESCRIPTION), "description"),
    (boolean, "is_static is_spa is_auto_deploy_enabled is_force_https_enabled is_preview_deployments_enabled"
              " use_build_server use_build_secrets is_http_basic_auth_enabled connect_to_docker_network"
              " force_domain_override is_container_label_escape_enabled is_preserve_repository_enabled"
              " is_git_submodules_enabled is_git_lfs_enabled is_git_shallow_clone_enabled disable_build_cache"
              " inject_build_args_to_dockerfile include_source_commit_in_build is_env_sorting_enabled"
              " is_pr_deployments_public_enabled is_gzip_enabled is_stripprefix_enabled"
              " is_raw_compose_deployment_enabled is_log_drain_enabled is_gpu_enabled"
              " is_consistent_container_name_enabled health_check_enabled instant_deploy"),
    (domains, "domains"),
    (strings, "noindex_domains"),
    (text(), "git_repository git_branch git_commit_sha install_command build_command start_command"
             " base_directory publish_directory health_check_path health_check_host"
             " post_deployment_command post_deployment_command_container pre_deployment_command"
             " pre_deployment_command_container manual_webhook_secret_github manual_webhook_secret_gitlab"
             " manual_webhook_secret_bitbucket manual_webhook_secret_gitea dockerfile_location"
             " docker_compose_location docker_compose_custom_start_command docker_compose_custom_build_command"
             " watch_paths static_image http_basic_auth_username http_basic_auth_password preview_url_template"
             " gpu_driver gpu_count gpu_device_ids gpu_options custom_internal_name custom_network_aliases"
             " health_check_response_text ports_mappings"),
    (one_of("nixpacks", "static", "dockerfile", "dockercompose", "railpack"), "build_pack"),
    (text(255, IMAGE_NAME, 1), "docker_registry_image_name"),
    (text(128, IMAGE_TAG, 1), "docker_registry_image_tag"),
    (text(255, PORTS), "ports_exposes"),
    (one_of("http", "cmd"), "health_check_type"),
    (text(1000, HEALTH_COMMAND), "health_check_command"),
    # The document says a string, the source an integer.
    (integer(1, 65535), "health_check_port"),
    (one_of("GET", "HEAD", "POST", "OPTIONS"), "health_check_method"),
    (integer(100, 599), "health_check_return_code"),
    (one_of("http", "https"), "health_check_scheme"),
    (integer(1), HEALTH_NUMBERS),
    (integer(0), "health_check_start_period max_restart_count stop_grace_period docker_images_to_keep"),
    (coded, "custom_labels custom_nginx_configuration"),
    (run_options, "custom_docker_run_options"),
    (one_of("both", "www", "non-www"), "redirect"),
    (anything, "docker_compose_domains"),
])
NEW_APPLICATION = {**PLACE, **APPLICATION, **kinds([
    (text(), "type private_key_uuid github_app_uuid"), (coded, "dockerfile docker_compose_raw"),
    (boolean, "autogenerate_domain"), (tags, "tags"),
])}
CHANGED_APPLICATION = {**APPLICATION, "dockerfile_target_build": text()}

DATABASE = kinds(LIMITS + [
    (text(255, NAME, 1), "name"), (text(255, DESCRIPTION), "description"), (text(255, None, 1), "image"),
    (integer(1024, 65535), "public_port"), (integer(1), "public_port_timeout"), (boolean, "is_public instant_deploy"),
])
POSTGRESQL = kinds([
    (text(63, DATABASE_WORD, 1), "postgres_user postgres_db"),
    (text(128, DATABASE_PASSWORD, 1), "postgres_password"),
    (text(), "postgres_initdb_args postgres_host_auth_method"), (coded, "postgres_conf"),
])
REDIS = kinds([(text(128, DATABASE_PASSWORD, 1), "redis_password"), (coded, "redis_conf")])
NEW_DATABASE_ONLY = {**PLACE, "tags": tags}
CHANGED_DATABASE_ONLY = kinds([
    (boolean, "health_check_enabled"), (integer(1), HEALTH_NUMBERS), (integer(0), "health_check_start_period")])
# Of the kinds of databases that this fake does not make.
OTHER_DATABASES = kinds([(text(), (
    "clickhouse_admin_user clickhouse_admin_password dragonfly_password keydb_password keydb_conf mariadb_conf"
    " mariadb_root_password mariadb_user mariadb_password mariadb_database mongo_conf mongo_initdb_root_username"
    " mongo_initdb_root_password mongo_initdb_database mysql_root_password mysql_password mysql_user mysql_database"
    " mysql_conf"))])
OF_KIND = {"postgresql": POSTGRESQL, "redis": REDIS}

FLAGS = "is_preview is_literal is_multiline is_shown_once is_runtime is_buildtime"
# A value may be null.
ENVIRONMENT_VARIABLE = kinds([
    (text(255, VARIABLE, 1), "key"), (text(65535), "value"), (text(256), "comment"), (boolean, FLAGS)])

STORAGE = kinds([
    (one_of("persistent", "file"), "type"), (text(255, VOLUME, 1), "name"), (text(255, DIRECTORY, 1), "mount_path"),
    (text(255, DIRECTORY), "host_path fs_path"), (text(5_000_000), "content"), (boolean, "is_directory")])

BACKUP = kinds([
    (lambda value: None if isinstance(value, str) and (value in FREQUENCIES or CRON.fullmatch(value))
     else "Invalid cron expression or frequency format.", "frequency"),
    (boolean, "enabled save_s3 dump_all backup_now"), (text(), "s3_storage_uuid databases_to_backup"),
    (integer(0), "database_backup_retention_amount_locally database_backup_retention_days_locally"
                 " database_backup_retention_max_storage_locally database_backup_retention_amount_s3"
                 " database_backup_retention_days_s3 database_backup_retention_max_storage_s3"),
    (integer(60, 36000), "timeout")])

TAGS = kinds([(text(255, None, 2), "tag_name"), (tags, "tag_names")])

# The names of contract's endpoints, for the test that compares.
CONTRACT = {
    "ApplicationsController::create_application": NEW_APPLICATION,
    "ApplicationsController::update_by_uuid": CHANGED_APPLICATION,
    "ApplicationsController::create_env": ENVIRONMENT_VARIABLE,
    "DatabasesController::create_database": {
        **DATABASE, **POSTGRESQL, **REDIS, **OTHER_DATABASES, **NEW_DATABASE_ONLY},
    "DatabasesController::update_by_uuid": {
        **DATABASE, **POSTGRESQL, **REDIS, **OTHER_DATABASES, **CHANGED_DATABASE_ONLY},
    "ProjectController::create_project": PROJECT,
    "ProjectController::update_project": PROJECT,
    "ProjectController::create_environment": ENVIRONMENT,
}

# These may not be null, the others may.
NEVER_NULL = {
    "name", "project_uuid", "server_uuid", "docker_registry_image_name", "key", "type", "mount_path", "frequency",
    "instant_deploy", "autogenerate_domain", "is_public", "postgres_user", "postgres_db", "postgres_password",
    "redis_password"}


def faults(body, table, required=()):
    """Field → messages, as Laravel's validator puts them; empty where the body may be taken."""
    found = {field: [f"The {words(field)} field is required."] for field in required if body.get(field) in (None, "")}
    for field, value in body.items():
        if field not in table:
            found[field] = ["This field is not allowed."]
        elif value is None and field not in NEVER_NULL or field in found:
            continue
        elif problem := table[field](value):
            sentence = problem if problem[0].isupper() else f"The {words(field)} field {problem}"
            # Some of the real ones are no list.
            found[field] = sentence if table[field] in (coded, domains) else [sentence]
    return found


def words(field):
    return field.replace("_", " ")
