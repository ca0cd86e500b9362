#!/bin/bash
# Runs a program on a machine of its operator that knows other names, and trusts another authority, than this one:
# as-operator.sh HOSTS CERTIFICATE PROGRAM…
#
# HOSTS is put at the end of /etc/hosts, the certificate (or none: -) at the end of those that are trusted; both for this
# program and its children only. The program takes the place of this one, so that a signal gets to it.
set -e
if [ -z "$AS_OPERATOR" ]; then
    AS_OPERATOR=$(mktemp -d)
    export AS_OPERATOR
    exec unshare --mount --propagation private "$0" "$@"
fi
hosts=$1 certificate=$2
shift 2
cat /etc/hosts "$hosts" >"$AS_OPERATOR/hosts"
mount --bind "$AS_OPERATOR/hosts" /etc/hosts
if [ "$certificate" != - ]; then
    trusted=$(readlink -f /etc/ssl/certs/ca-certificates.crt)
    cat "$trusted" "$certificate" >"$AS_OPERATOR/trusted"
    mount --bind "$AS_OPERATOR/trusted" "$trusted"
fi
# What is mounted stays, without a name.
rm -r "$AS_OPERATOR"
unset AS_OPERATOR
exec "$@"
