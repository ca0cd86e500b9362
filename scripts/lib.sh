# shellcheck shell=bash
# What the scripts beside this file share: the place of things and a voice. Sourced, never run.
#
#   root     the checkout
#   tools    Python's packages for the tests (scripts/setup test)
#   shared   the folder with the corpus and the test shop, which lies beside a checkout or is named by SHARED_FOLDER
set -euo pipefail

# Characters are characters wherever this runs.
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export SHARED_FOLDER=${SHARED_FOLDER:-$root/../shared}
shared=$SHARED_FOLDER
export tools=$root/.build-tools
cd "$root"

# say TEXT: one line about what happens now, to stderr, so that what a script prints can be read by programs.
say() { printf '\033[1m%s\033[0m\n' "== $*" >&2; }
# Without a terminal there is nobody to see bold text.
[ -t 2 ] || say() { printf '%s\n' "== $*" >&2; }

# fail TEXT: ends the script with a sentence.
fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# timed TEXT COMMAND…: says what begins and how long it took.
timed() {
    local what=$1 begin=$SECONDS
    shift
    say "$what"
    "$@" || fail "Failed after $((SECONDS - begin)) s: $what"
    say "Done in $((SECONDS - begin)) s: $what"
}

# free_port: a TCP port of this machine that nobody listens on.
free_port() {
    local port
    for _ in $(seq 100); do
        port=$((20000 + (RANDOM % 10000)))
        # Opening the connection fails exactly where nobody listens.
        if ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            return
        fi
    done
    fail "No free port was found between 20000 and 30000."
}

# require_shared WHAT: ends the script where the shared folder is absent.
require_shared() {
    [ -d "$shared/corpus" ] || fail "$1 needs the folder shared, which lies beside the checkout on the project's machines" \
        "and is not there ($shared). Set SHARED_FOLDER to where it is."
}
