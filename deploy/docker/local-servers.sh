#!/usr/bin/env bash
# local-servers.sh   makes images of the servers that docker-compose.yml names from packages of Debian 13, under the same names, for machines
# that reach no image registry: NATS, PostgreSQL with TimescaleDB, Redis, Prometheus, Alertmanager and the exporters of node, PostgreSQL
# and Redis. They start as the originals do, but their versions are Debian's: to try the stack with, not to run it on. Grafana and the
# exporter of NATS are not in Debian. Prints the services of docker-compose.yml that have an image now.
# Needs root, debootstrap and a Docker engine (DOCKER, default: docker). Takes a minute; what is there already is left alone.
set -euo pipefail
cd "$(dirname "$0")/../.."
docker=${DOCKER:-docker}
base=screener-local/servers:trixie

image_of() { sed -n "/^  $1:/,/^  [a-z]/s/^    image: //p" docker-compose.yml | head -n 1; }
has() { $docker image inspect "$1" >/dev/null 2>&1; }

if ! has "$base"; then
  root=$(deploy/scripts/fetch-debian13.sh .data/debian13-servers postgresql-17 postgresql-17-timescaledb nats-server redis-server redis-tools wget \
    prometheus prometheus-alertmanager prometheus-node-exporter prometheus-postgres-exporter prometheus-redis-exporter)
  mkdir -p "$root/usr/local/bin"
  cp deploy/docker/local-postgres.sh "$root/usr/local/bin/docker-entrypoint.sh"
  tar -C "$root" -c . | $docker import --change 'ENV PATH=/usr/lib/postgresql/17/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' - "$base" >/dev/null
  rm -rf .data/debian13-servers
fi

# make SERVICE LINE-OF-A-DOCKERFILE…
make_image() {
  local image
  image=$(image_of "$1")
  has "$image" || printf '%s\n' "FROM $base" "${@:2}" | $docker build -q -t "$image" - >/dev/null
  echo "$1"
}

make_image nats 'ENTRYPOINT ["nats-server"]'
make_image timescaledb 'ENV PGDATA=/var/lib/postgresql/data' 'RUN mkdir -p $PGDATA /var/run/postgresql && chown 101:101 $PGDATA /var/run/postgresql' 'ENTRYPOINT ["docker-entrypoint.sh"]'
make_image redis 'RUN mkdir /data && chown 999:1000 /data'
make_image prometheus 'RUN mkdir /prometheus && chown 65534:65534 /prometheus' 'USER 65534' 'WORKDIR /prometheus' 'ENTRYPOINT ["prometheus"]'
make_image alertmanager 'RUN ln -s /usr/bin/prometheus-alertmanager /bin/alertmanager && mkdir /alertmanager && chown 65534:65534 /alertmanager' 'USER 65534'
make_image node-exporter 'USER 65534' 'ENTRYPOINT ["prometheus-node-exporter"]'
make_image postgres-exporter 'USER 65534' 'ENTRYPOINT ["prometheus-postgres-exporter"]'
make_image redis-exporter 'USER 65534' 'ENTRYPOINT ["prometheus-redis-exporter"]'
