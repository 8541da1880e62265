import type { ReactNode } from 'react';
import { useResource } from '../api/resource';
import { query } from '../api/http';
import type { DemandedMetric } from '../api/types';

const renewMs = 10_000;

/** Metrics of the filter that nobody calculates yet: without a word the table would just be empty. */
export function Demanded({ filter }: { filter: string }): ReactNode {
  const { data } = useResource<{ demanded: DemandedMetric[] }>(`/api/v1/screener${query({ filter, columns: 'price', limit: 1 })}`, renewMs);
  const [adding, refused] = (['adding', 'no_room'] as const).map(state => (data?.demanded ?? []).filter(metric => metric.state === state).map(metric => metric.name).join(', '));
  return (
    <>
      {adding && <p className="demanded" role="status">Calculating {adding} from now on: unknown until the first values are here.</p>}
      {refused && <p className="demanded warn" role="status">Nobody calculates {refused}: there is no room for more metrics now. Take one of the catalogue, or write an alert rule with it.</p>}
    </>
  );
}
