#!/bin/sh
# Puts values.yml into templates/*.yml and writes rules/*.yml. With --check it only says whether they are up to date.
set -eu
cd "$(dirname "$0")"

render() {
  awk '
    FNR == NR {
      if ($0 ~ /^[a-z]/) { value = $0; sub(/^[^:]*: */, "", value); sub(/ +#.*$/, "", value); values[substr($0, 1, index($0, ":") - 1)] = value }
      next
    }
    FNR == 1 { print "# Rendered from templates/ and values.yml by render.sh; change those." }
    {
      rest = $0; line = ""
      while (match(rest, /\$\{[a-z0-9_]+\}/)) {
        name = substr(rest, RSTART + 2, RLENGTH - 3)
        if (!(name in values)) { print FILENAME ": values.yml has no " name > "/dev/stderr"; exit 1 }
        line = line substr(rest, 1, RSTART - 1) values[name]
        rest = substr(rest, RSTART + RLENGTH)
      }
      print line rest
    }' values.yml "$1"
}

stale=0
for template in templates/*.yml; do
  target="rules/$(basename "$template")"
  rendered=$(render "$template")
  if [ "${1:-}" = --check ]; then
    [ "$rendered" = "$(cat "$target" 2>/dev/null)" ] || { echo "$target is not what values.yml and $template give; run render.sh" >&2; stale=1; }
  else
    printf '%s\n' "$rendered" > "$target"
  fi
done
exit "$stale"
