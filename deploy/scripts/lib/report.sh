# shellcheck shell=bash
# The findings of one stage: ok, warning or failure, each of the latter two with what to do.
findings=()
verdict=PASS

ok() { findings+=("${green}ok${plain}    $1"); }
warn() { findings+=("${yellow}warn${plain}  $1" "      ${2:+→ $2}"); [ "$verdict" = FAIL ] || verdict=WARN; }
bad() { findings+=("${red}fail${plain}  $1" "      ${2:+→ $2}"); verdict=FAIL; }

colour_of() { case $1 in PASS) echo "$green" ;; WARN) echo "$yellow" ;; *) echo "$red" ;; esac; }

# run_stage NUMBER TITLE FUNCTION: a check that breaks down is a failed one, never the end of all.
run_stage() {
  findings=() verdict=PASS
  local finding
  "$3" || bad "the check itself broke down" "its last message stands above; report it"
  printf '%s%s%s %2s/10 %s%s%s\n' "$(colour_of "$verdict")" "$verdict" "$plain" "$1" "$bold" "$2" "$plain"
  for finding in "${findings[@]}"; do [ -z "${finding// /}" ] || printf '         %s\n' "$finding"; done
}
