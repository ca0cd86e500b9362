#!/bin/sh
# Docker with one database, whose content is a file; a dump is that behind the sign of PostgreSQL's archives.
[ "$1" = exec ] && shift
[ "$1" = -i ] && shift
case "$1 $2" in
"coolify-db pg_dump") echo PGDMP ;;
"abc pg_dump") printf 'PGDMP%s' "$(cat "$DATABASE/database")" ;;
"abc pg_restore")
    content=$(cat)
    case $content in
    PGDMP*) [ "$3" = --list ] || printf 'content %s\n' "${content#PGDMP}" ;;
    *) echo "pg_restore: error: input file does not appear to be a valid archive" >&2 && exit 1 ;;
    esac
    ;;
"abc psql")
    content=$(sed -n 's/^content //p')
    [ ! -e "$DATABASE/refuses" ] || { echo "ERROR:  no space left on device" >&2 && exit 3; }
    printf %s "$content" >"$DATABASE/database"
    ;;
*) echo "The docker of this test does not know: $*" >&2 && exit 125 ;;
esac
