# shellcheck shell=bash
# Every secret is there and not one that everybody knows; nobody else reads the files; production is not set up like a trial.
check_configuration() {
  local file
  file=$(env_file)
  if [ -f "$file" ]; then
    secrets_are_good "$file"
    names_are_known "$file"
    [ "$STACK" != compose ] || containers_can_read . "$(setting NATS_TLS_FOLDER ./deploy/nats)" "$(setting NATS_CA_FILE)"
    [ "$(setting ENVIRONMENT development)" != production ] || fits_production
  elif [ "$STACK" = local ]; then
    ok "a local stack: private servers on loopback, no shared secrets"
  else
    warn "no $file: secrets and settings were not checked" "ENV_FILE=… names the file that this installation was started with (make secrets writes .env)"
  fi
  [ -z "${ADMIN_KEY_FILE:-}" ] || [ ! -f "$ADMIN_KEY_FILE" ] || private_file "$ADMIN_KEY_FILE"
}

private_file() {
  case $(stat -c %a "$1") in
    ?00) ok "$1 is its owner's alone" ;;
    *) bad "$1 can be read by others" "chmod 600 $1" ;;
  esac
}

# The same as the workers refuse (shared/Hosting/Configuration/PlaceholderSecrets.cs); a test compares.
is_known_secret() {
  local text=${1,,}
  case $text in
    admin | administrator | changeit | default | guest | letmein | nats | pass | password | passw0rd | postgres | \
      qwerty | redis | root | screener | secret | test | timescale | timescaledb | 123456 | 12345678 | 123456789) return 0 ;;
  esac
  grep -qE '^.*(change[-_ ]?me|replace[-_ ]?(me|this|with)|your[-_ ]|placeholder|make[-_ ]secrets)|^<.*>$|^\$\{?[A-Za-z0-9_]+\}?$|^(x{3,}|\.{3}|…|todo)$' <<<"$text"
}

secrets_are_good() {
  local name kind value good=0
  private_file "$1"
  while read -r name kind; do
    value=$(value_of "$name" "$1")
    if [ -z "$value" ]; then bad "$name is empty in $1" "make secrets fills it in"
    elif is_known_secret "$value"; then bad "$name is a placeholder or a secret that everybody knows" "empty it in $1, then make secrets"
    elif [ ${#value} -lt 16 ]; then warn "$name is shorter than 16 characters" "deploy/scripts/rotate-credentials.sh makes a longer one"
    else good=$((good + 1))
    fi
  done <deploy/scripts/secret-names
  ok "$good secrets are set and none of them is a known one"
}

# Compose's own (COMPOSE_FILE after make scale, COMPOSE_PROJECT_NAME) are read by itself, SCALED_SIZES by make scale.
names_are_known() {
  local unknown
  unknown=$(comm -23 <(sed -n '/^COMPOSE_/d; /^SCALED_SIZES=/d; s/^\([A-Z_0-9]*\)=.*/\1/p' "$1" | sort -u) \
    <({ sed -n 's/^\([A-Z_0-9]*\)=.*/\1/p' .env.example .env.production.example; grep -oE '\$\{[A-Z_0-9]+' docker-compose.yml deploy/docker/scaled.yml | sed 's/.*{//'; } | sort -u) | paste -sd' ')
  [ -z "$unknown" ] || warn "$1 has names that nothing reads: $unknown" "mend the spelling, see .env.example"
}

# containers_can_read CHECKOUT TLS_FOLDER CA_FILE: none of their users owns our files, and no root of theirs may pass over modes: a checkout made
# under umask 027 or 077 leaves monitoring and backups without their files. NATS runs as root, so a key may be root's alone.
containers_can_read() {
  local file found closed hidden missing=''
  for file in "$1/deploy" "$1/docker-compose.yml" "$2" ${3:+"$3"}; do
    # What is in a folder that we may not look into is no more missing than there.
    LC_ALL=C stat -L "$file" 2>&1 >/dev/null | grep 'Permission denied' >/dev/null || [ -e "$file" ] || missing=${missing:+$missing, }$file
  done
  [ -z "$missing" ] || bad "not there: $missing" "mend the path (NATS_TLS_FOLDER, NATS_CA_FILE), or put the files there: containers would find nothing"
  found=$(export LC_ALL=C
    { find -H "$1/deploy" "$1/docker-compose.yml" ${3:+"$3"} \( ! -perm -o=r -o -type d ! -perm -o=x \)
      find -L "$2" \( ! -perm -o=r -o -type d ! -perm -o=x \) ! -uid 0; } 2>&1 | sort -u) || true
  hidden=$(sed -n 's/^find: //; s/: Permission denied$//p' <<<"$found")
  [ -z "$hidden" ] || warn "could not look at $(paste -sd' ' <<<"$hidden")" "make prod-check stage=1 as root, or as whose the files are"
  closed=$(grep -v '^find: ' <<<"$found" || true)
  [ -z "$closed" ] || bad "containers cannot read $(wc -l <<<"$closed") files, $(head -n 1 <<<"$closed") among them" "chmod -R o+rX deploy docker-compose.yml; certificates chmod 644, the key of NATS chown root and chmod 600"
  [ -n "$missing$hidden$closed" ] || ok "containers can read deploy/ and the files of TLS"
}

fits_production() {
  [ "$(setting EXCHANGE_SIMULATED false)" = false ] || bad "production with a simulated exchange" "EXCHANGE_SIMULATED=false, and empty EXCHANGE_REST_URL and EXCHANGE_STREAM_URL"
  [ -n "$(setting PAGERDUTY_INTEGRATION_KEY)$(setting SLACK_WEBHOOK_URL)$(setting ALERT_EMAIL_RECIPIENTS)" ] \
    || warn "nobody is told of the system's own alerts" "set PAGERDUTY_INTEGRATION_KEY, SLACK_WEBHOOK_URL or ALERT_EMAIL_RECIPIENTS"
  [ -n "$(setting ALERT_HEARTBEAT_URL)" ] || warn "nobody would notice that the alerting itself died" "set ALERT_HEARTBEAT_URL to a dead man's switch"
  [ "$(setting BACKUP_ENCRYPT true)" = true ] || warn "backups are not encrypted" "BACKUP_ENCRYPT=true"
  [ "$(setting BACKUP_VOLUME backups)" != backups ] || warn "backups lie on the same disk as what they back up" "BACKUP_VOLUME=/mnt/… on another"
}
