#!/usr/bin/env bash
# fetch-debian13.sh [FOLDER PACKAGE…]
# Puts what tests need and Debian 12 does not have into a folder: of Debian 13 PostgreSQL 17 with TimescaleDB 2.19 (Apache edition), for
# the storage tests that run on it beside the installed PostgreSQL (make test-timescale), kubectl, which builds our overlays, and
# nats-server 2.10 (fetch-nats-servers.sh). Needs root and debootstrap, which it installs where apt-get can; takes half a minute, once.
# Prints the folder. What it cannot do it says in one line on the error output. With arguments: other packages, into a folder of their own.
set -euo pipefail
cd "$(dirname "$0")/../.."

folder=$(realpath -m "${1:-.data/debian13}")
packages=(postgresql-17 postgresql-17-timescaledb kubectl nats-server)
[ $# -lt 2 ] || packages=("${@:2}")
[ -d "$folder" ] && { echo "$folder"; exit 0; }

fail() { echo "$1" >&2; exit 1; }
[ "$(id -u)" -eq 0 ] || fail "entering its folder needs root"
if ! command -v debootstrap >/dev/null; then
  [ "${NO_INSTALL:-0}" != 1 ] || fail "debootstrap is missing (apt-get install debootstrap)"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends debootstrap; } >/dev/null 2>&1 \
    || fail "debootstrap could not be installed"
fi

mkdir -p "$(dirname "$folder")"
work=$(mktemp -d "$(dirname "$folder")/.debian13-XXXXXX")
trap 'rm -rf "$work"' EXIT
root=$work/root
# --foreign and unpacking by hand: the packages' configuration takes longer than all the rest, and a server needs none of it but an account.
timeout 300 debootstrap --variant=minbase --foreign --include="$(IFS=,; echo "${packages[*]}")" trixie "$root" >"$work/log" 2>&1 \
  || fail "debootstrap ended with: $(tail -n 1 "$work/log")"
for package in "$root"/var/cache/apt/archives/*.deb; do dpkg-deb -x "$package" "$root"; done
rm -rf "$root"/var/cache/apt "$root"/usr/share/{doc,info,man}
printf 'root:x:0:0::/root:/bin/sh\npostgres:x:101:101::/var/lib/postgresql:/bin/sh\n' >"$root/etc/passwd"
printf 'root:x:0:\npostgres:x:101:\n' >"$root/etc/group"
chmod 755 "$root"
chroot "$root" /bin/sh -c 'exec /usr/bin/env true' >"$work/log" 2>&1 || fail "its programs do not run here: $(tail -n 1 "$work/log")"
mv "$root" "$folder"
echo "$folder"
