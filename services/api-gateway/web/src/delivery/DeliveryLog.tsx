import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { get, query } from '../api/http';
import { messageOf } from '../api/problem';
import { useResource } from '../api/resource';
import type { Delivery, Endpoint, Page } from '../api/types';
import { useBusy } from '../ui/busy';
import { Badge, Empty, Problem, Segments, Skeleton, TableBox } from '../ui/parts';
import { venue } from '../screener/GridRow';
import { ruleNames, ruleTitle } from '../rules/ruleNames';
import { Link } from '../ui/router';
import { useSignal } from '../ui/signal';
import { dateTimeSeconds } from '../ui/time';
import { DeliveryDialog } from './DeliveryDialog';
import { answerOf, stateWords } from './words';

type State = '' | Delivery['state'];

interface Props { endpoints: readonly Endpoint[]; endpoint: string; onEndpoint: (id: string) => void; mayAct: boolean }

/** What was sent and how it went. */
export function DeliveryLog({ endpoints, endpoint, onEndpoint, mayAct }: Props): ReactNode {
  const [state, setState] = useState<State>('');
  useSignal(ruleNames.names); // alerts carry ids: names follow
  const [older, setOlder] = useState<{ of: string; items: Delivery[]; next: string | null } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const [, run] = useBusy();
  const path = `/api/v1/deliveries${query({ endpoint, state, limit: 50 })}`;
  const { data, error, reload } = useResource<Page<Delivery>>(path, 3_000);
  useEffect(() => setOlder(null), [path]);

  const next = older?.of === path ? older.next : data?.next ?? null;
  const more = useCallback(async () => {
    try {
      const page = await get<Page<Delivery>>(`${path}&cursor=${encodeURIComponent(next!)}`);
      setOlder(old => ({ of: path, items: [...(old?.of === path ? old.items : []), ...page.items], next: page.next }));
      setProblem(null);
    } catch (e) {
      setProblem(messageOf(e));
    }
  }, [path, next]);

  const names = new Map(endpoints.map(e => [e.id, e.name]));
  const first = data?.items ?? [];
  const seen = new Set(first.map(d => d.id)); // the first page moves on while older pages stay
  const items = [...first, ...(older?.of === path ? older.items.filter(d => !seen.has(d.id)) : [])];

  return (
    <section className="panel" aria-label="Deliveries">
      <header>
        <h2>Deliveries</h2>
        <Segments<State> label="State" value={state} onChange={setState} options={[['', 'All'], ['pending', 'Waiting'], ['delivered', 'Delivered'], ['dead', 'Given up']]} />
        <select className="select" aria-label="Endpoint" value={endpoint} onChange={event => onEndpoint(event.target.value)}>
          <option value="">Every endpoint</option>{endpoints.map(e => <option key={e.id} value={e.id}>{e.name}</option>)}
        </select>
      </header>
      {(problem ?? error) && <Problem text={(problem ?? error)!} />}
      {!data && !error ? <Skeleton lines={5} /> : items.length === 0 ? <Nothing isFiltered={state !== '' || endpoint !== ''} hasEndpoints={endpoints.length > 0} /> : (
        <TableBox label="Log of deliveries">
          <table className="table dense stacked">
            <thead><tr><th>Created</th><th>Alert</th><th>Endpoint</th><th>Event</th><th>State</th><th className="num">Attempts</th><th>Last answer</th></tr></thead>
            <tbody>
              {items.map(d => (
                <tr key={d.id}>
                  <td className="moment"><button type="button" className="link" onClick={() => setOpenId(d.id)}>{dateTimeSeconds(d.created_at)}</button></td>
                  <td data-label="Alert">{d.symbol && d.rule_id ? <><b>{d.symbol}</b> <small>{venue(d.exchange ?? '')}</small><div className="delivered-rule"><Link className="soft" to={`/rules/${encodeURIComponent(d.rule_id)}`}>{ruleTitle(d.rule_id)}</Link></div></> : <span className="dim">{d.event === 'test' ? 'a test' : 'no longer kept'}</span>}</td>
                  <td data-label="Endpoint">{names.get(d.endpoint_id) ?? d.endpoint_id}</td><td data-label="Event">{d.event}</td>
                  <td className="stacked-top"><Badge kind={d.state}>{stateWords[d.state]}</Badge></td>
                  <td className="num" data-label="Attempts">{Array.isArray(d.attempts) ? d.attempts.length : d.attempts}</td>
                  <td className="soft last-answer" data-label="Last answer" title={answerOf(d)}>{answerOf(d)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
      {next !== null && items.length > 0 && <button type="button" className="button ghost more-rows" onClick={() => void run(more)}>Show older</button>}
      {openId && <DeliveryDialog id={openId} mayAct={mayAct} onClose={() => setOpenId(null)} onChanged={reload} />}
    </section>
  );
}

function Nothing({ isFiltered, hasEndpoints }: { isFiltered: boolean; hasEndpoints: boolean }): ReactNode {
  if (isFiltered) return <Empty icon="delivery" title="No delivery is like that">Choose another state or endpoint.</Empty>;
  return (
    <Empty icon="delivery" title="Nothing was sent yet">
      {hasEndpoints ? 'Each alert whose rule names an endpoint, or that escalation sends somewhere, is listed here with every attempt. Test on a card sends one now.' : 'Once there is an endpoint, what is sent to it is listed here with every attempt.'}
    </Empty>
  );
}
