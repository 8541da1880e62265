import { dashboard, graph, row, stat } from '../panels.mjs';

export default dashboard('infrastructure', 'Infrastructure', 'The machine, the servers, and the monitors themselves.', [
  stat('CPU', 'avg(screener:cpu:ratio5m)', { unit: 'percentunit', thresholds: [0.75, 0.9] }),
  stat('Memory', 'max(screener:memory:ratio)', { unit: 'percentunit', thresholds: [0.8, 0.9] }),
  stat('Least free disk', 'min(screener:disk_free:ratio)', { unit: 'percentunit' }),
  stat('Redis connections', 'sum(redis_connected_clients)'),
  stat('Redis memory', 'sum(redis_memory_used_bytes)', { unit: 'bytes' }),
  stat('Database size', 'max(database_size_bytes)', { unit: 'bytes', quiet: true }),
  row('PostgreSQL'),
  graph('Connections', [
    ['sum(database_connection_pool_size{state="used"})', 'used by the workers'], ['sum(pg_stat_database_numbackends)', 'of the server'], ['max(pg_settings_max_connections)', 'limit'],
  ]),
  graph('Queries', [
    ['sum by (job) (rate(database_queries_total[1m]))', '{{job}}'], ['sum by (job) (rate(database_errors_total[1m]))', '{{job}} failed'],
  ], { unit: 'ops' }),
  graph('Longest transaction', [['max(pg_stat_activity_max_tx_duration)', 'seconds']], { unit: 's', thresholds: [5] }),
  graph('Rows', [
    ['sum(rate(pg_stat_database_tup_inserted[5m]))', 'inserted'], ['sum(rate(pg_stat_database_tup_updated[5m]))', 'updated'], ['sum(rate(pg_stat_database_tup_fetched[5m]))', 'fetched'],
  ], { unit: 'ops' }),
  row('Redis and NATS'),
  graph('Redis operations', [['sum by (job) (rate(redis_operations_total[1m]))', '{{job}}']], { unit: 'ops' }),
  graph('Redis memory', [['sum(redis_memory_used_bytes)', 'used'], ['sum(redis_memory_max_bytes)', 'limit']], { unit: 'bytes' }),
  graph('NATS connections', [['sum(gnatsd_varz_connections)', 'open']]),
  graph('NATS traffic', [['sum(rate(gnatsd_varz_in_bytes[1m]))', 'in'], ['sum(rate(gnatsd_varz_out_bytes[1m]))', 'out']], { unit: 'Bps' }),
  row('The machine'),
  graph('CPU', [['screener:cpu:ratio5m', '{{instance}}']], { unit: 'percentunit', min: 0, max: 1, thresholds: [0.75, 0.9] }),
  graph('Memory', [['screener:memory:ratio', '{{instance}}']], { unit: 'percentunit', min: 0, max: 1, thresholds: [0.8, 0.9] }),
  graph('Free disk', [['screener:disk_free:ratio', '{{mountpoint}}']], { unit: 'percentunit', min: 0, max: 1 }),
  graph('Network', [['sum(rate(node_network_receive_bytes_total{device!="lo"}[1m]))', 'in'], ['sum(rate(node_network_transmit_bytes_total{device!="lo"}[1m]))', 'out']], { unit: 'Bps' }),
  row('The monitors'),
  graph('Targets up', [['sum by (job) (up)', '{{job}}']]),
  graph('Scrape duration', [['max by (job) (scrape_duration_seconds)', '{{job}}']], { unit: 's', thresholds: [0.05] }),
  graph('Notifications failed', [['sum(rate(alertmanager_notifications_failed_total[5m]))', 'Alertmanager'], ['sum(rate(prometheus_rule_evaluation_failures_total[5m]))', 'rule evaluations']]),
  graph('Log queue', [['max by (job) (log_queue_depth / (log_queue_capacity > 0))', '{{job}}']], { unit: 'percentunit', help: 'How full the fullest is.' }),
  graph('Log events dropped', [['sum by (job) (rate(log_events_dropped_total[5m]))', '{{job}}']], { unit: 'ops' }),
]);
