import { dashboard, graph, row, stat } from '../panels.mjs';

export default dashboard('exchanges', 'Exchanges', 'How well each exchange is heard.', [
  stat('Sockets open / expected', 'sum(data_collector_websocket_connections{exchange=~"$exchange"}) / sum(data_collector_websocket_connections_expected{exchange=~"$exchange"})', { unit: 'percentunit', width: 6, least: [1, 0.9], help: 'Missing ones are polled over REST. LowWebSocketConnections fires below 90 %.' }),
  stat('Stalest feed', 'max(data_collector_feed_staleness_seconds{exchange=~"$exchange"})', { unit: 's', thresholds: [5, 10], width: 6, help: 'Since the last word of the exchange that has been silent longest. FeedStale fires above 10 s.' }),
  stat('Gaps open', 'sum(data_collector_gaps_open{exchange=~"$exchange"})', { thresholds: [1, 50], width: 6, help: 'Minutes that are known to be missing and are being loaded.' }),
  stat('Candles rejected, last hour', 'sum(increase(data_collector_candles_rejected_total{exchange=~"$exchange"}[1h]))', { decimals: 0, width: 6, help: 'Out of order, twice, or impossible. The log says why at level Debug.' }),
  row('Feeds'),
  graph('Sockets', [
    ['sum by (exchange) (data_collector_websocket_connections{exchange=~"$exchange"})', '{{exchange}} open'],
    ['sum by (exchange) (data_collector_websocket_connections_expected{exchange=~"$exchange"})', '{{exchange}} expected'],
  ], { help: 'Open below expected: connections are being renewed, or the exchange refuses them.' }),
  graph('Staleness', [['max by (exchange) (data_collector_feed_staleness_seconds{exchange=~"$exchange"})', '{{exchange}}']], { unit: 's', thresholds: [10], help: 'Since the last word of the exchange.' }),
  graph('Candles', [
    ['sum(rate(data_collector_candles_received_total{exchange=~"$exchange"}[1m]))', 'received'], ['sum(rate(data_collector_candles_published_total{exchange=~"$exchange"}[1m]))', 'closed and published'],
    ['sum(rate(data_collector_candles_rejected_total{exchange=~"$exchange"}[1m]))', 'rejected'],
  ], { unit: 'ops', help: 'Received: each change of a candle. Published: the minutes that closed.' }),
  graph('Throughput band', [
    ['screener:throughput:rate5m', 'now'], ['screener:throughput:upper', 'upper bound of the usual'], ['screener:throughput:lower', 'lower bound'],
  ], { unit: 'ops', help: 'Of all exchanges. Outside the band ThroughputAnomaly fires.' }),
  row('Trouble'),
  graph('Reconnects', [['sum(rate(data_collector_websocket_reconnects_total{exchange=~"$exchange"}[5m])) * 60', 'per minute']], { unit: 'opm', help: 'Sockets opened again after a loss; planned renewals are not among them.' }),
  graph('Socket errors', [['sum by (cause) (rate(data_collector_websocket_errors_total{exchange=~"$exchange"}[5m])) * 60', '{{cause}}, per minute']], { quiet: true, unit: 'opm', help: 'By what ended the socket or made a frame unreadable.' }),
  graph('Availability', [['screener:exchange_availability:ratio5m{exchange=~"$exchange"}', '{{exchange}}']], { unit: 'percentunit', min: 0, max: 1, least: [0.99, 0.95], help: 'Sockets open of those expected, five minutes on average. ExchangeUnavailable warns below 99 %, is critical below 95 %.' }),
  graph('Exchange event → received', [
    ['histogram_quantile(0.5, sum by (le) (rate(screener_stage_latency_seconds_bucket{stage="received"}[5m])))', 'p50'],
    ['histogram_quantile(0.99, sum by (le) (rate(screener_stage_latency_seconds_bucket{stage="received"}[5m])))', 'p99'],
  ], { unit: 's', help: 'Of all exchanges. Holds the difference of the two clocks as well.' }),
], { exchanges: 'label_values(data_collector_websocket_connections_expected, exchange)' });
