#!/usr/bin/env bash
# prod-optimize.sh   sizes .env (ENV_FILE) to this machine: shows what would change, and changes it with APPLY=yes. Secrets and all
# else stay as they are; the file from before is kept beside it. docker compose up -d then applies it.
#   CPUS, MEMORY_MB, DISK_GB   the machine's, measured where not given; DISK_GB is what is free where Docker keeps its volumes, with what
#                              our volumes have already taken of it
#   INSTRUMENTS                how many are to be followed (COLLECTOR_TOP_BY_VOLUME, 800): warns when memory or disk will not do
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib/common.sh"
source deploy/scripts/lib/stack.sh
help_if_asked "${1:-}"
file=$(env_file)
[ -f "$file" ] || fail "there is no $file: make secrets writes it"

cpus=${CPUS:-$(nproc)}
memory=${MEMORY_MB:-$(awk '/^MemTotal/ { print int($2 / 1024) }' /proc/meminfo)}
# Without what is ours already a second run, months later, would propose less and less.
free_disk() {
  local volumes=${DOCKER_FOLDER:-/var/lib/docker} free ours
  if [ -d "$volumes" ]; then
    free=$(df -BG --output=avail "$volumes" | tail -n 1 | tr -dc 0-9)
    ours=$(du -scBG "$volumes/volumes/${COMPOSE_PROJECT_NAME:-crypto-screener}"_* 2>/dev/null | tail -n 1 | cut -f1 | tr -dc 0-9 || true)
  else
    free=$(df -BG --output=avail . | tail -n 1 | tr -dc 0-9)
  fi
  echo $((free + ${ours:-0}))
}
disk=${DISK_GB:-$(free_disk)}
instruments=${INSTRUMENTS:-$(setting COLLECTOR_TOP_BY_VOLUME 800)}
[ "$memory" -ge 3500 ] || fail "this machine has $memory MB of memory; below 3500 the stack does not fit"

# Shares of what is left when the system and, half a gigabyte, monitoring have theirs. Half of it is the database's and the page
# cache's; the calculator keeps every instrument's state (docs/CAPACITY.md).
ours=$((memory * 85 / 100 - 512))
share() { local mb=$((ours * $1 / 100)); if [ "$mb" -lt "$2" ]; then echo "$2"; else echo "$mb"; fi; }
at_least() { if [ "$1" -lt "$2" ]; then echo "$2"; else echo "$1"; fi; }
between() { if [ "$1" -lt "$2" ]; then echo "$2"; elif [ "$1" -gt "$3" ]; then echo "$3"; else echo "$1"; fi; } # VALUE LEAST MOST

postgres=$(share 42 1024)
nats=$(share 12 256)
redis=$(share 6 192)
calculator=$(share 16 384)
collector=$(share 7 256)
engine=$(share 8 256)
delivery=$(share 3 160)
gateway=$(share 6 256)
half_cpus=$(at_least $((cpus / 2)) 1)
pool=$(between $((cpus * 5)) 10 40)
# docs/CAPACITY.md: NATS remembers a third of a KB for each alert in a full ALERTS, a quarter of this: at most half of its memory is for that.
streams=$(between $((disk * 1024 * 15 / 100 / 3)) 512 "$(between $((nats * 6)) 512 20000)")
# docs/CAPACITY.md: an update takes 92 µs of the four workers together, more than where there are many; half of every processor is left to the rest.
# Whoever measured (make load) knows better than the model.
updates=$(setting CANDLES_PER_SECOND_LIMIT $((cpus * 1000000 / 92 / 2)))

