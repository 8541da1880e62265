import type { Alert, Severity } from '../api/types';

/** Two alerts of a rule in a minute are two alerts; from three instruments on it is the market that moved. Chats and mails fold alike. */
export const smallestBurst = 3;

/** What one rule said in one minute over many instruments. */
export interface Burst { group: string; alerts: readonly Alert[] }
export type Entry = Alert | Burst;

const rank: Record<Severity, number> = { info: 0, warning: 1, critical: 2 };

export const isBurst = (entry: Entry): entry is Burst => 'alerts' in entry;
export const newestOf = (entry: Entry): Alert => (isBurst(entry) ? entry.alerts[0]! : entry);
export const severityOf = (burst: Burst): Severity => burst.alerts.map(alert => alert.severity).reduce((worst, next) => (rank[next] > rank[worst] ? next : worst));

/** A list with the newest first; each burst becomes one entry in the place of its newest alert. */
export function foldBursts(alerts: readonly Alert[]): Entry[] {
  const members = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const group = groupOf(alert);
    if (group === null) continue;
    const of = members.get(group);
    if (of) of.push(alert);
    else members.set(group, [alert]);
  }

  return alerts.flatMap((alert): Entry[] => {
    const group = groupOf(alert);
    const of = group === null ? [] : members.get(group)!;
    if (group === null || new Set(of.map(one => `${one.exchange}:${one.symbol}`)).size < smallestBurst) return [alert];
    return of[0] === alert ? [{ group, alerts: of }] : [];
  });
}

// An end belongs to its own alert, not to the minute in which others ended too.
const groupOf = (alert: Alert): string | null => (alert.state === 'fired' ? alert.group ?? null : null);
