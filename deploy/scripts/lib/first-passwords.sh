# shellcheck shell=bash
# Servers keep the passwords that they began with: others beside them would lock everybody out. Sourced by what makes or brings passwords.

ours_of_compose() { # of volumes and containers: the label that Compose gives them
  local project=${COMPOSE_PROJECT_NAME:-}
  [ -n "$project" ] || [ ! -e .env ] || project=$(value_of COMPOSE_PROJECT_NAME .env)
  echo "label=com.docker.compose.project=${project:-crypto-screener}"
}

# Before a new .env is made.
refuse_beside_volumes() {
  local volumes
  volumes=$(docker volume ls -q --filter "$(ours_of_compose)")
  [ -z "$volumes" ] || fail "the volumes of an installation are here, its .env is not: bring that file back (docs/backup.md), or remove the volumes with docker volume rm"
}

# Volumes do not tell what they began with, the database's container does, for as long as there is one: also while it is stopped.
refuse_beside_containers() {
  local container theirs
  container=$(docker ps -aq --filter "$(ours_of_compose)" --filter label=com.docker.compose.service=timescaledb | head -n 1)
  [ -n "$container" ] || return 0
  theirs=$(docker inspect --format '{{range .Config.Env}}{{println .}}{{end}}' "$container" | sed -n 's/^POSTGRES_PASSWORD=//p')
  refuse_another "$theirs" .env "docker compose up -d"
}

refuse_beside_cluster() { # FOLDER THAT IS APPLIED
  local file=k8s/base/secrets.env known
  known=$(kubectl get secret crypto-secrets -n crypto-screener --ignore-not-found -o 'jsonpath={.metadata.name} {.data.POSTGRES_PASSWORD}')
  [ -n "$known" ] || return 0
  [ -e "$file" ] || fail "the cluster has its secrets, this checkout does not: bring $file back (docs/backup.md)"
  refuse_another "$(base64 -d <<<"${known#* }")" "$file" "kubectl apply -k $1"
}

# Only a rotation changes this password, the file with it.
refuse_another() { # THEIRS FILE COMMAND
  [ -z "$1" ] || [ "$1" = "$(value_of POSTGRES_PASSWORD "$2")" ] \
    || fail "the database that is there has another POSTGRES_PASSWORD than $2: bring back the file it was made with (docs/backup.md); where this one is right all the same: $3"
}
