import { useEffect, useMemo } from 'react';
import { query } from '../api/http';
import { useResource } from '../api/resource';
import type { Alert } from '../api/types';
import { mergeAlerts } from '../live/alertBook';
import { alertFeed } from '../live/alertFeed';
import { ruleTitle } from '../rules/ruleNames';
import { useSignal } from '../ui/signal';
import { parse } from '../ui/time';
import type { Mark } from './chart/groups';

const kept = 500;

export interface InstrumentAlertList { alerts: readonly Alert[]; isReady: boolean; error: string | null }

/** What fired on one instrument, the newest first: its past, and the rest as it happens. */
export function useInstrumentAlerts(exchange: string, symbol: string): InstrumentAlertList {
  const { data, error, reload } = useResource<Alert[]>(`/api/v1/alerts${query({ symbol, exchange, limit: kept })}`);
  const live = useSignal(alertFeed.alerts);
  const gaps = useSignal(alertFeed.gaps);
  useEffect(() => { if (gaps > 0) reload(); }, [gaps, reload]);
  const alerts = useMemo(() => {
    const mine = (alert: Alert): boolean => alert.exchange === exchange && alert.symbol === symbol;
    return mergeAlerts((data ?? []).filter(mine), live.filter(mine), kept);
  }, [data, live, exchange, symbol]);
  return { alerts, isReady: data !== null, error };
}

export const marksOf = (alerts: readonly Alert[]): Mark[] => alerts
  .filter(alert => alert.state === 'fired')
  .map(alert => ({ id: alert.id, at: parse(alert.timestamp) ?? 0, text: ruleTitle(alert.rule_id), severity: alert.severity, isDown: /bear|top/.test(alert.rule_id) }));
