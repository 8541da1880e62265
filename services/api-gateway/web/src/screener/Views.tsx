import { useState, type ReactNode } from 'react';
import { Icon } from '../ui/Icon';
import { settings } from '../ui/settings';
import { useSignal } from '../ui/signal';
import { isShown } from './view';

/** Saved views: filter, columns and order under a name. */
export function Views({ filter, onFilter }: { filter: string; onFilter: (filter: string) => void }): ReactNode {
  const chosen = useSignal(settings);
  const { views } = chosen;
  const [name, setName] = useState<string | null>(null);

  const save = (): void => {
    const { columns, sort } = settings.current;
    if (name?.trim()) settings.change({ views: [...views.filter(v => v.name !== name.trim()), { name: name.trim(), filter, columns, sort }] });
    setName(null);
  };

  return (
    <div className="views">
      {views.map(view => (
        <span key={view.name} className="chip-pair">
          <button type="button" className="chip" aria-pressed={isShown(view, filter, chosen)} onClick={() => { settings.change({ columns: view.columns, sort: view.sort }); onFilter(view.filter); }}>
            {view.name}
          </button>
          <button type="button" className="chip-close" aria-label={`Delete the view ${view.name}`} onClick={() => settings.change({ views: views.filter(v => v !== view) })}><Icon name="close" size={11} /></button>
        </span>
      ))}
      {name === null
        ? <button type="button" className="chip quiet" aria-label="Save view" title="Save filter, columns and order as a view" onClick={() => setName('')}><Icon name="save" size={13} /><span className="label">Save view</span></button>
        : <input className="view-name" placeholder="Name of the view" aria-label="Name of the view" value={name} maxLength={40}
            onChange={event => setName(event.target.value)} onBlur={save}
            onKeyDown={event => { if (event.key === 'Enter') save(); else if (event.key === 'Escape') { event.preventDefault(); setName(null); } }} />}
    </div>
  );
}
