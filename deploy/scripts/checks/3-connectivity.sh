# shellcheck shell=bash
# The three servers and the gateway answer.
check_connectivity() {
  local said
  if said=$(sql 'SELECT current_setting($$server_version$$)' 2>&1); then ok "PostgreSQL $said answers"
  else bad "the database does not answer: ${said##*$'\n'}" "RUNBOOK: PostgresDown"
  fi
  if said=$(redis ping 2>&1) && [ "$said" = PONG ]; then ok "Redis answers"
  else bad "Redis does not answer: ${said##*$'\n'}" "RUNBOOK: RedisDown; until then cooldowns and limits are per process"
  fi
  if nats_greets; then ok "NATS answers"
  else bad "NATS does not answer" "RUNBOOK: NatsDown"
  fi
  if get -o /dev/null "$GATEWAY_URL/api/v1/info" 2>/dev/null; then ok "the API answers at $GATEWAY_URL"
  else bad "the API does not answer at $GATEWAY_URL" "is api-gateway running, and the port free? make logs service=api-gateway"
  fi
}

# The server speaks first.
nats_greets() {
  if [ "$STACK" = compose ]; then compose exec -T nats wget -q -O /dev/null http://127.0.0.1:8222/healthz; return; fi
  local first=${NATS_URL:-nats://127.0.0.1:4222} greeting=''
  first=${first%%,*}
  first=${first#*://}
  first=${first##*@}
  greeting=$( (timeout 5 bash -c 'exec 3<>"/dev/tcp/${0%:*}/${0##*:}" && read -r line <&3 && echo "$line"' "$first") 2>/dev/null) || true
  case $greeting in INFO*) return 0 ;; *) return 1 ;; esac
}
