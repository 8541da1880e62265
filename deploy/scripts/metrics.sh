#!/usr/bin/env bash
# metrics.sh SERVICE [PATTERN]   what every process of the service tells Prometheus now: its own series, without those of the runtime;
# with a pattern (an extended regular expression) only what matches, runtime included. make metrics-alert-engine grep=latency
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib/common.sh"
source deploy/scripts/lib/stack.sh
help_if_asked "${1:-}"
service=${1:?name a service: data-collector, metrics-calculator, alert-engine or api-gateway}
case " $services " in *" $service "*) ;; *) fail "there is no service $service; there are: $services" 2 ;; esac
need curl
find_stack
[ -n "$(urls_of "$service")" ] || fail "no address of $service is known: with several processes ask Prometheus (make monitoring-status)"
while read -r url; do
  echo "# $service at $url"
  text=$(get "$url/metrics") || fail "$url does not answer: make logs service=$service"
  if [ -n "${2:-}" ]; then grep -v '^#' <<<"$text" | grep -E -- "$2" || echo "# nothing matches $2"
  else grep -vE '^(#|dotnet_|kestrel_|http_|process_|.*_created)' <<<"$text"
  fi
done < <(urls_of "$service")
