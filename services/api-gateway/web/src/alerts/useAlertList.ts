import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { token } from '../account/token';
import { nextLink, request } from '../api/http';
import { messageOf } from '../api/problem';
import type { Alert } from '../api/types';
import { alertFeed } from '../live/alertFeed';
import { useSignal } from '../ui/signal';
import { anew, emptyList, withNews, withPage, type List } from './alertList';
import { matches, pathOf, type AlertFilter } from './filter';

const pageSize = 100;

export interface AlertList { alerts: readonly Alert[]; error: string | null; isReady: boolean; hasMore: boolean; isFull: boolean; more: () => void; retry: () => void }

/** The alerts that pass a filter: the stored ones page by page, the live ones on top; each once. */
export function useAlertList(filter: AlertFilter): AlertList {
  const first = useMemo(() => pathOf(filter, pageSize), [filter]); // a span of time is counted from the choice
  const of = `${useSignal(token) ?? ''} ${first}`; // another account has other alerts
  const gaps = useSignal(alertFeed.gaps);
  const [kept, setKept] = useState<{ of: string; list: List }>({ of, list: emptyList });
  const [error, setError] = useState<string | null>(null);
  const asking = useRef('');
  const list = kept.of === of ? kept.list : emptyList;

  const change = useCallback((next: (list: List) => List) => setKept(old => {
    const before = old.of === of ? old.list : emptyList;
    const after = next(before);
    return old.of === of && after === before ? old : { of, list: after };
  }), [of]);

  const ask = useCallback(async (path: string, isAnew = false) => {
    const question = `${of} ${path}`;
    if (asking.current === question) return;
    asking.current = question;
    try {
      const { data, response } = await request<Alert[]>(path);
      if (asking.current !== question) return; // the filter has changed meanwhile
      const live = alertFeed.alerts.current.filter(alert => matches(filter, alert));
      change(before => (isAnew ? anew : withPage)(before, data, nextLink(response), live));
      setError(null);
    } catch (e) {
      if (asking.current === question) setError(messageOf(e));
    } finally {
      if (asking.current === question) asking.current = '';
    }
  }, [of, filter, change]);

  useEffect(() => alertFeed.onNews(news => change(before => withNews(before, news, alert => matches(filter, alert)))), [filter, change]);
  useEffect(() => { void ask(first, true); }, [first, gaps, ask]);

  const shown = useMemo(() => list.alerts.filter(alert => matches(filter, alert)), [list, filter]);
  const more = useCallback(() => { if (list.next !== null) void ask(list.next); }, [list.next, ask]);
  const retry = useCallback(() => void ask(list.next ?? first, list.next === null), [list.next, first, ask]);
  return { alerts: shown, error, isReady: list.isReady, hasMore: list.next !== null, isFull: list.isFull, more, retry };
}
