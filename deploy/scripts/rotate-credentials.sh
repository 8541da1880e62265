#!/usr/bin/env bash
# rotate-credentials.sh [database] [nats] [redis]   gives all of them (or those named) new passwords: in the servers and in .env (ENV_FILE),
# and restarts what has to read them. The file of a cluster with the same servers is named by SECRETS_FILE and gets them too. Nothing
# stored is touched; workers are away for seconds and go on behind their positions. A step that fails puts the old passwords back.
#   compose             found by itself
#   TARGET=kubernetes   by kubectl, from secrets.env
#   elsewhere           PG* (a superuser), REDIS, and APPLY_COMMAND: what restarts NATS and the workers with the new settings
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib/common.sh"
source deploy/scripts/lib/stack.sh
source deploy/scripts/lib/rotation.sh
help_if_asked "${1:-}"
need openssl
parts=${*:-database nats redis}
for part in $parts; do case $part in database | nats | redis) ;; *) fail "there are database, nats and redis, not $part" 2 ;; esac; done
wanted() { case " $parts " in *" $1 "*) return 0 ;; *) return 1 ;; esac; }

if [ "${TARGET:-}" = kubernetes ]; then STACK=kubernetes ENV_FILE=${SECRETS_FILE:-k8s/base/secrets.env} SECRETS_FILE=/dev/null; need kubectl
elif [ -n "${APPLY_COMMAND:-}" ]; then STACK=addresses
else
  find_stack
  [ "$STACK" = compose ] || fail "only docker compose is rotated without more ado (a local stack has no passwords): see --help"
fi
file=$(env_file)
# Only when it is named: that of a cluster beside has the passwords of other servers.
cluster=${SECRETS_FILE:-}
[ -f "$file" ] || fail "there is no $file with the passwords of now"

names_of() { case $1 in database) echo POSTGRES_PASSWORD SCREENER_PASSWORD SCREENER_READER_PASSWORD ;; redis) echo REDIS_PASSWORD ;; nats) sed -n 's/^\(NATS_[A-Z]*_PASSWORD\) .*/\1/p' deploy/scripts/secret-names | if_between_nodes ;; esac; }
# The nodes of a cluster are restarted one by one, and a node with another route password finds no others: it would never be ready.
if_between_nodes() { if [ "$STACK" = kubernetes ]; then grep -v '^NATS_CLUSTER_PASSWORD$'; else cat; fi; }

# The new ones are on disk before any server has them: whatever happens, nobody is locked out.
new=$file.rotating
[ ! -e "$new" ] || fail "$new is left of a rotation that was interrupted, and may be all that knows the passwords of the servers: try them, then move it away"
umask 077
cp -p "$file" "$new"
for part in $parts; do
  for name in $(names_of "$part"); do set_value "$name" "s$(openssl rand -hex 24)" "$new"; done
done

put_back() {
  local status=$?
  trap - EXIT
  echo "rotate-credentials.sh: a step failed; putting the old passwords back" >&2
  local unsure=""
  # Each has either the old or the new one: whichever opens puts the old one back.
  if wanted redis && ! set_redis_password "$file" "$new" >/dev/null 2>&1 && ! set_redis_password "$file" "$file" >/dev/null 2>&1; then unsure="redis"; fi
  if wanted database && ! set_database_passwords "$file" "$new" 2>/dev/null && ! set_database_passwords "$file" "$file"; then unsure="$unsure database"; fi
  if [ -n "$unsure" ]; then echo "these may have the passwords of $new: $unsure" >&2; else rm -f "$new"; fi
  exit "$((status == 0 ? 1 : status))"
}
trap put_back EXIT
if wanted database; then set_database_passwords "$new" "$file"; echo "database: three accounts have new passwords"; fi
if wanted redis; then set_redis_password "$new" "$file"; echo "redis: has a new password"; fi
trap - EXIT

old=$(mktemp "$file.XXXXXX")
cp -p "$file" "$old"
mv "$new" "$file"
if [ -f "$cluster" ]; then for part in $parts; do for name in $(names_of "$part"); do set_value "$name" "$(value_of "$name" "$file")" "$cluster"; done; done; fi
apply_passwords || fail "the servers have the new passwords, which are in $file, but not everything could be restarted (the old file is $old); start it with docker compose up -d, then make prod-check"
rm -f "$old"
echo "Rotated: $parts. Copy $file to where you keep keys."
