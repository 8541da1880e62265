/** What the gateway answers: docs of the shapes are at /docs of a running gateway. */
export type Severity = 'info' | 'warning' | 'critical';

export interface Me { subject: string; name: string; role: 'reader' | 'trader' | 'admin'; anonymous: boolean; scopes: string[] }
export interface Info { version: string; simulated: boolean; exchanges: string[]; anonymous_read: boolean; commit?: string }

export interface Metric { name: string; function: string; arguments: string[]; unit: Unit; meaning: string; warm_up_minutes: number }
export type Unit = 'percent' | 'quote' | 'base' | 'price' | 'ratio' | 'count' | 'score' | 'rank' | 'none';

export interface Frame { exchange: string; symbol: string; minute: number; closed: boolean; metrics: Record<string, number | null> }

export interface Instrument {
  exchange: string; symbol: string; base: string; quote: string; status: string;
  tick_size?: number | null; lot_size?: number | null; listed_at?: string | null; url?: string | null;
}

/** open_time_ms, open, high, low, close, volume, quote_volume, trades, taker_buy_volume */
export type CandleRow = [number, number, number, number, number, number, number, number | null, number | null];
export interface CandlePage { items: CandleRow[]; next: string | null; forming?: boolean }

export interface Alert {
  id: string; symbol: string; exchange: string; rule_type: string; rule_id: string; description: string; severity: Severity;
  state: 'fired' | 'resolved' | 'acknowledged'; timestamp: string; price: number; metadata: Record<string, number | null>;
  resolves?: string | null; acknowledges?: string | null; late?: boolean; owner?: string | null; group?: string | null;
  acknowledged_at?: string | null; acknowledged_by?: string | null;
}
export interface AlertSummary {
  total: number; by_severity: Partial<Record<Severity, number>>; by_rule: { rule_id: string; count: number }[];
  by_symbol: { symbol: string; exchange?: string; count: number }[]; acknowledged: number; active: number;
}

export type TriggerMode = 'on_enter' | 'on_exit' | 'once' | 'once_per_bar' | 'once_per_bar_close' | 'every';
export interface Trigger {
  mode: TriggerMode; bar: string; every_seconds: number; hold_seconds: number; rearm_seconds: number; cooldown_seconds: number;
  max_per_hour: number; expires_at?: string | null; active_from?: string | null; active_until?: string | null;
}
export interface Universe { exchanges: string[]; quote_assets: string[]; include: string[]; exclude: string[]; min_daily_volume?: number | null }
export interface Rule {
  id: string; version: number; name: string; rule_type: string; expression: string; description: string; severity: Severity;
  trigger: Trigger; universe: Universe; owner: string | null; endpoints: string[]; enabled: boolean;
  health?: { state: 'ok' | 'faulty'; error?: string | null; version?: number }; fired_24h?: number; updated_at?: string;
}
export type RuleDraft = Pick<Rule, 'name' | 'expression' | 'description' | 'severity' | 'trigger' | 'universe' | 'endpoints' | 'enabled'>;
export interface RuleState { exchange: string; symbol: string; state: 'inactive' | 'pending' | 'firing' | 'recovering' | 'no_data'; since: string | null }
export interface RuleStatesPage { as_of: string | null; complete: boolean; counts: Record<RuleState['state'], number>; items: RuleState[]; next: string | null }
export interface RuleVersion { version: number; definition: Partial<Rule>; changed_at: string; changed_by: string | null }

export interface ExpressionError {
  position: number; length: number; line: number; column: number; message: string; expected?: string | string[] | null; suggestion?: string | null;
}
export interface Validation { valid: boolean; formatted: string | null; metrics: string[]; demanded?: string[]; errors: ExpressionError[] }
/** A metric that somebody looks at and no calculator has yet. */
export interface DemandedMetric { name: string; state: 'adding' | 'no_room' | 'refused'; reason: string | null }
export interface Completion {
  functions: { name: string; signature: string; help: string }[]; keywords: (string | { name: string; help?: string })[];
  timeframes: string[]; metrics: (string | Metric)[];
}
export interface Preview { total: number; matches: { exchange: string; symbol: string; price: number | null; values: Record<string, number | null> }[] }

