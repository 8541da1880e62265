import { useState, type ReactNode } from 'react';
import { useResource } from '../api/resource';
import type { Rule, RuleState, RuleStatesPage } from '../api/types';
import { venue } from '../screener/GridRow';
import { baseOf } from '../screener/quote';
import { instrumentPath, Link } from '../ui/router';
import { TableBox } from '../ui/parts';
import { clock, dateTime } from '../ui/time';
import { stateCounts, stateWords } from './states';

const renewMs = 30_000;

/** Where the rule stands on the instruments it looks at, as the engine saved it within the last minute or so. */
export function RuleStates({ rule }: { rule: Rule }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const { data } = useResource<RuleStatesPage>(rule.enabled ? `/api/v1/rules/${encodeURIComponent(rule.id)}/states` : null, renewMs);
  if (!data?.as_of) return null;
  return (
    <section className="panel rule-states" aria-label="Where the rule stands">
      <p>
        {stateCounts(data.counts)}<small className="dim"> as of {clock(data.as_of)}{data.complete ? '' : ', and more than the engine lists'}</small>
        {data.items.length > 0 && <button type="button" className="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{isOpen ? 'Hide' : 'Show'} instruments</button>}
      </p>
      {isOpen && <Instruments items={data.items} isPart={data.next !== null} />}
    </section>
  );
}

const Instruments = ({ items, isPart }: { items: RuleState[]; isPart: boolean }): ReactNode => (
  <TableBox label="Instruments on which the rule is not at rest">
    <table className="table dense">
      <thead><tr><th>Instrument</th><th>State</th><th>Since</th></tr></thead>
      <tbody>
        {items.map(item => (
          <tr key={`${item.exchange}:${item.symbol}`}>
            <td><Link to={instrumentPath(item.exchange, item.symbol)}><b>{baseOf(item.symbol)}</b></Link> <small>{venue(item.exchange)}</small></td>
            <td>{stateWords[item.state]}</td><td>{item.since ? dateTime(item.since) : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
    {isPart && <p className="quiet">The first {items.length}; the API has all.</p>}
  </TableBox>
);
