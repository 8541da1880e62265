# shellcheck shell=bash
# The schema is the one of this checkout. One that is ahead is allowed: steps expand first and contract a release later.
check_migrations() {
  local applied file name sum missing=() changed=() count=0
  applied=$(sql 'SELECT name, checksum FROM migrations' 2>/dev/null) || { bad "the list of migrations cannot be read" "see stage 3; a new database gets it from the first worker that starts"; return 0; }
  for file in shared/Storage/Migrations/*.sql; do
    name=$(basename "$file" .sql)
    sum=$(tr -d '\r' <"$file" | sha256sum | cut -d' ' -f1)
    count=$((count + 1))
    case $(sed -n "s/^$name|//p" <<<"$applied") in
      "$sum") ;;
      '') missing+=("$name") ;;
      *) changed+=("$name") ;;
    esac
  done
  [ ${#missing[@]} -eq 0 ] || bad "not applied: ${missing[*]}" "restart a worker of this version: the first one applies them"
  [ ${#changed[@]} -eq 0 ] || bad "applied with another content: ${changed[*]}" "applied migrations never change: restore the file, or the database from a backup"
  [ "$verdict" = FAIL ] || ok "$count migrations are applied, unchanged"
  [ "$(wc -l <<<"$applied")" -le "$count" ] || warn "the database is ahead of this checkout" "fine during a roll-out; otherwise use the newer checkout"
}
