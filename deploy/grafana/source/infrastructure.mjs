import { dashboard, graph, row, stat } from '../panels.mjs';

export default dashboard('infrastructure', 'Infrastructure', 'The machine, the servers, and the monitors themselves.', [
  stat('CPU', 'avg(screener:cpu:ratio5m)', { unit: 'percentunit', thresholds: [0.75, 0.9], help: 'All cores of all machines. HighCpuUsage warns at 75 %.' }),
  stat('Memory', 'max(screener:memory:ratio)', { unit: 'percentunit', thresholds: [0.8, 0.9], help: 'The fullest machine. HighMemoryUsage warns at 80 %.' }),
  stat('Least free disk', 'min(screener:disk_free:ratio)', { unit: 'percentunit', least: [0.15, 0.05], help: 'The fullest file system. LowDiskSpace warns below 15 %.' }),
  stat('Redis connections', 'sum(redis_connected_clients)', { help: 'Workers, and whoever else is connected.' }),
  stat('Redis memory', 'sum(redis_memory_used_bytes)', { unit: 'bytes', help: 'Beside its limit below; at the limit it evicts what was used least.' }),
  stat('Database size', 'max(database_size_bytes)', { unit: 'bytes', quiet: true, help: 'As the workers measure it every hour.' }),
  row('PostgreSQL'),
  graph('Connections', [
    ['sum(database_connection_pool_size{state="used"})', 'used by the workers'], ['sum(pg_stat_database_numbackends)', 'of the server'], ['max(pg_settings_max_connections)', 'limit'],
  ], { help: 'HighDatabaseConnections fires at 80 % of the limit.' }),
  graph('Queries', [
    ['sum by (job) (rate(database_queries_total[1m]))', '{{job}}'], ['sum by (job) (rate(database_errors_total[1m]))', '{{job}} failed'],
  ], { unit: 'ops', help: 'By worker; failed ones are repeated or told as errors.' }),
  graph('Longest transaction', [['max(pg_stat_activity_max_tx_duration)', 'seconds']], { unit: 's', thresholds: [5], help: 'SlowQueries fires above 5 s. A backup runs long and is harmless.' }),
  graph('Rows', [
    ['sum(rate(pg_stat_database_tup_inserted[5m]))', 'inserted'], ['sum(rate(pg_stat_database_tup_updated[5m]))', 'updated'], ['sum(rate(pg_stat_database_tup_fetched[5m]))', 'fetched'],
  ], { unit: 'ops', help: 'Of all databases of the server.' }),
  row('Redis and NATS'),
  graph('Redis operations', [['sum by (job) (rate(redis_operations_total[1m]))', '{{job}}']], { unit: 'ops', help: 'Cooldowns, limits, shared weights. Without Redis they are counted per process.' }),
  graph('Redis memory', [['sum(redis_memory_used_bytes)', 'used'], ['sum(redis_memory_max_bytes)', 'limit']], { unit: 'bytes', help: 'RedisMemoryHigh fires at 80 % of the limit.' }),
  graph('NATS connections', [['sum(gnatsd_varz_connections)', 'open']], { help: 'Workers, and the backup while it runs.' }),
  graph('NATS traffic', [['sum(rate(gnatsd_varz_in_bytes[1m]))', 'in'], ['sum(rate(gnatsd_varz_out_bytes[1m]))', 'out']], { unit: 'Bps', help: 'Every gateway takes all frames: out grows with their number.' }),
  row('The machine'),
  graph('CPU', [['screener:cpu:ratio5m', '{{instance}}']], { unit: 'percentunit', min: 0, max: 1, thresholds: [0.75, 0.9], help: 'All cores of each machine.' }),
  graph('Memory', [['screener:memory:ratio', '{{instance}}']], { unit: 'percentunit', min: 0, max: 1, thresholds: [0.8, 0.9], help: 'What cannot be given to somebody else without writing it out.' }),
  graph('Free disk', [['screener:disk_free:ratio', '{{mountpoint}}']], { unit: 'percentunit', min: 0, max: 1, least: [0.15, 0.05], help: 'Full, writers stop and streams discard by their policy.' }),
  graph('Network', [['sum(rate(node_network_receive_bytes_total{device!="lo"}[1m]))', 'in'], ['sum(rate(node_network_transmit_bytes_total{device!="lo"}[1m]))', 'out']], { unit: 'Bps', help: 'Without the loopback.' }),
  row('The monitors'),
  graph('Targets up', [['sum by (job) (up)', '{{job}}']], { help: 'Processes of each job that Prometheus reaches.' }),
  graph('Scrape duration', [['max by (job) (scrape_duration_seconds)', '{{job}}']], { unit: 's', thresholds: [0.05], help: 'Longer than 50 ms: the process has no CPU, or too many series.' }),
  graph('Notifications failed', [['sum(rate(alertmanager_notifications_failed_total[5m]))', 'Alertmanager'], ['sum(rate(prometheus_rule_evaluation_failures_total[5m]))', 'rule evaluations']], { unit: 'ops', help: 'Anything here means that somebody may not be told.' }),
  graph('Log queue', [['max by (job) (log_queue_depth / (log_queue_capacity > 0))', '{{job}}']], { unit: 'percentunit', help: 'How full the fullest is.' }),
  graph('Log events dropped', [['sum by (job) (rate(log_events_dropped_total[5m]))', '{{job}}']], { unit: 'ops', help: 'The queue was full. Work goes on without these lines.' }),
]);