proposal() {
  cat <<PROPOSAL
POSTGRES_MEMORY ${postgres}m
POSTGRES_SHARED_BUFFERS $((postgres / 4))MB
POSTGRES_EFFECTIVE_CACHE_SIZE $((postgres * 3 / 4))MB
POSTGRES_WORK_MEM $(between $((postgres / 128)) 4 64)MB
POSTGRES_MAINTENANCE_WORK_MEM $(between $((postgres / 16)) 64 1024)MB
POSTGRES_MAX_CONNECTIONS $((pool * 5 * $(setting WORKER_REPLICAS 1) + 40))
POSTGRES_MAX_WAL_SIZE $(between $((disk / 50)) 1 8)GB
POSTGRES_CPUS $half_cpus
DATABASE_POOL_SIZE $pool
DISK_BUDGET_GIGABYTES $((disk * 60 / 100))
REDIS_MEMORY ${redis}m
REDIS_MAXMEMORY $((redis * 2 / 3))mb
NATS_MEMORY ${nats}m
NATS_CPUS $half_cpus
NATS_MAX_FILE_STORE $(at_least $((disk * 15 / 100)) 4)GB
NATS_STREAM_MEGABYTES $streams
COLLECTOR_CPUS $half_cpus
COLLECTOR_MEMORY ${collector}m
CALCULATOR_CPUS $cpus
CALCULATOR_MEMORY ${calculator}m
CALCULATOR_LANES $(between "$half_cpus" 1 16)
ENGINE_CPUS $half_cpus
ENGINE_MEMORY ${engine}m
DELIVERY_MEMORY ${delivery}m
GATEWAY_CPUS $half_cpus
GATEWAY_MEMORY ${gateway}m
CANDLES_PER_SECOND_LIMIT $updates
PROPOSAL
}

echo "This machine: $cpus processors, $memory MB of memory, $disk GB of free disk; $instruments instruments"
changes=0
while read -r name value; do
  old=$(value_of "$name" "$file")
  [ "$old" != "$value" ] || continue
  printf '  %-30s %s%10s%s → %s%s%s\n' "$name" "$red" "${old:-(not set)}" "$plain" "$green" "$value" "$plain"
  changes=$((changes + 1))
done < <(proposal)

# docs/CAPACITY.md and a third more: 340 KB for each instrument and 150 MB for the process itself.
needed=$((150 + instruments * 340 / 1024))
[ "$needed" -le $((calculator * 3 / 4)) ] || echo "${yellow}The calculator needs about $needed MB for $instruments instruments, three quarters of its $calculator MB: follow fewer, or scale out.$plain"
# The same: 78 MB of disk for each instrument when everything is as old as it may get, and backups of a third of that; 10 GB for images, logs and
# a month of measurements: 4,000 series every 5 s take 3 GB, and each backup has them too.
needed=$((10 + instruments * 78 / 1024))
days=$(setting BACKUP_KEEP_DAYS 14)
backups=$((instruments * 70 * days / 1024 / 3))
[ "$(setting BACKUP_PROMETHEUS true)" != true ] || backups=$((backups + 3 * days))
case $(setting BACKUP_VOLUME backups) in */*) elsewhere=yes ;; *) elsewhere=no needed=$((needed + backups)) ;; esac
if [ "$needed" -gt "$disk" ]; then
  echo "${yellow}The disk will need about $needed GB for $instruments instruments when all history is there, and has $disk GB$([ $elsewhere = yes ] || echo " ($backups GB of them are backups: BACKUP_VOLUME puts them on another disk, BACKUP_KEEP_DAYS keeps fewer, BACKUP_PROMETHEUS=false leaves measurements out)"): follow fewer, or keep less (Storage:Retention).$plain"
fi
[ "$changes" -gt 0 ] || { echo "Nothing to change."; exit 0; }
[ "${APPLY:-}" = yes ] || { echo "$changes settings would change. APPLY=yes make prod-optimize changes them in $file."; exit 0; }
kept=$file.$(date -u +%Y%m%dT%H%M%SZ)
cp -p "$file" "$kept"
while read -r name value; do set_value "$name" "$value" "$file"; done < <(proposal)
echo "Changed $file; the one before is $kept. docker compose up -d applies it."
