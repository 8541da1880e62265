import type { ReactNode } from 'react';
import type { ReturnSummary } from '../../api/types';
import { fixed, none, percent } from '../../ui/format';
import { Badge, TableBox } from '../../ui/parts';
import { horizonsOf } from './horizons';

const share = (value: number | null | undefined): string => (typeof value === 'number' ? `${Math.round(value * 100)}%` : none);
const tone = (value: number | null | undefined): string => (value ? (value < 0 ? 'down' : 'up') : '');

/** What the price did after the firings, beside what it did after any moment. */
export function ReturnTable({ summary, total, approximate }: { summary: Record<string, ReturnSummary>; total: number; approximate: boolean }): ReactNode {
  return (
    <section className="panel" aria-label="What the price did next">
      <header><h2>What the price did next</h2><Badge kind="info">{fixed(total, 0)} {total === 1 ? 'firing' : 'firings'}</Badge>
        {approximate && <><Badge kind="warning">approximate</Badge><span className="dim">some of its metrics are not stored by the minute: they were computed from candles</span></>}</header>
      <TableBox label="Returns">
        <table className="table dense">
          <thead><tr><th>After</th><th className="num">Mean</th><th className="num">Mean at random</th><th className="num">Edge</th><th className="num">Median</th><th className="num">Rose</th><th className="num">Rose at random</th><th className="num">Best</th><th className="num">Worst</th><th className="num">Counted</th></tr></thead>
          <tbody>
            {horizonsOf(summary).map(after => {
              const s = summary[after]!;
              const edge = s.mean !== null && s.baseline_mean !== null ? s.mean - s.baseline_mean : null;
              return (
                <tr key={after}>
                  <th scope="row">{after}</th><td className={`num ${tone(s.mean)}`}>{percent(s.mean)}</td><td className="num dim">{percent(s.baseline_mean)}</td>
                  <td className={`num ${tone(edge)}`}><b>{percent(edge)}</b></td><td className={`num ${tone(s.median)}`}>{percent(s.median)}</td>
                  <td className="num">{share(s.hit_rate)}</td><td className="num dim">{share(s.baseline_hit_rate)}</td>
                  <td className={`num ${tone(s.best)}`}>{percent(s.best)}</td><td className={`num ${tone(s.worst)}`}>{percent(s.worst)}</td><td className="num dim">{fixed(s.count, 0)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </TableBox>
    </section>
  );
}
