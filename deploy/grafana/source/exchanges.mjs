import { dashboard, graph, row, stat } from '../panels.mjs';

export default dashboard('exchanges', 'Exchanges', 'How well each exchange is heard.', [
  stat('Sockets open / expected', 'sum(data_collector_websocket_connections) / sum(data_collector_websocket_connections_expected)', { unit: 'percentunit', width: 6 }),
  stat('Stalest feed', 'max(data_collector_feed_staleness_seconds)', { unit: 's', thresholds: [5, 10], width: 6 }),
  stat('Gaps open', 'sum(data_collector_gaps_open)', { thresholds: [1, 50], width: 6 }),
  stat('Candles rejected, last hour', 'sum(increase(data_collector_candles_rejected_total[1h]))', { decimals: 0, width: 6 }),
  row('Feeds'),
  graph('Sockets', [
    ['sum by (exchange) (data_collector_websocket_connections)', '{{exchange}} open'],
    ['sum by (exchange) (data_collector_websocket_connections_expected)', '{{exchange}} expected'],
  ]),
  graph('Staleness', [['max by (exchange) (data_collector_feed_staleness_seconds)', '{{exchange}}']], { unit: 's', thresholds: [10] }),
  graph('Candles', [
    ['sum(rate(data_collector_candles_received_total[1m]))', 'received'], ['sum(rate(data_collector_candles_published_total[1m]))', 'closed and published'],
    ['sum(rate(data_collector_candles_rejected_total[1m]))', 'rejected'],
  ], { unit: 'ops' }),
  graph('Throughput band', [
    ['screener:throughput:rate5m', 'now'], ['screener:throughput:upper', 'upper bound of the usual'], ['screener:throughput:lower', 'lower bound'],
  ], { unit: 'ops', help: 'Outside the band ThroughputAnomaly fires.' }),
  row('Trouble'),
  graph('Reconnects', [['sum(rate(data_collector_websocket_reconnects_total[5m])) * 60', 'per minute']]),
  graph('Socket errors', [['sum by (cause) (rate(data_collector_websocket_errors_total[5m])) * 60', '{{cause}}, per minute']], { quiet: true }),
  graph('Availability', [['screener:exchange_availability:ratio5m', '{{exchange}}']], { unit: 'percentunit', min: 0, max: 1 }),
  graph('Exchange event → received', [
    ['histogram_quantile(0.5, sum by (le) (rate(screener_stage_latency_seconds_bucket{stage="received"}[5m])))', 'p50'],
    ['histogram_quantile(0.99, sum by (le) (rate(screener_stage_latency_seconds_bucket{stage="received"}[5m])))', 'p99'],
  ], { unit: 's', help: 'Holds the difference of the two clocks as well.' }),
]);
