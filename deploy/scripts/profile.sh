#!/usr/bin/env bash
# profile.sh [SECONDS]   where the processor time of this machine goes, by process and by what it does, over SECONDS (20) of whatever runs:
# `make run`, a bench, a load. Needs perf (Debian: linux-perf) and root. Code that .NET compiled counts as "compiled C#". What was recorded
# stays in artifacts/profile.data, for `perf report`; of workers started with DOTNET_PerfMapEnabled=1 it names the methods.
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/lib/common.sh"
help_if_asked "${1:-}"
seconds=${1:-20}
[[ $seconds =~ ^[1-9][0-9]*$ ]] || fail "SECONDS is a whole number" 2
command -v perf >/dev/null || fail "perf is missing: apt-get install linux-perf"

mkdir -p artifacts
data=artifacts/profile.data
trap 'rm -f "$data.names"' EXIT
perf record --all-cpus --freq 999 --output "$data" -- sleep "$seconds" >/dev/null 2>&1 ||
  fail "perf could not look: it needs root, or kernel.perf_event_paranoid=-1"

# A process by the program that it runs: of `dotnet exec … CryptoScreener.AlertEngine.dll` that is AlertEngine.
for folder in /proc/[0-9]*; do
  {
    program=$(tr '\0' '\n' <"$folder/cmdline" | sed -n 's/.*CryptoScreener\.\([A-Za-z.]*\)\.dll$/\1/p' | head -1)
    echo "${folder#/proc/} ${program:-$(tr ' ' '_' <"$folder/comm")}"
  } 2>/dev/null || true # it has ended meanwhile
done >"$data.names"

perf script --input "$data" --fields pid,ip,sym,dso 2>/dev/null | awk -v seconds="$seconds" -v cores="$(nproc)" '
  FILENAME != "-" { name[$1] = $2; next }
  {
    process = ($1 in name) ? name[$1] : ($1 == 0 ? "" : "gone")
    if (process == "" || $0 ~ /intel_idle|default_idle|pv_native_safe_halt|cpuidle/) next
    dso = $NF
    symbol = $3; sub(/\+0x.*/, "", symbol)
    if ($0 ~ /doublemapper|perf-[0-9]|anon|\.dll\)/) what = "compiled C#"
    else if (dso ~ /kernel/) what = "kernel: " (symbol ~ /^(tcp_|sock_|inet|ip_|__ip|net_|__net|sk_|skb|__skb|loopback|nf_|unix_|__tcp|__sys_send|__sys_recv)/ ? "network" : symbol ~ /sched|schedule|futex|wake|enqueue|dequeue|pick_next|finish_task|hrtimer|poll/ ? "sleeping and waking" : "other")
    else if (dso ~ /libcoreclr/) what = "runtime"
    else if (dso ~ /libclrjit/) what = "compiler"
    else if (dso ~ /libclrgc/) what = "garbage collector"
    else { n = split(dso, part, "/"); what = part[n]; gsub(/[()]/, "", what) }
    count[process]++; doing[process, what]++; all++
  }
  END {
    printf "%-28s %10s   %s\n", "process", "of a core", "of that"
    for (process in count) order[++n] = process
    for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++) if (count[order[j]] > count[order[i]]) { t = order[i]; order[i] = order[j]; order[j] = t }
    for (i = 1; i <= n && count[order[i]] > all / 200; i++) {
      p = order[i]; text = ""
      while (1) {
        best = ""
        for (key in doing) { split(key, part, SUBSEP); if (part[1] == p && (best == "" || doing[key] > doing[best])) best = key }
        if (best == "" || doing[best] < count[p] / 50) break
        split(best, part, SUBSEP); text = text sprintf("%s%s %d %%", text == "" ? "" : ", ", part[2], 100 * doing[best] / count[p]); delete doing[best]
      }
      printf "%-28s %8.1f %%   %s\n", p, 100 * count[p] / 999 / seconds, text
    }
    printf "%-28s %8.1f %%   of %d cores\n", "all", 100 * all / 999 / seconds, cores
  }' "$data.names" -
