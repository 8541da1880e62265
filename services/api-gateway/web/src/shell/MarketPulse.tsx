import type { ReactNode } from 'react';
import { useResource } from '../api/resource';
import type { Frame } from '../api/types';
import { compact } from '../ui/format';
import { Leader } from './Leader';
import { pulse } from './pulse';

const path = '/api/v1/metrics?columns=price,change(1h),volume(1d)';

/** The market in one line: the leaders, how many rise and fall, what was traded. */
export function MarketPulse(): ReactNode {
  const { data } = useResource<Frame[]>(path, 10_000);
  if (!data || data.length === 0) return null;
  const { rising, falling, volume, leaders } = pulse(data);
  const moving = Math.max(1, rising + falling);
  return (
    <div className="pulse">
      {leaders.map(frame => <Leader key={`${frame.exchange}:${frame.symbol}`} frame={frame} />)}
      <span className="breadth" title={`${rising} instruments rose in the last hour, ${falling} fell`}>
        <span className="up">{rising}↑</span>
        <svg width="64" height="6" aria-hidden="true">
          <rect className="down" width="64" height="6" rx="3" /><rect className="up" width={Math.round((64 * rising) / moving)} height="6" rx="3" />
        </svg>
        <span className="down">{falling}↓</span>
      </span>
      <span className="traded"><small>Volume 24 h</small> {compact(volume)}</span>
    </div>
  );
}
