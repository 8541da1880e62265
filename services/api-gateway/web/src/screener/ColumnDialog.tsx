import { useMemo, useState, type ReactNode } from 'react';
import { useCatalogue } from '../expression/useLanguage';
import { Dialog } from '../ui/Dialog';
import { Icon } from '../ui/Icon';
import { defaultColumns, settings } from '../ui/settings';
import { useSignal } from '../ui/signal';
import { columnOf } from './columns';

const shownAtMost = 120;

export function ColumnDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { columns } = useSignal(settings);
  const catalogue = useCatalogue();
  const [search, setSearch] = useState('');
  const found = useMemo(() => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    return catalogue.filter(m => words.every(w => m.name.includes(w) || m.meaning.toLowerCase().includes(w)));
  }, [catalogue, search]);

  const toggle = (name: string): void =>
    settings.change({ columns: columns.includes(name) ? columns.filter(c => c !== name) : [...columns, name] });
  const shift = (i: number, by: number): void => {
    const next = [...columns];
    [next[i], next[i + by]] = [next[i + by]!, next[i]!];
    settings.change({ columns: next });
  };

  return (
    <Dialog title="Columns" size="wide" onClose={onClose}
      footer={<><button type="button" className="button ghost" onClick={() => settings.change({ columns: defaultColumns })}>Restore defaults</button>
        <button type="button" className="button primary" onClick={onClose}>Done</button></>}>
      <div className="column-dialog">
        <div>
          <label className="search wide"><Icon name="search" size={15} />
            <input type="search" placeholder={`Search ${catalogue.length} metrics: name or meaning`} aria-label="Search metrics" value={search} onChange={event => setSearch(event.target.value)} />
          </label>
          <ul className="metric-list">
            {found.slice(0, shownAtMost).map(m => (
              <li key={m.name}>
                <label><input type="checkbox" checked={columns.includes(m.name)} onChange={() => toggle(m.name)} /><code>{m.name}</code><span>{m.meaning}</span></label>
              </li>
            ))}
            {found.length > shownAtMost && <li className="more">and {found.length - shownAtMost} more: narrow the search</li>}
          </ul>
        </div>
        <ol className="chosen" aria-label="Chosen columns">
          {columns.map((name, i) => (
            <li key={name}>
              <span><b>{columnOf(name).title}</b> <small>{columnOf(name).frame}</small></span>
              <button type="button" className="icon-button" aria-label={`Move ${name} left`} disabled={i === 0} onClick={() => shift(i, -1)}>↑</button>
              <button type="button" className="icon-button" aria-label={`Move ${name} right`} disabled={i === columns.length - 1} onClick={() => shift(i, 1)}>↓</button>
              <button type="button" className="icon-button" aria-label={`Remove ${name}`} onClick={() => toggle(name)}><Icon name="close" size={13} /></button>
            </li>
          ))}
        </ol>
      </div>
    </Dialog>
  );
}
