import { dashboard, graph, row, stat, table } from '../panels.mjs';

export default dashboard('services', 'Overview', 'Is everything well, and if not, where to look first.', [
  stat('Active workers', 'sum(worker_active)', { help: 'Processes that have started and are not draining.' }),
  stat('Pending deliveries', 'sum(alert_engine_deliveries_pending)', { thresholds: [100, 1000] }),
  stat('Dead letters', 'sum(alert_engine_dead_letters_total)', { thresholds: [1, 100] }),
  stat('Alerts per hour', 'sum(increase(alert_engine_alerts_triggered_total[1h]))', { decimals: 0 }),
  stat('API latency p95', 'histogram_quantile(0.95, sum by (le) (rate(api_gateway_http_duration_seconds_bucket[5m])))', { unit: 's', thresholds: [0.2, 0.5], quiet: true }),
  stat('Firing', 'count(ALERTS{alertstate="firing", severity=~"critical|warning"}) or vector(0)', { thresholds: [1, 3] }),
  row('Work'),
  graph('Processing rate', [
    ['sum(rate(data_collector_candles_received_total[1m]))', 'candles received'],
    ['sum(rate(metrics_calculator_candles_processed_total[1m]))', 'candles processed'],
    ['sum(rate(alert_engine_alerts_evaluated_total[1m]))', 'rules evaluated'],
  ], { unit: 'ops' }),
  graph('Processing duration', [
    ['histogram_quantile(0.5, sum by (le) (rate(metrics_calculator_calculation_duration_seconds_bucket[5m])))', 'calculation p50'],
    ['histogram_quantile(0.99, sum by (le) (rate(metrics_calculator_calculation_duration_seconds_bucket[5m])))', 'calculation p99'],
    ['histogram_quantile(0.5, sum by (le) (rate(alert_engine_evaluation_duration_seconds_bucket[5m])))', 'evaluation p50'],
    ['histogram_quantile(0.99, sum by (le) (rate(alert_engine_evaluation_duration_seconds_bucket[5m])))', 'evaluation p99'],
  ], { unit: 's' }),
  graph('Queue lengths', [
    ['sum(nats_consumer_lag_messages) by (job)', 'bus, {{job}}'],
    ['sum(alert_engine_deliveries_pending)', 'deliveries'],
    ['sum(log_queue_depth) by (job)', 'log, {{job}}'],
  ]),
  graph('Errors survived', [['sum by (job, type) (rate(worker_errors_total[5m]))', '{{job}} {{type}}']], { unit: 'ops', quiet: true }),
  row('Workers'),
  table('Processes', 'worker_active', { help: 'One line per process; 0 while it starts or drains.' }),
  graph('CPU per worker', [['sum by (job) (rate(dotnet_process_cpu_time_seconds_total[1m]))', '{{job}}']], { help: 'In cores.' }),
  graph('Memory per worker', [['sum by (job) (dotnet_process_memory_working_set_bytes)', '{{job}}']], { unit: 'bytes' }),
  graph('Garbage collections', [['sum by (job, gc_heap_generation) (rate(dotnet_gc_collections_total[5m]))', '{{job}} {{gc_heap_generation}}']], { unit: 'ops' }),
  graph('Oldest heartbeat', [['time() - min by (job) (worker_heartbeat_timestamp_seconds)', '{{job}}']], { unit: 's', thresholds: [15, 30] }),
  graph('Restarts', [['changes(worker_start_timestamp_seconds[1h])', '{{job}} {{instance}}']]),
]);
