#!/usr/bin/env bash
# Puts the nats-server of Debian 13 (2.10) beside the installed one, for the NATS contract tests, which run against every server under
# .data/nats-servers. Any other one can be put there by hand, as <version>/nats-server, or be named in SCREENER_NATS_SERVERS.
set -euo pipefail
cd "$(dirname "$0")/../.."

program=$(deploy/scripts/fetch-debian13.sh)/usr/sbin/nats-server
[ -x "$program" ] || { echo "Remove .data/debian13, which was fetched before nats-server was part of it, and try again." >&2; exit 1; }
version=$("$program" --version | sed 's/.*v//')
mkdir -p ".data/nats-servers/$version"
[ -x ".data/nats-servers/$version/nats-server" ] || cp "$program" ".data/nats-servers/$version/nats-server"
echo "nats-server $version is in .data/nats-servers/$version"
