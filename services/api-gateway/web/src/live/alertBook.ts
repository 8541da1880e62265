import type { Alert } from '../api/types';

/** Newest first, each alert once, however often and in whichever order it arrives. */
export function mergeAlerts(known: readonly Alert[], arrived: readonly Alert[], limit: number): Alert[] {
  const byId = new Map(known.map(alert => [alert.id, alert]));
  for (const alert of arrived) byId.set(alert.id, { ...byId.get(alert.id), ...alert });
  return [...byId.values()].sort(newestFirst).slice(0, limit);
}

export const newestFirst = (a: Alert, b: Alert): number =>
  a.timestamp === b.timestamp ? (a.id < b.id ? 1 : -1) : a.timestamp < b.timestamp ? 1 : -1;

/** Those of `arrived` that nobody has seen: what may make a sound. */
export function unseen(known: readonly Alert[], arrived: readonly Alert[]): Alert[] {
  const ids = new Set(known.map(alert => alert.id));
  return arrived.filter(alert => !ids.has(alert.id));
}
