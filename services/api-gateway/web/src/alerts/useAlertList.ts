import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { nextLink, request } from '../api/http';
import { messageOf } from '../api/problem';
import type { Alert } from '../api/types';
import { mergeAlerts } from '../live/alertBook';
import { alertFeed } from '../live/alertFeed';
import { useSignal } from '../ui/signal';
import { matches, pathOf, type AlertFilter } from './filter';

const pageSize = 100;
const keptAtMost = 5_000;

export interface AlertList { alerts: readonly Alert[]; error: string | null; isReady: boolean; hasMore: boolean; more: () => void }

/** The alerts that pass a filter: the stored ones page by page, the live ones on top; each once. */
export function useAlertList(filter: AlertFilter): AlertList {
  const first = pathOf(filter, pageSize);
  const live = useSignal(alertFeed.alerts);
  const taken = useSignal(alertFeed.taken);
  const [stored, setStored] = useState<{ of: string; alerts: readonly Alert[]; next: string | null; isReady: boolean }>({ of: first, alerts: [], next: first, isReady: false });
  const [error, setError] = useState<string | null>(null);
  const asking = useRef('');

  const ask = useCallback(async (path: string, of: string) => {
    if (asking.current === path) return;
    asking.current = path;
    try {
      const { data, response } = await request<Alert[]>(path);
      if (asking.current !== path) return; // the filter has changed meanwhile
      setStored(old => ({ of, alerts: mergeAlerts(old.of === of ? old.alerts : [], data, keptAtMost), next: nextLink(response), isReady: true }));
      setError(null);
    } catch (e) {
      if (asking.current === path) setError(messageOf(e));
    } finally {
      if (asking.current === path) asking.current = '';
    }
  }, []);

  useEffect(() => { void ask(first, first); }, [first, ask]);
  const isCurrent = stored.of === first;
  const alerts = useMemo(() => {
    const known = isCurrent ? stored.alerts : [];
    const oldest = known.at(-1)?.timestamp ?? '';
    // Live alerts older than the pages at hand would leave a hole between them; scrolling brings those.
    const newer = live.filter(alert => matches(filter, alert) && (alert.timestamp >= oldest || stored.next === null));
    return mergeAlerts(known, [...newer, ...taken], keptAtMost).filter(alert => matches(filter, alert));
  }, [isCurrent, stored, live, taken, filter]);

  const next = isCurrent ? stored.next : null;
  const more = useCallback(() => { if (next !== null) void ask(next, first); }, [next, first, ask]);
  return { alerts, error, isReady: isCurrent && stored.isReady, hasMore: next !== null, more };
}
