# shellcheck shell=bash
# How each kind of installation gives its servers new passwords. Passwords go by standard input and the environment: no list of
# processes and no log of statements shows them.

superuser_sql() { # FILE WITH THE PASSWORDS OF NOW
  case $STACK in
    compose) compose exec -T timescaledb psql -q -v ON_ERROR_STOP=1 -U postgres -d screener ;;
    kubernetes) kubectl -n crypto-screener exec -i statefulset/timescaledb -- psql -q -v ON_ERROR_STOP=1 -U postgres -d screener ;;
    *) PGPASSWORD=$(password_of_ours "$1") psql -q -v ON_ERROR_STOP=1 -d "${PGDATABASE:-screener}" ;;
  esac
}

# The account that we change passwords with may be one of those that are changed.
password_of_ours() { # FILE WITH THE PASSWORDS OF NOW
  case ${PGUSER:-} in
    postgres) value_of POSTGRES_PASSWORD "$1" ;;
    screener) value_of SCREENER_PASSWORD "$1" ;;
    *) echo "${PGPASSWORD:-}" ;;
  esac
}

# All three or none.
set_database_passwords() { # FILE, FILE WITH THE PASSWORDS OF NOW
  superuser_sql "$2" <<SQL
BEGIN;
SET LOCAL log_statement = 'none';
SET LOCAL log_min_error_statement = 'panic';
ALTER ROLE postgres PASSWORD '$(value_of POSTGRES_PASSWORD "$1")';
ALTER ROLE screener PASSWORD '$(value_of SCREENER_PASSWORD "$1")';
ALTER ROLE screener_reader PASSWORD '$(value_of SCREENER_READER_PASSWORD "$1")';
COMMIT;
SQL
}

# Whoever is connected stays connected.
set_redis_password() { # FILE, FILE WITH THE PASSWORD OF NOW
  local said
  said=$(printf 'AUTH %s\nCONFIG SET requirepass %s\n' "$(value_of REDIS_PASSWORD "$2")" "$(value_of REDIS_PASSWORD "$1")" | raw_redis)
  [ "$(grep -c '^OK' <<<"$said")" = 2 ] || { echo "Redis said: $said" >&2; return 1; }
}

raw_redis() {
  case $STACK in
    compose) compose exec -T -e REDISCLI_AUTH= redis redis-cli ;;
    kubernetes) kubectl -n crypto-screener exec -i statefulset/redis -- env -u REDISCLI_AUTH redis-cli ;;
    *) local address=${REDIS%%,*}; timeout 10 redis-cli -h "${address%:*}" -p "${address##*:}" ;;
  esac
}

# In a cluster that has them; a password of yesterday would make them say that its server is down.
monitors_with_passwords='deployment/postgres-exporter deployment/redis-exporter statefulset/grafana'

# NATS reads its passwords when it starts, workers theirs likewise: servers first.
apply_passwords() {
  case $STACK in
    compose) # all that runs, whatever profile it is of: Grafana and the exporters have passwords too
      # shellcheck disable=SC2046
      compose up -d --no-build --wait --wait-timeout 180 $(compose ps --services) ;;
    kubernetes)
      # shellcheck disable=SC2086
      kubectl -n crypto-screener create secret generic crypto-secrets --from-env-file="$(env_file)" --dry-run=client -o yaml | kubectl apply -f - &&
        kubectl -n crypto-screener rollout restart statefulset/nats statefulset/redis &&
        kubectl -n crypto-screener rollout status statefulset/nats --timeout=300s &&
        kubectl -n crypto-screener rollout restart deployment $deployments &&
        kubectl -n crypto-screener get $monitors_with_passwords --ignore-not-found -o name | xargs -r kubectl -n crypto-screener rollout restart
      ;;
    *) bash -c "$APPLY_COMMAND" ;;
  esac
}
