import type { Alert } from '../api/types';
import { isAcknowledgement, mergeAlerts } from '../live/alertBook';

/** More than anybody scrolls through; older ones are found by a narrower filter. */
export const keptAtMost = 5_000;

/** The alerts of one filter without a hole, the newest first, and where older ones are asked for. */
export interface List { alerts: readonly Alert[]; next: string | null; isReady: boolean; isFull: boolean }

export const emptyList: List = { alerts: [], next: null, isReady: false, isFull: false };

/** A page below what is known; `live` are alerts that the page may be too old to have. */
export function withPage(list: List, page: readonly Alert[], next: string | null, live: readonly Alert[]): List {
  const alerts = mergeAlerts(list.alerts, page, Infinity);
  const oldest = alerts.at(-1)?.timestamp ?? '';
  return cut({ alerts: mergeAlerts(alerts, live.filter(alert => isAbove(alert, oldest, next)), Infinity), next, isReady: true, isFull: false });
}

/** The first page after a time of which nothing is known: of the list only what is newer stays. */
export function anew(list: List, page: readonly Alert[], next: string | null, live: readonly Alert[]): List {
  const oldest = page.at(-1)?.timestamp ?? '';
  return withPage({ ...emptyList, alerts: list.alerts.filter(alert => isAbove(alert, oldest, next)) }, page, next, live);
}

/** What happened meanwhile, as far as it passes the filter or is about something that is shown. */
export function withNews(list: List, news: readonly Alert[], passes: (alert: Alert) => boolean): List {
  const known = new Set(list.alerts.map(alert => alert.id));
  const oldest = list.alerts.at(-1)?.timestamp ?? '';
  const mine = news.filter(alert => (isAcknowledgement(alert) ? known.has(alert.acknowledges ?? '')
    : known.has(alert.id) || (passes(alert) && isAbove(alert, oldest, list.next))));
  return mine.length === 0 ? list : cut({ ...list, alerts: mergeAlerts(list.alerts, mine, Infinity) });
}

/** Below the pages at hand it would leave a hole; scrolling brings it. */
const isAbove = (alert: Alert, oldest: string, next: string | null): boolean => next === null || alert.timestamp >= oldest;

function cut(list: List): List {
  const isFull = list.isFull || list.alerts.length > keptAtMost || (list.alerts.length === keptAtMost && list.next !== null);
  return { ...list, alerts: list.alerts.slice(0, keptAtMost), next: isFull ? null : list.next, isFull };
}
