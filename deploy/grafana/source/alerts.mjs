import { dashboard, graph, row, stat } from '../panels.mjs';

export default dashboard('alerts', 'Alerts and deliveries', 'What fired, what was sent, what waits.', [
  stat('Alerts, last hour', 'sum(increase(alert_engine_alerts_triggered_total[1h]))', { decimals: 0, help: 'Alerts that rules fired, over all rules and instruments.' }),
  stat('Duplicates avoided, last hour', 'sum(increase(alert_engine_alerts_duplicated_total[1h]))', { decimals: 0, help: 'The same alert found again, after a restart or a takeover, and not published a second time.' }),
  stat('Sent, last hour', 'sum(increase(alert_engine_webhooks_sent_total[1h]))', { decimals: 0, help: 'Attempts that a receiver accepted.' }),
  stat('Failed attempts, last hour', 'sum(increase(alert_engine_webhooks_failed_total[1h]))', { decimals: 0, thresholds: [10, 100], help: 'Attempts that a receiver refused or did not answer. They are tried again.' }),
  stat('Pending', 'max(alert_engine_deliveries_pending)', { thresholds: [100, 1000], help: 'Deliveries that wait for their turn or their next attempt. QueueBacklog fires above 100.' }),
  stat('Dead letters', 'sum(alert_engine_dead_letters_total)', { thresholds: [1, 100], help: 'Deliveries given up since the engines started. They can be replayed.' }),
  row('Alerts'),
  graph('Fired', [['sum(rate(alert_engine_alerts_triggered_total[5m])) * 60', 'per minute']], { unit: 'opm', help: 'Alerts a minute.' }),
  graph('Rules evaluated', [['sum(rate(alert_engine_alerts_evaluated_total[1m]))', 'per second']], { unit: 'ops', help: 'Rules looked at: only those that a changed value touches.' }),
  graph('Evaluation of a frame', [
    ['histogram_quantile(0.5, sum by (le) (rate(alert_engine_evaluation_duration_seconds_bucket[5m])))', 'p50'],
    ['histogram_quantile(0.95, sum by (le) (rate(alert_engine_evaluation_duration_seconds_bucket[5m])))', 'p95'],
    ['histogram_quantile(0.99, sum by (le) (rate(alert_engine_evaluation_duration_seconds_bucket[5m])))', 'p99'],
  ], { unit: 's', thresholds: [0.001], help: 'One instrument\'s numbers against all rules. SlowAlertEvaluation fires above 1 ms at p95.' }),
  graph('Duplicates avoided', [['sum(rate(alert_engine_alerts_duplicated_total[5m])) * 60', 'per minute']], { unit: 'opm', help: 'Many after a takeover, none otherwise.' }),
  row('Deliveries'),
  graph('Attempts', [
    ['sum(rate(alert_engine_webhooks_sent_total[5m]))', 'accepted'], ['sum(rate(alert_engine_webhooks_failed_total[5m]))', 'failed'],
    ['sum(rate(alert_engine_delivery_retries_total[5m]))', 'retries'],
  ], { unit: 'ops', help: 'Each attempt at a receiver; a retry counts here as well.' }),
  graph('Failure ratio', [['screener:webhook_failures:ratio5m', 'failed']], { unit: 'percentunit', thresholds: [0.05], quiet: true, help: 'HighWebhookFailureRate fires above 5 %.' }),
  graph('Waiting', [['max(alert_engine_deliveries_pending)', 'pending']], { thresholds: [100], help: 'Steady growth means that a receiver fails or is slower than its alerts.' }),
  graph('Alert → first attempt', [
    ['histogram_quantile(0.5, sum by (le) (rate(screener_stage_latency_seconds_bucket{stage="alert_to_first_attempt"}[5m])))', 'p50'],
    ['histogram_quantile(0.99, sum by (le) (rate(screener_stage_latency_seconds_bucket{stage="alert_to_first_attempt"}[5m])))', 'p99'],
  ], { unit: 's', thresholds: [5], quiet: true, help: 'The objective is 5 s. A point of it leads to the trace of an alert.' }),
  row('Clients'),
  graph('Sockets', [['sum(api_gateway_websocket_connections)', 'open']], { help: 'Clients on all gateways.' }),
  graph('Socket messages', [
    ['sum(rate(api_gateway_websocket_messages_sent_total[1m]))', 'sent'], ['sum(rate(api_gateway_websocket_messages_failed_total[1m]))', 'failed'],
  ], { unit: 'ops', help: 'Failed: the client was gone when it was written to.' }),
]);
