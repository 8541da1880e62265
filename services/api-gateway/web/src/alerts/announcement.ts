import type { Alert, Severity } from '../api/types';

const eachAtMost = 3;
/** What a resumed connection brings late is in the list; nobody needs to be called for it. */
const oldMs = 5 * 60_000;

/** What is told of alerts that arrived together: each, or all of them in one line. */
export interface Announcement { worst: Severity; each: readonly Alert[]; summary: string | null }

export function announcementOf(fresh: readonly Alert[], now: number): Announcement | null {
  const fired = fresh.filter(alert => alert.state === 'fired' && !alert.late && now - Date.parse(alert.timestamp) < oldMs);
  if (fired.length === 0) return null;
  const worst = (['critical', 'warning'] as const).find(severity => fired.some(alert => alert.severity === severity)) ?? 'info';
  if (fired.length <= eachAtMost) return { worst, each: fired, summary: null };
  const symbols = [...new Set(fired.map(alert => alert.symbol))];
  const more = symbols.length - eachAtMost;
  return { worst, each: [], summary: `${symbols.slice(0, eachAtMost).join(', ')}${more > 0 ? ` and ${more} more` : ''}: ${fired.length} alerts` };
}
