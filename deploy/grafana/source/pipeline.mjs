import { dashboard, graph, row, stat } from '../panels.mjs';

const stage = name => `histogram_quantile(0.99, sum by (le) (rate(screener_stage_latency_seconds_bucket{stage="${name}"}[5m])))`;

export default dashboard('pipeline', 'Pipeline latency', 'From the exchange to the receiver, stage by stage.', [
  stat('Closed candle → alert, p99', stage('close_to_alert'), { unit: 's', thresholds: [0.1, 1], quiet: true, width: 6 }),
  stat('Alert → first attempt, p99', stage('alert_to_first_attempt'), { unit: 's', thresholds: [1, 5], quiet: true, width: 6 }),
  stat('Calculated, p99', stage('calculated'), { unit: 's', thresholds: [0.1, 1], width: 6 }),
  stat('Sent to sockets, p99', stage('sent'), { unit: 's', thresholds: [0.1, 1], quiet: true, width: 6 }),
  row('Stages'),
  graph('p50 by stage', [['histogram_quantile(0.5, sum by (le, stage) (rate(screener_stage_latency_seconds_bucket[5m])))', '{{stage}}']], { unit: 's' }),
  graph('p99 by stage', [['histogram_quantile(0.99, sum by (le, stage) (rate(screener_stage_latency_seconds_bucket[5m])))', '{{stage}}']], { unit: 's' }),
  graph('Share slower than a second', [[
    '1 - sum by (stage) (rate(screener_stage_latency_seconds_bucket{le=~"1(\\\\.0)?"}[5m])) / sum by (stage) (rate(screener_stage_latency_seconds_count[5m]))', '{{stage}}',
  ]], { unit: 'percentunit' }),
  graph('Latency band', [
    ['screener:latency:p95', 'p95'], ['screener:latency:upper', 'upper bound of the usual'], ['screener:latency:avg1d', 'average of a day'],
  ], { unit: 's', quiet: true, help: 'Above the band LatencyAnomaly fires.' }),
  row('The bus'),
  graph('Messages', [
    ['sum by (job) (rate(nats_messages_published_total[1m]))', '{{job}} published'], ['sum by (job) (rate(nats_messages_received_total[1m]))', '{{job}} received'],
  ], { unit: 'ops' }),
  graph('Publishing errors and lag', [
    ['sum by (job) (rate(nats_publish_errors_total[5m]))', '{{job}} errors/s'], ['max by (job) (nats_consumer_lag_messages)', '{{job}} lag'],
  ]),
  row('Calculation and evaluation'),
  graph('One frame', [
    ['screener:calculation_seconds:p95', 'calculated, p95'], ['screener:evaluation_seconds:p95', 'evaluated, p95'],
  ], { unit: 's' }),
  graph('Insert of a batch', [
    ['histogram_quantile(0.5, sum by (le) (rate(metrics_calculator_db_insert_duration_seconds_bucket[5m])))', 'p50'],
    ['screener:database_insert_seconds:p95', 'p95'],
  ], { unit: 's', thresholds: [0.05] }),
  graph('Forming updates skipped', [
    ['sum(rate(metrics_calculator_live_candles_dropped_total[5m]))', 'calculator'], ['sum(rate(alert_engine_live_frames_dropped_total[5m]))', 'engine'],
  ], { unit: 'ops', help: 'Superseded by the next one; a closed candle or frame is never skipped.' }),
  graph('Minutes in memory', [['sum(metrics_calculator_ring_buffer_size)', 'minutes']]),
]);
