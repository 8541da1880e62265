import type { ReactNode } from 'react';
import { useResource } from '../api/resource';
import { query } from '../api/http';
import type { DemandedMetric } from '../api/types';

const renewMs = 10_000;

/** Metrics of the filter that nobody calculates: without a word the table would just be empty. */
export function Demanded({ filter }: { filter: string }): ReactNode {
  const { data } = useResource<{ demanded: DemandedMetric[] }>(`/api/v1/screener${query({ filter, columns: 'price', limit: 1 })}`, renewMs);
  const demanded = data?.demanded ?? [];
  const [adding, waiting] = (['adding', 'no_room'] as const).map(state => demanded.filter(metric => metric.state === state).map(metric => metric.name).join(', '));
  return (
    <>
      {adding && <p className="demanded" role="status">Calculating {adding} from now on: unknown until the first values are here.</p>}
      {waiting && <p className="demanded warn" role="status">Nobody calculates {waiting}: there is no room for more metrics now. Take one of the catalogue, or write an alert rule with it.</p>}
      {demanded.filter(metric => metric.state === 'refused').map(metric => (
        <p key={metric.name} className="demanded warn" role="status">{metric.name} cannot be calculated: {metric.reason}</p>
      ))}
    </>
  );
}
