import { useMemo, useState, type ReactNode } from 'react';
import type { Frame, Metric } from '../api/types';
import { columnOf, textOf } from '../screener/columns';
import { tone } from '../screener/tone';
import { compact, fixed } from '../ui/format';
import { Icon } from '../ui/Icon';
import { decimalsFor, matrixOf, titleOf } from './matrix';

const timeframes = ['1m', '5m', '15m', '1h', '4h', '8h', '1d'];

interface Props { frame: Frame | null; catalogue: readonly Metric[]; chosen: readonly string[]; onToggle: (name: string) => void }

/** Every number that is known of the instrument; a press draws it. */
export function MetricsPanel({ frame, catalogue, chosen, onToggle }: Props): ReactNode {
  const [search, setSearch] = useState('');
  const matrix = useMemo(() => matrixOf(catalogue, timeframes), [catalogue]);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = matrix.rows.filter(row => words.every(word => row.title.includes(word) || titleOf(row.title).toLowerCase().includes(word) || row.meaning.toLowerCase().includes(word)));

  const cell = (found: Metric | null, i: number, decimals: number): ReactNode => {
    if (!found) return <td key={i} />;
    const value = frame?.metrics[found.name];
    return (
      <td key={i} className={`num ${tone(columnOf(found.name, found), value ?? NaN)}`}>
        <button type="button" aria-pressed={chosen.includes(found.name)} title={`${found.name}: ${found.meaning}. Press to draw it.`} onClick={() => onToggle(found.name)}>
          {dense(found, value, decimals)}
        </button>
      </td>
    );
  };

  return (
    <section className="metrics-panel" aria-label="Metrics">
      <label className="search wide"><Icon name="search" size={14} />
        <input type="search" placeholder={`Search ${catalogue.length} metrics`} aria-label="Search metrics of this instrument" value={search} onChange={event => setSearch(event.target.value)} />
      </label>
      <div className="metrics-scroll" tabIndex={0} role="region" aria-label="Metrics by timeframe">
        <table>
          <thead><tr><th scope="col">Metric</th>{matrix.timeframes.map(t => <th key={t} scope="col" className="num">{t}</th>)}</tr></thead>
          <tbody>
            {rows.map(row => {
              const decimals = decimalsFor(row.cells.map(found => (found?.unit === 'price' ? frame?.metrics[found.name] : null)));
              return <tr key={row.title}><th scope="row" title={`${row.title}: ${row.meaning}`}>{titleOf(row.title)}</th>{row.cells.map((found, i) => cell(found, i, decimals))}</tr>;
            })}
          </tbody>
        </table>
        {rows.length === 0 && <p className="quiet">No metric is called that.</p>}
      </div>
    </section>
  );
}

/** As in the table, but the prices of a row share their decimals and large numbers give up theirs: the columns share a narrow place. */
function dense(known: Metric, value: number | null | undefined, decimals: number): string {
  if (typeof value === 'number' && known.unit === 'price' && decimals < 8) return fixed(value, decimals);
  if (typeof value === 'number' && known.unit !== 'percent' && known.unit !== 'price' && Math.abs(value) >= 1_000) return compact(value);
  return textOf(columnOf(known.name, known), value);
}
