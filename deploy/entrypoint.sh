#!/bin/sh
# Turns secrets that are files into the settings that the programs read, then becomes the program.
set -eu

secret() {
    if [ -r "/run/secrets/$1" ]; then cat "/run/secrets/$1"; fi
}

if [ -z "${DATABASE_URL:-}" ] && [ -r /run/secrets/database_password ]; then
    DATABASE_URL="postgres://scoperoom:$(secret database_password)@${DATABASE_HOST:-db}/scoperoom"
    export DATABASE_URL
fi
if [ -z "${EMAIL_URL:-}" ] && [ -r /run/secrets/email_url ]; then
    EMAIL_URL="$(secret email_url)"
    export EMAIL_URL
fi
exec "$@"
