import type { Alert } from '../api/types';

/** Newest first, each alert once, however often and in whichever order it arrives. An acknowledgement is no alert: it is noted on the one it takes over. */
export function mergeAlerts(known: readonly Alert[], arrived: readonly Alert[], limit: number): Alert[] {
  const byId = new Map(known.map(alert => [alert.id, alert]));
  for (const alert of arrived) if (!isAcknowledgement(alert)) byId.set(alert.id, { ...byId.get(alert.id), ...alert });
  for (const taken of arrived.filter(isAcknowledgement)) {
    const alert = byId.get(taken.acknowledges!);
    if (alert && !alert.acknowledged_at) byId.set(alert.id, { ...alert, acknowledged_at: taken.timestamp, acknowledged_by: taken.acknowledged_by ?? null });
  }
  return [...byId.values()].sort(newestFirst).slice(0, limit);
}

export const isAcknowledgement = (alert: Alert): boolean => alert.state === 'acknowledged';

export const newestFirst = (a: Alert, b: Alert): number =>
  a.timestamp === b.timestamp ? (a.id < b.id ? 1 : -1) : a.timestamp < b.timestamp ? 1 : -1;

/** Those of `arrived` that nobody has seen: what may make a sound. */
export function unseen(known: readonly Alert[], arrived: readonly Alert[]): Alert[] {
  const ids = new Set(known.map(alert => alert.id));
  return arrived.filter(alert => !ids.has(alert.id) && !isAcknowledgement(alert));
}

/** Whether alerts may lie between a full newest page and `reach`, the time up to which all are known. */
export const isHole = (reach: string | null, newest: readonly Alert[], pageSize: number): boolean =>
  reach !== null && newest.length >= pageSize && newest.at(-1)!.timestamp > reach;
