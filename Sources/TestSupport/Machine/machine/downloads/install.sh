#!/bin/bash
# Stands for Coolify's own installer on the tests' machine: its arguments, its variables, what it prints, and that its
# exit code says nothing.
set -e
set -o pipefail

SOURCE=/data/coolify/source
ENVIRONMENT=$SOURCE/.env
STATUS=$SOURCE/.upgrade-status
VERSION=${1:-4.3.10}
VERSION=$(printf '%s' "${VERSION#v}" | tr '[:upper:]' '[:lower:]')

if [ "$EUID" != 0 ]; then
    echo "Please run this script as root or with sudo"
    exit
fi
OS=$(. /etc/os-release && echo "$ID $VERSION_ID")
case ${OS%% *} in
    ubuntu | debian | fedora | arch) ;;
    *)
        echo "This script only supports Debian, Redhat, Arch Linux, Alpine Linux, or SLES based operating systems for now."
        exit
        ;;
esac

step() { echo "Step $1/9: $2"; }
# As the real one sets a line; what sed takes for its own breaks the line.
set_line() {
    if grep -q "^$1=" "$ENVIRONMENT"; then
        sed -i "s|^$1=.*|$1=$2|" "$ENVIRONMENT"
    else
        echo "$1=$2" >>"$ENVIRONMENT"
    fi
}
fill_line() {
    if ! grep -q "^$1=." "$ENVIRONMENT"; then set_line "$1" "$2"; fi
}

mkdir -p /data/coolify/{source,ssh/keys,applications,databases,backups,services,proxy/dynamic,sentinel}
LOG=$SOURCE/installation-$(date +%Y%m%d-%H%M%S).log
exec > >(tee -a "$LOG") 2>&1

echo "Welcome to Coolify Installer!"
echo "| Operating System  | $OS"
echo "| Coolify           | $VERSION"
step 1 "Installing required packages"
step 2 "Checking OpenSSH server configuration"
step 3 "Checking Docker installation"
touch /machine/docker-installed
step 4 "Configuring Docker"
step 5 "Downloading required files from CDN"
step 6 "Setting up environment variable file"
if [ -f "$ENVIRONMENT" ]; then
    cp "$ENVIRONMENT" "$ENVIRONMENT-$(date +%Y%m%d-%H%M%S)"
else
    printf 'APP_ID=\nAPP_KEY=\nDB_USERNAME=coolify\nDB_PASSWORD=\nREDIS_PASSWORD=\nPUSHER_APP_ID=\n' >"$ENVIRONMENT"
    printf 'ROOT_USERNAME=\nROOT_USER_EMAIL=\nROOT_USER_PASSWORD=\nREGISTRY_URL=docker.io\n' >>"$ENVIRONMENT"
fi
step 7 "Checking and updating environment variables if necessary"
fill_line APP_ID "$(openssl rand -hex 16)"
fill_line APP_KEY "base64:$(openssl rand -base64 32)"
fill_line DB_PASSWORD "$(openssl rand -hex 16)"
fill_line REDIS_PASSWORD "$(openssl rand -hex 16)"
fill_line PUSHER_APP_ID "$(openssl rand -hex 16)"
if [ -n "$ROOT_USERNAME" ] && [ -n "$ROOT_USER_EMAIL" ] && [ -n "$ROOT_USER_PASSWORD" ]; then
    set_line ROOT_USERNAME "$ROOT_USERNAME"
    set_line ROOT_USER_EMAIL "$ROOT_USER_EMAIL"
    set_line ROOT_USER_PASSWORD "$ROOT_USER_PASSWORD"
fi
if [ "$AUTOUPDATE" = false ]; then set_line AUTOUPDATE false; fi
set_line LATEST_IMAGE "$VERSION"
step 8 "Checking for SSH key for localhost access"
KEY=/data/coolify/ssh/keys/id.$USER@host.docker.internal
if [ ! -f /machine/coolify-made.json ]; then
    ssh-keygen -t ed25519 -a 1 -f "$KEY" -q -N "" -C coolify <<<y >/dev/null
    mkdir -p ~/.ssh
    touch ~/.ssh/authorized_keys
    sed -i "/coolify/d" ~/.ssh/authorized_keys
    cat "$KEY.pub" >>~/.ssh/authorized_keys
    chmod 600 ~/.ssh/authorized_keys
fi
step 9 "Installing Coolify"
for stage in "1|Downloading files" "2|Updating configuration" "3|Pulling images" "4|Stopping containers" "5|Starting"; do
    echo "$stage|$(date -Iseconds)" >"$STATUS"
done
if python3 /opt/machine/machine/compose-up.py "$VERSION"; then
    echo "6|Upgrade complete|$(date -Iseconds)" >"$STATUS"
else
    echo "error|Starting failed|$(date -Iseconds)" >"$STATUS"
fi
# The real one waits here until the container is healthy, and says nothing by its exit code where it never is.
for ((look = 0; look < 5; look++)); do
    if [ "$(docker inspect --format '{{.State.Health.Status}}' coolify)" = healthy ]; then
        echo "Congratulations! Your Coolify instance is ready to use."
        break
    fi
done
echo "The installation log is $LOG"
exit 0
