#!/bin/sh
# Make the passwords of a new installation, once: docker/secrets/ beside this file (or the folder named as argument).
# The folder is closed to all other users of this machine; the files in it can be read, since a
# container's own user has to read the one that is handed to it.
set -eu
umask 022
folder="${1:-$(dirname "$0")/secrets}"
if [ -e "$folder/postgres_password" ]; then
    echo "$folder has secrets already: nothing was changed" >&2
    exit 1
fi
mkdir -p "$folder"
chmod 700 "$folder"
random() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }
postgres="$(random)"
redis="$(random)"
printf '%s' "$postgres" > "$folder/postgres_password"
printf 'postgresql://ioc:%s@timescaledb:5432/ioc' "$postgres" > "$folder/database_url"
printf 'redis://:%s@redis:6379/0' "$redis" > "$folder/redis_url"
printf 'bind * -::*\nrequirepass %s\nsave ""\nappendonly no\nmaxmemory 128mb\nmaxmemory-policy allkeys-lru\n' \
    "$redis" > "$folder/redis_conf"
chmod 444 "$folder"/*
