import { dashboard, graph, row, sql, stat } from '../panels.mjs';

const instrument = "(SELECT id FROM instruments WHERE exchange || ':' || symbol = '$instrument')";
const metrics = names => names.map(name => `metric(catalogue_hash, numbers, '${name}') AS "${name}"`).join(', ');

export default dashboard('market', 'Market overview', 'The instruments themselves, from the database; everything else counts without naming them.', [
  stat('Candles per second', 'sum(rate(data_collector_candles_received_total[1m]))', { width: 6, unit: 'ops', help: 'Changes of candles that the exchanges send.' }),
  stat('Numbers per second', 'sum(rate(metrics_calculator_metrics_calculated_total[1m]))', { width: 6, unit: 'ops', help: 'Metrics calculated, over all instruments.' }),
  stat('Alerts, last hour', 'sum(increase(alert_engine_alerts_triggered_total[1h]))', { decimals: 0, width: 6, help: 'Alerts that rules fired.' }),
  stat('Stalest feed', 'max(data_collector_feed_staleness_seconds)', { unit: 's', thresholds: [5, 10], width: 6, help: 'Since the last word of the exchange that has been silent longest.' }),
  row('All instruments'),
  sql('Biggest moves of the last hour', `
    SELECT i.exchange, i.symbol, (last.close / first.open - 1) * 100 AS "change %", last.close AS price
    FROM instruments i
    CROSS JOIN LATERAL (SELECT open FROM candles WHERE instrument_id = i.id AND timeframe = 1 AND open_time > now() - interval '61 minutes' ORDER BY open_time LIMIT 1) first
    CROSS JOIN LATERAL (SELECT close FROM candles WHERE instrument_id = i.id AND timeframe = 1 AND open_time > now() - interval '61 minutes' ORDER BY open_time DESC LIMIT 1) last
    WHERE i.status = 0 ORDER BY abs(last.close / nullif(first.open, 0) - 1) DESC NULLS LAST LIMIT 25`, { help: 'By the stored minutes, up or down.' }),
  sql('Latest alerts', `
    SELECT event_time AS time, exchange, symbol, rule_type AS rule, (ARRAY['info', 'warning', 'critical'])[severity + 1] AS severity, (event ->> 'price')::float8 AS price
    FROM alerts ORDER BY event_time DESC LIMIT 25`, { help: 'As they were recorded; what happened last comes first.' }),
  sql('Instruments', `
    SELECT exchange, count(*) AS instruments, count(*) FILTER (WHERE status = 0) AS trading FROM instruments GROUP BY exchange ORDER BY exchange`, { width: 8, help: 'Trading: listed now and within the filters.' }),
  sql('Gaps', `
    SELECT i.exchange, i.symbol, g.* FROM gaps g JOIN instruments i ON i.id = g.instrument_id ORDER BY g.from_time DESC LIMIT 50`, { width: 16, quiet: true, help: 'state 0 is open, 1 repaired, 2 given up.' }),
  row('$instrument'),
  sql('Candles', `
    SELECT open_time AS time, open, high, low, close, volume FROM candles
    WHERE instrument_id = ${instrument} AND timeframe = 1 AND $__timeFilter(open_time) ORDER BY open_time`, { type: 'candlestick', width: 24, height: 12, help: 'Minutes as they are stored. Choose the instrument above.' }),
  sql('RSI', `
    SELECT minute AS time, ${metrics(['rsi(14,15m)', 'rsi(14,1h)'])} FROM metrics
    WHERE instrument_id = ${instrument} AND $__timeFilter(minute) ORDER BY minute`, { type: 'timeseries', quiet: true, min: 0, max: 100, help: 'Stored once a minute; above 70 and below 30 are the usual marks.' }),
  sql('Change', `
    SELECT minute AS time, ${metrics(['change(5m)', 'change(15m)', 'change(1h)'])} FROM metrics
    WHERE instrument_id = ${instrument} AND $__timeFilter(minute) ORDER BY minute`, { type: 'timeseries', quiet: true, unit: 'percent', help: 'Against the price so long ago.' }),
], { instruments: "SELECT exchange || ':' || symbol FROM instruments WHERE status = 0 ORDER BY 1" });
