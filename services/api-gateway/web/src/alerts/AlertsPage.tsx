import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useSession } from '../account/session';
import { post } from '../api/http';
import { ApiError, messageOf } from '../api/problem';
import { useResource } from '../api/resource';
import type { Alert, Info, Rule } from '../api/types';
import { SwitchedOff } from '../delivery/SwitchedOff';
import { useCatalogue } from '../expression/useLanguage';
import { alertFeed } from '../live/alertFeed';
import { useBusy } from '../ui/busy';
import { fixed } from '../ui/format';
import { useHotkeys } from '../ui/hotkeys';
import { Icon } from '../ui/Icon';
import { Empty, Problem, Skeleton, Switch } from '../ui/parts';
import { navigate, useSearch } from '../ui/router';
import { settings } from '../ui/settings';
import { useSignal } from '../ui/signal';
import { day } from '../ui/time';
import { toast } from '../ui/toast';
import { useNow } from '../ui/useNow';
import { AlertCard } from './AlertCard';
import { keptAtMost } from './alertList';
import { askForNotifications } from './announcer';
import { BurstRow } from './BurstRow';
import { foldBursts, isBurst, newestOf } from './bursts';
import { chime } from './chime';
import { filterOf, noFilter, searchOf, type AlertFilter } from './filter';
import { FilterStrip } from './FilterStrip';
import { SilenceDialog } from './SilenceDialog';
import { SilencesDialog } from './SilencesDialog';
import { SummaryStrip } from './SummaryStrip';
import { useAlertList, type AlertList } from './useAlertList';
import '../styles/alerts.css';

/** Alerts may be of a rule that was made a moment ago. */
const rulesEveryMs = 30_000;