export interface ReturnSummary {
  count: number; mean: number | null; median: number | null; hit_rate: number | null; best: number | null; worst: number | null;
  baseline_mean: number | null; baseline_hit_rate: number | null;
}
export interface Firing { exchange: string; symbol: string; at: string; price: number; metadata: Record<string, number>; returns: Record<string, number | null> }
export interface ReplayRule { rule_id: string; approximate: boolean; firings: Firing[]; firings_total: number; summary: Record<string, ReturnSummary> }
export interface Replay {
  id: string; state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'; progress: number; error?: string | null; result?: { rules: ReplayRule[] } | null;
}

export type EndpointKind = 'webhook' | 'discord' | 'slack' | 'telegram' | 'pagerduty' | 'email';
export interface Endpoint {
  id: string; name: string; kind: EndpointKind; target: string; paused: boolean; disabled_reason: string | null; disabled_at?: string | null;
  created_at: string; pending: number; dead: number; secret?: string; enabled?: boolean; failing_since?: string | null; options?: Record<string, unknown>;
}
export interface Policy { id: string; name: string; severity: Severity | null; steps: { after_seconds: number; endpoints: string[] }[] }
export interface Attempt { number?: number; at: string; status?: number | null; error?: string | null; duration_ms?: number | null; response?: string | null }
export interface Delivery {
  id: string; endpoint_id: string; alert_id: string | null; event: string; state: 'pending' | 'delivered' | 'dead' | 'expired' | 'cancelled';
  due_at: string | null; attempts: number | Attempt[]; created_at: string; last_status: number | null; last_error: string | null;
  exchange: string | null; symbol: string | null; rule_id: string | null;
}
export interface Silence {
  id: string; owner: string | null; matchers: { rule_id?: string; symbol?: string; exchange?: string; severity?: Severity };
  starts_at: string; ends_at: string; reason: string; created_by: string | null;
}

export interface ExchangeStatus {
  exchange: string; state: 'healthy' | 'degraded' | 'warning' | 'critical'; connected: boolean; connections: number; instruments: number;
  last_message_at: string | null; staleness_seconds: number; gaps_open: number | null; error_rate: number | null; availability: number | null;
  response_ms: number | null; simulated?: boolean; reasons: string[];
}
/** A worker as it said it does; `alive` is false once it has said nothing for 15 seconds. */
export interface ServiceStatus {
  service: string; instance: string; version: string; alive: boolean; ready: boolean; heard_at: string;
  checks: Record<string, string>; values: Record<string, number>;
}
export interface Sample {
  timestamp: string; requests_per_second: number | null; error_rate: number | null; mean_ms: number | null; p95_ms: number | null; p99_ms: number | null;
  candles_per_second: number | null; evaluations_per_second: number | null; alerts_per_second: number | null; deliveries_per_second: number | null;
  deliveries_pending: number | null; socket_messages_per_second: number | null; sockets: number | null; close_to_alert_p99_ms: number | null;
  first_attempt_p99_ms: number | null; cpu_percent: number | null; memory_percent: number | null; memory_bytes: number | null;
}
export interface PerformanceNow { current: Sample; stages_ms: Record<string, number>; workers: WorkerLoad[] }
export interface WorkerLoad { service: string; instance: string; cpu_percent: number | null; memory_bytes: number | null; memory_percent: number | null }
export interface Objective { name: string; promise: string; target: number; measured: number; met: boolean; judged: boolean }
export interface Finding { severity: 'warning' | 'critical'; what: string; message: string }
export interface Headroom { resource: string; used_percent: number; headroom_percent: number; hours_until_full: number | null; urgency: string | null; recommendation: string | null }
export interface ExecutiveSummary {
  timestamp: string; health_score: number; status: string; objectives: Objective[]; exchanges: number; exchanges_connected: number; instruments: number;
  instruments_current: number; api_calls_last_hour: number | null; alerts_last_hour: number | null; deliveries_last_hour: number | null; sockets: number | null;
  active_users?: number; active_users_24h?: number; mean_seconds_to_acknowledge?: number; cost_per_month?: number; currency?: string;
}
export interface OperationsOverview { health_score: number; status: string; findings: Finding[]; workers_alive: number; workers_not_ready: string[]; ecosystem: string; capacity: Headroom[] }
export interface Correlation { timeframe: string; bars: number; symbols: string[]; matrix: (number | null)[][] }

export interface ApiKey {
  id: string; name: string; prefix: string; role: string; scopes: string[]; created_at: string; expires_at: string | null;
  last_used_at: string | null; key?: string;
}
export interface AuditEntry { at: string; actor: string | null; action: string; target: string | null; details: { before?: Record<string, unknown> | null; after?: Record<string, unknown> | null } | null }
export interface Page<T> { items: T[]; next: string | null }
