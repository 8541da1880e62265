import { useState, type PointerEvent, type ReactNode } from 'react';
import { clock, dateTime } from '../ui/time';
import { cutOff, pathOf, scaleOf } from './plot';

const [width, height] = [300, 84];
const dayMs = 86_400_000;

export interface Line { label: string; tone: 'accent' | 'warn' | 'up' | 'violet'; values: readonly (number | null)[] }

interface Props { title: string; times: readonly number[]; lines: readonly Line[]; format: (value: number | null | undefined) => string; limit?: number }

/** A small plot over time; the pointer reads it. */
export function Plot({ title, times, lines, format, limit }: Props): ReactNode {
  const [at, setAt] = useState<number | null>(null);
  const { top, ticks } = scaleOf(lines.flatMap(line => [...line.values]));
  const isLimited = limit !== undefined && limit <= top;
  const [from, to] = [times[0] ?? 0, times.at(-1) ?? 1];
  const index = at ?? times.length - 1;
  const move = (event: PointerEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const time = from + ((event.clientX - box.left) / box.width) * (to - from);
    setAt(nearest(times, time));
  };
  const timeOf = (time: number | undefined): string => (times.length > 0 && time !== undefined ? (to - from > dayMs ? dateTime : clock)(time) : '');
  const x = times.length > 1 ? ((times[index]! - from) / Math.max(1, to - from)) * width : width;

  return (
    <figure className="plot">
      <figcaption>
        <span>{title}</span>
        <span className="plot-values">{lines.map(line => <b key={line.label} className={`num line-${line.tone}`} title={line.label}>{lines.length > 1 && <small>{line.label} </small>}{format(line.values[index])}</b>)}</span>
      </figcaption>
      <div className="plot-scale num"><span>{format(top)}</span>{limit !== undefined && <span className="plot-limit-word">{isLimited ? `limit ${format(limit)}` : `limit ${format(limit)}, above`}</span>}</div>
      <div className="plot-box"><svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={title} onPointerMove={move} onPointerLeave={() => setAt(null)}>
        {ticks.map(tick => <line key={tick} className="plot-grid" x1="0" x2={width} y1={height - (tick / top) * height} y2={height - (tick / top) * height} />)}
        {isLimited && <line className="plot-limit" x1="0" x2={width} y1={height - (limit / top) * height} y2={height - (limit / top) * height} />}
        {lines.map(line => <path key={line.label} className={`line-${line.tone}`} d={pathOf(times, line.values, from, to, top, width, height)} />)}
        {lines.flatMap(line => cutOff(times, line.values, from, to, top, width).map(place => <path key={`${line.label} ${place}`} className={`plot-cut line-${line.tone}`} d={`M${place.toFixed(1)} 6h-3l3 -6l3 6z`}><title>goes on above the scale</title></path>))}
        {at !== null && <line className="plot-cursor" x1={x} x2={x} y1="0" y2={height} />}
      </svg></div>
      <div className="plot-foot"><span>{timeOf(at === null ? from : times[index])}</span><span>{at === null ? timeOf(to) : ''}</span></div>
    </figure>
  );
}

function nearest(times: readonly number[], time: number): number {
  let best = 0;
  for (let i = 1; i < times.length; i++) if (Math.abs(times[i]! - time) < Math.abs(times[best]! - time)) best = i;
  return best;
}
