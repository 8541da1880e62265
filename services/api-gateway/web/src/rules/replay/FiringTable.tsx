import { useState, type ReactNode } from 'react';
import type { Firing } from '../../api/types';
import { baseOf } from '../../screener/quote';
import { fixed, percent, priceOf } from '../../ui/format';
import { dateTime } from '../../ui/time';
import { TableBox } from '../../ui/parts';

const step = 50;
const tone = (value: number | null | undefined): string => (value ? (value < 0 ? 'down' : 'up') : 'dim');

export function FiringTable({ firings, horizons, total, picked, onPick }: { firings: readonly Firing[]; horizons: readonly string[]; total: number; picked: Firing; onPick: (firing: Firing) => void }): ReactNode {
  const [shown, setShown] = useState(step);
  return (
    <section className="panel" aria-label="Firings">
      <header><h2>Firings</h2>{firings.length < total && <span className="dim">the first {fixed(firings.length, 0)} of {fixed(total, 0)}</span>}</header>
      <TableBox label="List of firings">
        <table className="table dense">
          <thead><tr><th>When</th><th>Instrument</th><th className="num">Price</th>{horizons.map(h => <th key={h} className="num">{h} later</th>)}</tr></thead>
          <tbody>
            {firings.slice(0, shown).map((firing, i) => (
              <tr key={i} className={firing === picked ? 'picked' : ''}>
                <td className="moment"><button type="button" className="link" aria-pressed={firing === picked} onClick={() => onPick(firing)} title="Show it in a chart">{dateTime(firing.at)}</button></td>
                <td><b>{baseOf(firing.symbol)}</b></td><td className="num">{priceOf(firing.price, firing.exchange, firing.symbol)}</td>
                {horizons.map(h => <td key={h} className={`num ${tone(firing.returns[h])}`}>{percent(firing.returns[h])}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
      {shown < firings.length && <button type="button" className="button ghost more-rows" onClick={() => setShown(shown + step)}>Show more</button>}
    </section>
  );
}
