import { dashboard, graph, row, stat } from '../panels.mjs';

const stage = name => `histogram_quantile(0.99, sum by (le) (rate(screener_stage_latency_seconds_bucket{stage="${name}"}[5m])))`;

export default dashboard('pipeline', 'Pipeline latency', 'From the exchange to the receiver, stage by stage.', [
  stat('Closed candle → alert, p99', stage('close_to_alert'), { unit: 's', thresholds: [0.1, 1], quiet: true, width: 6, help: 'From the closing candle read off the socket to its alert on the bus; the objective is 1 s.' }),
  stat('Alert → first attempt, p99', stage('alert_to_first_attempt'), { unit: 's', thresholds: [1, 5], quiet: true, width: 6, help: 'Until the first attempt at a receiver is over; the objective is 5 s.' }),
  stat('Calculated, p99', stage('calculated'), { unit: 's', thresholds: [0.1, 1], width: 6, help: 'From the candle read off the socket to its numbers.' }),
  stat('Sent to sockets, p99', stage('sent'), { unit: 's', thresholds: [0.1, 1], quiet: true, width: 6, help: 'From numbers or alert to the client\'s socket.' }),
  row('Stages'),
  graph('p50 by stage', [['histogram_quantile(0.5, sum by (le, stage) (rate(screener_stage_latency_seconds_bucket[5m])))', '{{stage}}']], { unit: 's', help: 'Each stage from the one before it. A point leads to the trace of an alert where the stage has one.' }),
  graph('p99 by stage', [['histogram_quantile(0.99, sum by (le, stage) (rate(screener_stage_latency_seconds_bucket[5m])))', '{{stage}}']], { unit: 's', help: 'Where it grew, look first. `received` holds the difference of the clocks as well.' }),
  graph('Share slower than a second', [[
    '1 - sum by (stage) (rate(screener_stage_latency_seconds_bucket{le=~"1(\\\\.0)?"}[5m])) / sum by (stage) (rate(screener_stage_latency_seconds_count[5m]))', '{{stage}}',
  ]], { unit: 'percentunit', help: 'Of each stage; the objectives are made of these.' }),
  graph('Latency band', [
    ['screener:latency:p95', 'p95'], ['screener:latency:upper', 'upper bound of the usual'], ['screener:latency:avg1d', 'average of a day'],
  ], { unit: 's', quiet: true, help: 'Above the band LatencyAnomaly fires.' }),
  row('The bus'),
  graph('Messages', [
    ['sum by (job) (rate(nats_messages_published_total[1m]))', '{{job}} published'], ['sum by (job) (rate(nats_messages_received_total[1m]))', '{{job}} received'],
  ], { unit: 'ops', help: 'Readers of all partitions receive more than is published.' }),
  graph('Behind the end of the stream', [['max by (job, stream) (nats_consumer_lag_messages)', '{{job}}, {{stream}}']], { thresholds: [1000], help: 'Messages. NatsMessageLag fires above 1,000.' }),
  graph('Publishing errors', [['sum by (job) (rate(nats_publish_errors_total[5m]))', '{{job}}']], { unit: 'ops', help: 'What the bus did not take is sent again, and from a bounded buffer.' }),
  row('Calculation and evaluation'),
  graph('One frame', [
    ['screener:calculation_seconds:p95', 'calculated, p95'], ['screener:evaluation_seconds:p95', 'evaluated, p95'],
  ], { unit: 's', help: 'One instrument\'s numbers calculated, and held against all rules.' }),
  graph('Insert of a batch', [
    ['histogram_quantile(0.5, sum by (le) (rate(metrics_calculator_db_insert_duration_seconds_bucket[5m])))', 'p50'],
    ['screener:database_insert_seconds:p95', 'p95'],
  ], { unit: 's', thresholds: [0.05], help: 'Rows and the position they belong to. SlowDatabaseInserts fires above 50 ms at p95.' }),
  graph('Forming updates skipped', [
    ['sum(rate(metrics_calculator_live_candles_dropped_total[5m]))', 'calculator'], ['sum(rate(alert_engine_live_frames_dropped_total[5m]))', 'engine'],
  ], { unit: 'ops', help: 'Superseded by the next one; a closed candle or frame is never skipped.' }),
  graph('Minutes in memory', [['sum(metrics_calculator_ring_buffer_size)', 'minutes']], { help: 'Grows with instruments and with the windows that rules demand.' }),
]);
