import { dashboard, graph, row, stat, table } from '../panels.mjs';

export default dashboard('slo', 'Objectives', 'What we promise over 30 days, how the last day went, what is left of each budget, and who answers for what.', [
  stat('API availability', '1 - slo:sli_error:ratio_rate1d{slo="api_availability"}', { unit: 'percentunit', decimals: 3, help: 'Of the last day.', quiet: true }),
  stat('Candle → alert within 1 s', '1 - slo:sli_error:ratio_rate1d{slo="candle_to_alert"}', { unit: 'percentunit', decimals: 3, help: 'Of the last day.', quiet: true }),
  stat('First delivery within 5 s', '1 - slo:sli_error:ratio_rate1d{slo="first_delivery"}', { unit: 'percentunit', decimals: 3, help: 'Of the last day.', quiet: true }),
  stat('Delivery success', '1 - slo:sli_error:ratio_rate1d{slo="delivery_success"}', { unit: 'percentunit', decimals: 3, help: 'Of the last day.', quiet: true }),
  stat('Feed freshness', '1 - slo:sli_error:ratio_rate1d{slo="feed_freshness"}', { unit: 'percentunit', decimals: 3, help: 'Of the last day.' }),
  stat('Workers', 'sum(worker_active)'),
  row('Budgets'),
  table('Objectives', 'slo:objective:ratio', { unit: 'percentunit', decimals: 2 }),
  graph('Budget left', [['slo:budget_left:ratio', '{{slo}}']], { unit: 'percentunit', max: 1, quiet: true, help: 'Of 30 days; below 0 the promise is broken. Renewed every five minutes.' }),
  graph('Errors, one hour', [['slo:sli_error:ratio_rate1h', '{{slo}}']], { unit: 'percentunit' }),
  graph('Burn rate, one hour', [['slo:sli_error:ratio_rate1h / on (slo) (1 - slo:objective:ratio)', '{{slo}}']], { thresholds: [6, 14.4], help: '1 uses up the budget in exactly 30 days; 14.4 in two.' }),
  row('Use'),
  graph('API requests', [['sum by (status) (rate(api_gateway_http_requests_total[5m]))', '{{status}}']], { unit: 'reqps', quiet: true }),
  graph('API latency', [
    ['screener:api_latency_seconds:p95', 'p95'], ['screener:api_latency_seconds:p99', 'p99'],
  ], { unit: 's', thresholds: [0.2, 0.5], quiet: true }),
]);
