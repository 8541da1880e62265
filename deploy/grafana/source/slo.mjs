import { dashboard, graph, row, stat, table } from '../panels.mjs';

export default dashboard('slo', 'Objectives', 'What we promise over 30 days, how the last day went, what is left of each budget, and who answers for what.', [
  stat('API availability', '1 - slo:sli_error:ratio_rate1d{slo="api_availability"}', { unit: 'percentunit', decimals: 3, help: 'Of the last day.', quiet: true, least: [0.997, 0.995] }),
  stat('Candle → alert within 1 s', '1 - slo:sli_error:ratio_rate1d{slo="candle_to_alert"}', { unit: 'percentunit', decimals: 3, help: 'Of the last day.', quiet: true, least: [0.9995, 0.999] }),
  stat('First delivery within 5 s', '1 - slo:sli_error:ratio_rate1d{slo="first_delivery"}', { unit: 'percentunit', decimals: 3, help: 'Of the last day.', quiet: true, least: [0.995, 0.99] }),
  stat('Delivery success', '1 - slo:sli_error:ratio_rate1d{slo="delivery_success"}', { unit: 'percentunit', decimals: 3, help: 'Of the last day.', quiet: true, least: [0.995, 0.99] }),
  stat('Feed freshness', '1 - max(slo:sli_error:ratio_rate1d{slo="feed_freshness"})', { unit: 'percentunit', decimals: 3, help: 'Of the last day, of the exchange that kept it least.', least: [0.9995, 0.999] }),
  stat('Workers', 'sum(worker_active)', { help: 'Processes that have started and are not draining.' }),
  row('Budgets'),
  table('Objectives', 'slo:objective:ratio', { unit: 'percentunit', decimals: 2, help: 'The part that must be good, of 30 days. deploy/prometheus/values.yml has them.' }),
  graph('Budget left', [['slo:budget_left:ratio', '{{slo}} {{exchange}}']], { unit: 'percentunit', max: 1, quiet: true, least: [0.5, 0], help: 'Of 30 days, or of the time since measuring began where that is less: one bad hour weighs much at first. Below 0 the promise is broken. Renewed every five minutes.' }),
  graph('Errors, one hour', [['slo:sli_error:ratio_rate1h', '{{slo}} {{exchange}}']], { unit: 'percentunit', help: 'The part that was bad.' }),
  graph('Burn rate, one hour', [['slo:sli_error:ratio_rate1h / on (slo) group_left () (1 - slo:objective:ratio)', '{{slo}} {{exchange}}']], { thresholds: [6, 14.4], help: '1 uses up the budget in exactly 30 days; 14.4 in two.' }),
  row('Use'),
  graph('API requests', [['sum by (status) (rate(api_gateway_http_requests_total[5m]))', '{{status}}']], { unit: 'reqps', quiet: true, help: 'By status; 5xx count against the objective.' }),
  graph('API latency', [
    ['screener:api_latency_seconds:p95', 'p95'], ['screener:api_latency_seconds:p99', 'p99'],
  ], { unit: 's', thresholds: [0.2, 0.5], quiet: true, help: 'The objectives: 95 % within 0.2 s, 99 % within 0.5 s.' }),
]);
