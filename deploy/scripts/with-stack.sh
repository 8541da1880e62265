#!/usr/bin/env bash
# with-stack.sh backup.sh|restore.sh|rehearse-restore.sh [ARGUMENT…]   runs the script against what runs here: make run and make up by
# their addresses, docker compose inside its backup container. Addresses that are in the environment (PGHOST …) come first.
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib/common.sh"
source deploy/scripts/lib/stack.sh
help_if_asked "${1:-}"
script=${1:-}
case $script in backup.sh | restore.sh | rehearse-restore.sh) ;; *) help_text >&2; exit 2 ;; esac
shift

if [ -z "${PGHOST:-}" ]; then
  find_stack
  if [ "$STACK" = compose ]; then
    superuser=()
    [ "$script" = backup.sh ] || superuser=(-e PGUSER=postgres -e "PGPASSWORD=$(setting POSTGRES_PASSWORD)" -e RESTORE_ROLE=screener)
    compose exec -T "${superuser[@]}" -e RESTORE="${RESTORE:-}" -e ONLY="${ONLY:-}" backup "/scripts/$script" "$@"
    exit
  fi
fi
exec "deploy/scripts/$script" "$@"
