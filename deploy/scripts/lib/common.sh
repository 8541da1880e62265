# shellcheck shell=bash
# What every operator's script shares. Sourced; leaves the caller in the repository's root.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
  red=$'\e[31m' green=$'\e[32m' yellow=$'\e[33m' bold=$'\e[1m' plain=$'\e[0m'
else
  red='' green='' yellow='' bold='' plain=''
fi

fail() { echo "$(basename "$0"): $1" >&2; exit "${2:-1}"; }

# The comment at the head of a script is its help.
help_text() { sed -n '2,/^[^#]/{/^#/{s/^# \{0,1\}//;p}}' "$0"; }
help_if_asked() { case ${1:-} in -h | --help | help) help_text; exit 0 ;; esac; }

need() {
  local program
  for program; do
    command -v "$program" >/dev/null || fail "$program is missing: apt-get install $(package_of "$program")"
  done
}
package_of() { case $1 in psql | pg_restore) echo postgresql-client ;; redis-cli) echo redis-tools ;; promtool) echo prometheus ;; amtool) echo prometheus-alertmanager ;; *) echo "$1" ;; esac; }

# value_of NAME FILE: the last assignment in an environment file, as Compose reads it.
value_of() { sed -n "s/^$1=//p" "$2" 2>/dev/null | tail -n 1 | sed -E "s/^\"(.*)\"\$/\\1/; t; s/^'(.*)'\$/\\1/"; }

# rewrite FILE COMMAND...: the file becomes what the command makes of it; it keeps its mode and is never half written.
rewrite() {
  local file=$1 new
  shift
  new=$(mktemp "$file.XXXXXX")
  chmod --reference="$file" "$new"
  "$@" <"$file" >"$new"
  mv "$new" "$file"
}

# remove_value NAME FILE
remove_value() { rewrite "$2" sed "/^$1=/d"; }

# set_value NAME VALUE FILE: in its place, or at the end.
set_value() {
  NAME=$1 VALUE=$2 rewrite "$3" awk 'BEGIN { name = ENVIRON["NAME"]; value = ENVIRON["VALUE"] }
    index($0, name "=") == 1 { if (!done) print name "=" value; done = 1; next } { print }
    END { if (!done) print name "=" value }'
}
