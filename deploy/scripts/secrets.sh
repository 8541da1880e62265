#!/usr/bin/env bash
# make secrets: writes .env (Compose) and k8s/base/secrets.env (the cluster's crypto-secrets) with random values, from the same
# ones. What exists is never overwritten: only names that are missing or empty are added, from the other file where that has them.
# Beside the volumes of a Compose installation whose .env is not here nothing is made.
# Where alerts about the system go (Slack, PagerDuty, SMTP) is taken over from .env each time. Both files are ignored by git.
# A new value for one secret: RENEW=NAME make secrets; what servers must be told of is changed by make rotate-credentials.
root=$(realpath "${SCREENER_ROOT:-$(dirname "$0")/../..}")
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
source deploy/scripts/lib/first-passwords.sh
names=$PWD/deploy/scripts/secret-names # name and kind of every secret; the cluster's has the same names
cd "$root" || exit
umask 077

# Begins with a letter: nats-server would read 12e4… as a number.
password() { echo "s$(openssl rand -hex 24)"; }
key() { echo "k1:$(openssl rand -base64 32)"; }

if [ ! -e .env ]; then
  # Also for a cluster: who starts Compose here later would start it with these.
  if [ -z "${SCREENER_ROOT:-}" ] && docker volume ls >/dev/null 2>&1; then refuse_beside_volumes; fi
  cp "${SECRETS_TEMPLATE:-.env.example}" .env
  echo "Wrote .env from ${SECRETS_TEMPLATE:-.env.example}"
fi
mkdir -p k8s/base
touch k8s/base/secrets.env
chmod 600 .env k8s/base/secrets.env

if [ -n "${RENEW:-}" ]; then
  renewable='ALERTMANAGER_WEBHOOK_TOKEN GRAFANA_ADMIN_PASSWORD BACKUP_PASSPHRASE'
  case " $renewable " in *" $RENEW "*) ;; *) echo "secrets.sh: RENEW is one of $renewable. Passwords of servers: make rotate-credentials; STORAGE_SECRET_KEY: docs/SECURITY.md" >&2; exit 2 ;; esac
  sed -i "s|^$RENEW=.*|$RENEW=|" .env k8s/base/secrets.env
fi

added=0
while read -r name kind; do
  [ -n "$name" ] || continue
  ours=$(value_of "$name" .env)
  cluster=$(value_of "$name" k8s/base/secrets.env)
  if [ -z "$ours" ]; then
    ours=${cluster:-$($kind)}
    set_value "$name" "$ours" .env
    added=$((added + 1))
  fi
  [ -n "$cluster" ] || set_value "$name" "$ours" k8s/base/secrets.env
done <"$names"

# Where alerts about the system go is secret too; whoever fills or changes it in .env finds it in the cluster.
for name in SLACK_WEBHOOK_URL PAGERDUTY_INTEGRATION_KEY SMTP_PASSWORD DELIVERY_WEBHOOK_SECRET; do
  ours=$(value_of "$name" .env)
  if [ -n "$ours" ] || ! grep -q "^$name=" k8s/base/secrets.env; then set_value "$name" "$ours" k8s/base/secrets.env; fi
done

echo "$added secrets were missing and are now in .env; k8s/base/secrets.env has the same. Keep a copy of both where you keep keys:"
echo "without STORAGE_SECRET_KEY sealed endpoints, and without BACKUP_PASSPHRASE encrypted backups, cannot be read again."
