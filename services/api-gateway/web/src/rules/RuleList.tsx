import { useMemo, useState, type ReactNode } from 'react';
import { useSession } from '../account/session';
import { useResource } from '../api/resource';
import type { Rule } from '../api/types';
import { Icon } from '../ui/Icon';
import { Empty, Problem, Segments, Skeleton, TableBox } from '../ui/parts';
import { Link } from '../ui/router';
import { RuleRow } from './RuleRow';

type Scope = 'all' | 'own' | 'builtin';

export function RuleList(): ReactNode {
  const [scope, setScope] = useState<Scope>('all');
  const [search, setSearch] = useState('');
  const { may } = useSession();
  const { data, error, reload } = useResource<Rule[]>(`/api/v1/rules?scope=${scope}`, 15_000);
  const shown = useMemo(() => (data ?? [])
    .filter(rule => `${rule.id} ${rule.name} ${rule.description} ${rule.expression}`.toLowerCase().includes(search.trim().toLowerCase()))
    .sort((a, b) => Number(a.owner === null) - Number(b.owner === null) || (b.fired_24h ?? 0) - (a.fired_24h ?? 0) || a.name.localeCompare(b.name)), [data, search]);
  const most = Math.max(1, ...shown.map(rule => rule.fired_24h ?? 0));

  return (
    <div className="page rules-page">
      <div className="page-head">
        <h1>Rules</h1>
        <Segments label="Which rules" value={scope} onChange={setScope} options={[['all', 'All'], ['own', 'Mine'], ['builtin', 'Built in']]} />
        <label className="search"><Icon name="search" size={14} /><input type="search" placeholder="Search" aria-label="Search rules" value={search} onChange={event => setSearch(event.target.value)} /></label>
        <span className="spacer" />
        {may('trader') ? <Link to="/rules/new" className="button primary"><Icon name="plus" size={15} />New rule</Link>
          : <Link to="/account" className="button">Sign in to write rules</Link>}
      </div>
      {error && <Problem text={error} retry={reload} />}
      <TableBox label="Rules" className="panel">
        {!data && !error && <Skeleton lines={8} />}
        {data && shown.length === 0 && (
          <Empty icon="rules" title={search === '' ? 'No rules yet' : 'No rule is called that'}>
            {search === '' && 'A rule is a sentence about the market: rsi(14,1h) < 30 and volume_ratio(15m) > 2. It fires on every instrument for which it comes true.'}
          </Empty>
        )}
        {shown.length > 0 && (
          <table className="table rules-table">
            <thead><tr><th>On</th><th>Rule</th><th className="wide-only">When</th><th className="num">24 h</th><th>Health</th><th><span className="sr-only">Actions</span></th></tr></thead>
            <tbody>{shown.map(rule => <RuleRow key={rule.id} rule={rule} most={most} onChanged={reload} />)}</tbody>
          </table>
        )}
      </TableBox>
    </div>
  );
}
