# shellcheck shell=bash
# What a local stack's backup has beside its servers: its logs, and what it was set up by. Sourced by with-stack.sh once the stack is found.

# gather FOLDER: with the keys that it cannot be read without elsewhere; backup.sh keeps those only where it encrypts.
gather() {
  local data file
  data=$(dirname "$ADMIN_KEY_FILE")
  cp -r deploy docker-compose.yml "$1/"
  for file in "$data/secret-key" "$data/admin-key" "${SCREENER_DATA:-.data}/launcher.arguments" "$(monitoring_folder)"/*.yml; do
    [ ! -f "$file" ] || cp "$file" "$1/"
  done
  [ ! -f "$(env_file)" ] || cp "$(env_file)" "$1/.env"
}

backup_of_local() {
  export BACKUP_LOGS=${BACKUP_LOGS-$LOG_FOLDER}
  if [ -z "${BACKUP_CONFIGURATION+set}" ]; then
    local folder=${BACKUP_FOLDER:-.data/backups}
    mkdir -p "$folder"
    gathered=$(mktemp -d "$folder/.partial-XXXXXX") # backup.sh removes it, should we be killed
    trap 'rm -rf "$gathered"' EXIT
    gather "$gathered"
    export BACKUP_CONFIGURATION=$gathered
  fi
  deploy/scripts/backup.sh
}
