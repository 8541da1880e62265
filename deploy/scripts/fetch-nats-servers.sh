#!/usr/bin/env bash
# Fetches the nats-server of Debian 13 (2.10) beside the installed one, for the NATS contract tests, which run against every
# server under .data/nats-servers. Needs root and debootstrap; takes about half a minute, once.
set -euo pipefail
cd "$(dirname "$0")/../.."

servers=.data/nats-servers
mkdir -p "$servers"
if compgen -G "$servers/2.10.*/nats-server" >/dev/null; then
  echo "Already there: $(ls "$servers")"
  exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v debootstrap >/dev/null; then
  echo "fetch-nats-servers.sh needs root and debootstrap (apt-get install debootstrap)." >&2
  echo "Or put any nats-server there yourself, as $servers/<version>/nats-server, or name it in SCREENER_NATS_SERVERS." >&2
  exit 1
fi

work=$(mktemp -d "$servers/.fetch-XXXXXX")
trap 'rm -rf "$work"' EXIT
# --foreign: packages are fetched and unpacked but not configured; of all of them only one file is wanted.
debootstrap --variant=minbase --foreign --include=nats-server trixie "$work/root" >"$work/log" 2>&1 \
  || { tail -n 20 "$work/log" >&2; exit 1; }
dpkg-deb -x "$work"/root/var/cache/apt/archives/nats-server_*.deb "$work/unpacked"
program=$(find "$work/unpacked" -type f -name nats-server -perm -u+x | head -n 1)
version=$("$program" --version | sed 's/.*v//')
mkdir -p "$servers/$version"
mv "$program" "$servers/$version/nats-server"
echo "nats-server $version is in $servers/$version"
