import { foldBursts, isBurst, severityOf } from '../alerts/bursts';
import type { Alert, Severity } from '../api/types';

/** What one line of the latest alerts tells: of one instrument, or of several at once. */
export interface Line { newest: Alert; count: number; instruments: number; severity: Severity }

/** One rule that fires again and again on one instrument is one line, and so is a burst: else it would be the only one that is seen. */
export function linesOf(alerts: readonly Alert[]): Line[] {
  const lines: Line[] = [];
  const repeated = new Map<string, Line>();
  for (const entry of foldBursts(alerts)) {
    if (isBurst(entry)) {
      const instruments = new Set(entry.alerts.map(alert => `${alert.exchange}:${alert.symbol}`)).size;
      lines.push({ newest: entry.alerts[0]!, count: entry.alerts.length, instruments, severity: severityOf(entry) });
      continue;
    }
    const key = `${entry.rule_id} ${entry.exchange}:${entry.symbol}`;
    const line = repeated.get(key);
    if (line) line.count++;
    else {
      const first = { newest: entry, count: 1, instruments: 1, severity: entry.severity };
      repeated.set(key, first);
      lines.push(first);
    }
  }
  return lines;
}