export default function AlertsPage(): ReactNode {
  const search = useSearch();
  const filter = useMemo(() => filterOf(search), [search]); // a link to other alerts, and the way back, change the address only
  const list = useAlertList(filter);
  const { data: rules } = useResource<Rule[]>('/api/v1/rules?scope=all', rulesEveryMs);
  const { data: info } = useResource<Info>('/api/v1/info');
  const catalogue = useCatalogue();
  const metrics = useMemo(() => new Map(catalogue.map(m => [m.name, m])), [catalogue]);
  const ruleNames = useMemo(() => new Map((rules ?? []).map(r => [r.id, r.name])), [rules]);
  const expressions = useMemo(() => new Map((rules ?? []).map(r => [r.id, r.expression.replace(/\s+/g, ' ').trim()])), [rules]);
  const { may } = useSession();
  const { sound, notifications } = useSignal(settings);
  const now = useNow(5_000);
  const [openId, setOpenId] = useState<string | null>(null);
  const [openBursts, setOpenBursts] = useState<ReadonlySet<string>>(new Set());
  const entries = useMemo(() => foldBursts(list.alerts), [list.alerts]);
  const [silencing, setSilencing] = useState<{ alert: Alert; isOfRule: boolean } | null>(null);
  const [isListing, setListing] = useState(false);
  const fresh = useFresh();
  const end = useRef<HTMLDivElement>(null);

  const change = useCallback((next: AlertFilter) => navigate(`${location.pathname}${searchOf(next)}`, true), []);
  const toggle = useCallback((id: string) => setOpenId(open => (open === id ? null : id)), []);
  const toggleBurst = useCallback((group: string) => setOpenBursts(open => (open.has(group) ? new Set([...open].filter(one => one !== group)) : new Set([...open, group]))), []);
  const take = useCallback(async (alert: Alert) => {
    try {
      alertFeed.change(await post<Alert>(`/api/v1/alerts/${encodeURIComponent(alert.id)}/acknowledge`));
      return true;
    } catch (e) {
      toast(messageOf(e), 'error');
      return e instanceof ApiError && e.status === 409; // a colleague was faster
    }
  }, []);

  const takeAll = useCallback(async (alerts: readonly Alert[]) => {
    for (const alert of alerts) if (!(await take(alert))) return; // one word of what is wrong is enough
  }, [take]);
  const [, runKey] = useBusy();
  const silence = useCallback((alert: Alert) => setSilencing({ alert, isOfRule: false }), []);

  useEffect(() => {
    const seen = new IntersectionObserver(entries => { if (entries.some(entry => entry.isIntersecting)) list.more(); }, { rootMargin: '600px' });
    seen.observe(end.current!);
    return () => seen.disconnect();
  }, [list.more]);
  useHotkeys({ a: () => { const open = list.alerts.find(alert => alert.id === openId); if (open && !open.acknowledged_at && may('trader')) void runKey(() => take(open)); } });

  const setNotifications = async (on: boolean): Promise<void> => {
    if (on && !(await askForNotifications())) return toast('The browser does not allow notifications for this page.', 'error');
    settings.change({ notifications: on });
  };

  const card = (alert: Alert): ReactNode => (
    <AlertCard key={alert.id} alert={alert} catalogue={metrics} ruleNames={ruleNames} expression={expressions.get(alert.rule_id)} now={now} isOpen={alert.id === openId} isFresh={fresh.has(alert.id)}
      mayAct={may('trader')} onToggle={toggle} onTake={take} onSilence={silence} />
  );

  return (
    <div className="page alerts-page">
      <div className="page-head">
        <h1>Alerts</h1><span className="spacer" />
        <button type="button" className="button small ghost" onClick={() => setListing(true)}><Icon name="mute" size={15} />Silences</button>
        <Switch label="Sound" checked={sound} onChange={on => { settings.change({ sound: on }); if (on) chime('warning'); }} />
        <Switch label="Notifications" checked={notifications} onChange={on => void setNotifications(on)} />
      </div>
      <SwitchedOff />
      <SummaryStrip ruleNames={ruleNames} onRule={rule => change({ ...filter, rule })} />
      <FilterStrip filter={filter} onChange={change} rules={rules ?? []} exchanges={info?.exchanges ?? []} />
      {list.error && <Problem text={list.error} retry={list.retry} />}
      <div className="panel alert-list">
        {!list.isReady && list.alerts.length === 0 && !list.error && <Skeleton lines={9} />}
        {list.isReady && list.alerts.length === 0 && (searchOf(filter) === searchOf(noFilter)
          ? <Empty icon="alerts" title="Nothing has fired yet">Rules are checked on every change of price. What fires appears here at once.</Empty>
          : <Empty icon="filter" title="No alert matches">Loosen the filter to see more.</Empty>)}
        <ol aria-label="Alerts, the newest first">
          {entries.flatMap((entry, i) => {
            const heading = day(newestOf(entry).timestamp);
            const isFirst = i === 0 || day(newestOf(entries[i - 1]!).timestamp) !== heading;
            return [
              isFirst && <li key={heading} className="day">{heading}</li>,
              !isBurst(entry) ? card(entry) : (
                <BurstRow key={entry.group} burst={entry} ruleNames={ruleNames} now={now} isOpen={openBursts.has(entry.group)}
                  mayAct={may('trader')} onToggle={toggleBurst} onTake={takeAll} onSilence={alert => setSilencing({ alert, isOfRule: true })}>
                  {openBursts.has(entry.group) && entry.alerts.map(card)}
                </BurstRow>
              ),
            ];
          })}
        </ol>
        <div ref={end} className="list-end">{list.isReady && list.alerts.length > 0 && endOf(list)}</div>
      </div>
      {silencing && <SilenceDialog {...silencing} onClose={() => setSilencing(null)} />}
      {isListing && <SilencesDialog mayAct={may('trader')} onClose={() => setListing(false)} />}
    </div>
  );
}

const endOf = ({ hasMore, isFull }: AlertList): string =>
  hasMore ? 'Older alerts are coming …' : isFull ? `These are the newest ${fixed(keptAtMost, 0)}. Narrow the filter to see older ones.` : 'That is all.';

/** What arrived while this page is open, for a moment of light. */
function useFresh(): ReadonlySet<string> {
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => alertFeed.onArrival(arrived => setFresh(new Set(arrived.map(alert => alert.id)))), []);
  return fresh;
}
