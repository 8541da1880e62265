import type { ReactNode } from 'react';
import type { Objective } from '../api/types';
import { Badge, TableBox } from '../ui/parts';

const share = (value: number): string => `${(value * 100).toFixed(value >= 0.9995 || value * 1_000 % 1 === 0 ? 1 : 2)} %`;

/** What was promised and how it was kept in the last hour. The bar shows how much of the allowed error is used up. */
export function Objectives({ objectives }: { objectives: readonly Objective[] }): ReactNode {
  if (objectives.length === 0) return <p className="quiet pad">Nothing was measured yet.</p>;
  return (
    <TableBox label="Table of objectives"><table className="table dense">
      <thead><tr><th>Objective</th><th className="num">Target</th><th className="num">Last hour</th><th>Allowance used</th><th><span className="sr-only">Met</span></th></tr></thead>
      <tbody>
        {objectives.map(objective => {
          const used = objective.target >= 1 ? 0 : Math.min(1, (1 - objective.measured) / (1 - objective.target));
          return (
            <tr key={objective.name}>
              <td>{objective.promise}</td><td className="num dim">{share(objective.target)}</td><td className="num"><b>{share(objective.measured)}</b></td>
              <td><svg className={`meter ${used >= 1 ? 'over' : ''}`} width="110" height="6" role="img" aria-label={`${Math.round(used * 100)} % used`}><rect className="ground" width="110" height="6" rx="3" /><rect className="part" width={110 * used} height="6" rx="3" /></svg></td>
              <td>{objective.judged ? <Badge kind={objective.met ? 'ok' : 'critical'}>{objective.met ? 'met' : 'missed'}</Badge> : <span title="Judged once five minutes were watched and enough was measured"><Badge>too early</Badge></span>}</td>
            </tr>
          );
        })}
      </tbody>
    </table></TableBox>
  );
}
