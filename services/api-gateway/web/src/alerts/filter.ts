import { query } from '../api/http';
import { serverNow } from '../api/serverTime';
import type { Alert, Severity } from '../api/types';

export interface AlertFilter { severity: Severity | ''; rule: string; symbol: string; exchange: string; state: 'fired' | 'resolved' | ''; taken: 'yes' | 'no' | ''; within: 'hour' | 'day' | 'week' | '' }

export const noFilter: AlertFilter = { severity: '', rule: '', symbol: '', exchange: '', state: 'fired', taken: '', within: '' };

const lengthsMs = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000 };
/** Null is any time; a word from a strange address too. */
const since = ({ within }: AlertFilter, now: number): number | null => (Object.hasOwn(lengthsMs, within) ? now - lengthsMs[within as keyof typeof lengthsMs] : null);

const rank: Record<Severity, number> = { info: 0, warning: 1, critical: 2 };

/** The same question as `pathOf` asks the gateway, for what arrives live. */
export function matches(filter: AlertFilter, alert: Alert, now = serverNow()): boolean {
  return (filter.severity === '' || rank[alert.severity] >= rank[filter.severity])
    && (filter.rule === '' || alert.rule_id === filter.rule)
    && (filter.symbol === '' || alert.symbol === filter.symbol.toUpperCase())
    && (filter.exchange === '' || alert.exchange === filter.exchange)
    && (filter.state === '' || alert.state === filter.state)
    && (filter.taken === '' || (filter.taken === 'yes') === Boolean(alert.acknowledged_at))
    && Date.parse(alert.timestamp) >= (since(filter, now) ?? -Infinity);
}

export const pathOf = (filter: AlertFilter, limit: number, now = serverNow()): string => `/api/v1/alerts${query({
  severity: filter.severity, rule_id: filter.rule, symbol: filter.symbol.toUpperCase(), exchange: filter.exchange, state: filter.state,
  acknowledged: filter.taken === '' ? null : filter.taken === 'yes', since: since(filter, now), limit,
})}`;

/** In the address, so that a view of the alerts can be sent to somebody. */
export function filterOf(search: string): AlertFilter {
  const given = new URLSearchParams(search);
  const filter = { ...noFilter };
  for (const name of Object.keys(noFilter) as (keyof AlertFilter)[]) {
    const value = given.get(name);
    if (value !== null) Object.assign(filter, { [name]: value });
  }
  if (given.get('state') === 'any') filter.state = '';
  return filter;
}

export function searchOf(filter: AlertFilter): string {
  const { state, ...rest } = filter;
  return query({ ...rest, state: state === noFilter.state ? '' : state === '' ? 'any' : state });
}
