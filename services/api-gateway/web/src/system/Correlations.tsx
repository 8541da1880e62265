import { useEffect, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { query } from '../api/http';
import { useResource } from '../api/resource';
import type { Correlation, Frame } from '../api/types';
import { baseOf } from '../screener/quote';
import { fixed } from '../ui/format';
import { Problem, Segments, Skeleton } from '../ui/parts';
import { instrumentPath, Link } from '../ui/router';

const frames = [['5m', '5m'], ['15m', '15m'], ['1h', '1h'], ['4h', '4h'], ['1d', '1d']] as const;
const askAgainMs = 5_000;
const sizes = [['10', '10'], ['16', '16'], ['24', '24']] as const;

/** How the most traded instruments move together: blue alike, red against each other. */
export function Correlations(): ReactNode {
  const [timeframe, setTimeframe] = useState<(typeof frames)[number][0]>('15m');
  const [size, setSize] = useState<(typeof sizes)[number][0]>('16');
  const [isWaiting, setWaiting] = useState(true); // for the first numbers of a screener that has just started
  const { data: traded, error: tradedError, reload: reloadTraded } = useResource<Frame[]>('/api/v1/metrics?columns=volume(1d)', isWaiting ? askAgainMs : 0);
  useEffect(() => setWaiting((traded?.length ?? 0) < 2), [traded]);
  const symbols = useMemo(() => [...(traded ?? [])].sort((a, b) => (b.metrics['volume(1d)'] ?? 0) - (a.metrics['volume(1d)'] ?? 0))
    .slice(0, Number(size)).map(f => `${f.exchange}:${f.symbol}`), [traded, size]);
  const { data, error, reload } = useResource<Correlation>(symbols.length < 2 ? null : `/api/v1/analytics/correlation${query({ symbols: symbols.join(','), timeframe, bars: 100 })}`, 60_000);
  const problem = error ?? (traded === null ? tradedError : null); // which are traded most hardly changes: a later failure does no harm
  const retry = (): void => { reloadTraded(); reload(); };
  const [looked, setAt] = useState<[number, number] | null>(null);
  const names = (data?.symbols ?? []).map(symbol => baseOf(symbol.split(':').at(-1)!));
  const at = looked && Math.max(...looked) < names.length ? looked : null; // fewer may be shown now
  const read = at && data ? data.matrix[at[0]]?.[at[1]] : undefined;

  return (
    <section id="correlation" className="panel correlations" aria-label="Correlation">
      <header><h2>Correlation</h2><Segments label="Timeframe" value={timeframe} options={frames} onChange={setTimeframe} /><Segments label="How many" value={size} options={sizes} onChange={setSize} />
        <span className="spacer" /><span className="dim num heat-read" role="status">{at && data ? `${names[at[0]]} and ${names[at[1]]}: ${read === null || read === undefined ? 'too few bars' : fixed(read, 2)}` : '100 bars, most traded'}</span></header>
      {problem && <Problem text={problem} retry={retry} />}
      {!data && !problem && <Skeleton lines={8} />}
      {data && (
        <div className="heat-scroll" tabIndex={0} role="region" aria-label="Heat map of correlations">
          <HeatLegend />
          <table className="heat" onPointerLeave={() => setAt(null)} onKeyDown={move}>
            <thead><tr><td />{names.map((name, j) => <th key={data.symbols[j]} scope="col"><span>{name}</span></th>)}</tr></thead>
            <tbody>
              {data.matrix.map((row, i) => (
                <tr key={data.symbols[i]}>
                  <th scope="row"><Link to={instrumentPath(...(data.symbols[i]!.split(':') as [string, string]))}>{names[i]}</Link></th>
                  {row.map((value, j) => (
                    <td key={j} className={`heat-${level(value)}`} tabIndex={i === (at?.[0] ?? 0) && j === (at?.[1] ?? 0) ? 0 : -1} onFocus={() => setAt([i, j])} onPointerEnter={() => setAt([i, j])}>{short(value)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

const arrows: Record<string, readonly [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Arrows go from pair to pair; the heading reads the one with the focus. */
function move(event: KeyboardEvent<HTMLTableElement>): void {
  const [down, right] = arrows[event.key] ?? [0, 0];
  const cell = event.target instanceof HTMLElement ? event.target.closest<HTMLTableCellElement>('tbody td') : null;
  if (!cell || (down === 0 && right === 0)) return;
  event.preventDefault(); // else the page scrolls as well
  const row = cell.closest('tbody')?.rows[(cell.parentElement as HTMLTableRowElement).sectionRowIndex + down];
  const next = row?.cells[cell.cellIndex + right];
  if (next?.tagName === 'TD') next.focus();
}

const steps = ['n5', 'n4', 'n3', 'n2', 'n1', 'p0', 'p1', 'p2', 'p3', 'p4', 'p5'] as const;

const HeatLegend = (): ReactNode => (
  <p className="heat-legend"><span>−1 against each other</span><span className="heat-steps" aria-hidden="true">{steps.map(step => <i key={step} className={`heat-${step}`} />)}</span><span>1 alike</span><span className="dim">0: neither</span></p>
);

/** .73, −.35 and 0: hundreds of them side by side. */
const short = (value: number | null): string => {
  if (value === null) return '';
  const hundredths = Math.round(value * 100);
  return hundredths % 100 === 0 ? fixed(hundredths / 100, 0).replace('−0', '0') : fixed(hundredths / 100, 2).replace(/^(−?)0\./, '$1.');
};

/** −5 … 5 as a class name: colours live in the style sheet. */
const level = (value: number | null): string => (value === null ? 'none' : `${value < 0 ? 'n' : 'p'}${Math.min(5, Math.round(Math.abs(value) * 5))}`);
