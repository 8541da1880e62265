#!/usr/bin/env bash
# with-stack.sh backup.sh|restore.sh|rehearse-restore.sh [ARGUMENT…]   runs the script against what runs here: make run and make up by
# their addresses, docker compose inside its backup container. Addresses that are in the environment (PGHOST …) come first.
# backup.sh --verify only reads: where nothing runs, as on the machine that is to take another's place, it does so here.
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib/common.sh"
source deploy/scripts/lib/stack.sh
source deploy/scripts/lib/local-parts.sh
help_if_asked "${1:-}"
script=${1:-}
case $script in backup.sh | restore.sh | rehearse-restore.sh) ;; *) help_text >&2; exit 2 ;; esac
shift

nothing_runs() { [ -z "${STACK:-}${GATEWAY_URL:-}" ] && ! is_local_running && ! is_compose_running; }

if [ -z "${PGHOST:-}" ] && ! { [ "$script ${1:-}" = 'backup.sh --verify' ] && nothing_runs; }; then
  find_stack
  if [ "$STACK" = compose ]; then
    superuser=()
    if [ "$script" != backup.sh ]; then
      PGPASSWORD=$(setting POSTGRES_PASSWORD) # by name only below: command lines are for everybody to read
      export PGPASSWORD
      superuser=(-e PGUSER=postgres -e PGPASSWORD -e RESTORE_ROLE=screener)
    fi
    running=''
    # What is only unpacked disturbs nobody.
    if [ "$script" = restore.sh ] && [ "${RESTORE:-}" = yes ] && [[ " ${ONLY:-database} " =~ \ (database|streams|redis)\  ]]; then
      running=$(compose ps --services --status running | grep -xE "${deployments// /|}" | paste -sd' ' || true)
      # shellcheck disable=SC2086
      [ -z "$running" ] || compose stop $running
    fi
    code=0
    compose exec -T "${superuser[@]}" -e RESTORE="${RESTORE:-}" -e ONLY="${ONLY:-}" -e RESTORE_INTO="${RESTORE_INTO:-}" backup "/scripts/$script" "$@" || code=$?
    # 3: restore.sh refused before anything was changed.
    if [ -n "$running" ] && { [ "$code" = 0 ] || [ "$code" = 3 ]; }; then
      # shellcheck disable=SC2086
      compose start $running
    fi
    case $code in
      0) ;;
      3) fail "it did not succeed; nothing was changed${running:+, and the workers run again}" 3 ;;
      *) fail "it did not succeed${running:+, and the workers stay stopped, since what is there may be half of each: mend it and run it again, or docker compose start $running}" ;;
    esac
    exit
  fi
  if [ "$STACK $script $*" = 'local backup.sh ' ]; then backup_of_local; exit; fi
  [ "$script" != restore.sh ] || echo "The workers of a local stack cannot be stopped alone: afterwards make restart." >&2
fi
exec "deploy/scripts/$script" "$@"
