import { useState, type FormEvent, type ReactNode } from 'react';
import { Confirm } from '../ui/Confirm';
import { Dialog } from '../ui/Dialog';
import { Icon } from '../ui/Icon';
import { settings } from '../ui/settings';
import { useSignal } from '../ui/signal';
import { currentOf, listsOf, renamed, withNew, without } from '../ui/watchlists';

/** The watchlists: which one gets the stars, and what they are called. */
export function WatchlistDialog({ onShow, onClose }: { onShow: () => void; onClose: () => void }): ReactNode {
  const chosen = useSignal(settings);
  const [name, setName] = useState('');
  const [renaming, setRenaming] = useState<{ from: string; to: string } | null>(null);
  const [deleting, setDeleting] = useState<string | null>(null);
  const current = currentOf(chosen);
  const made = withNew(chosen, name);

  const add = (event: FormEvent): void => {
    event.preventDefault();
    if (made === null) return;
    settings.change(made);
    setName('');
  };
  const rename = (): void => {
    const next = renaming && renamed(chosen, renaming.from, renaming.to);
    if (next) settings.change(next);
    setRenaming(null);
  };
  const choose = (list: string): void => { settings.change({ list }); onShow(); onClose(); };

  return (
    <Dialog title="Watchlists" size="small" onClose={onClose}>
      <ul className="watchlists">
        {listsOf(chosen).map(list => (
          <li key={list.name} aria-current={list.name === current.name}>
            {renaming?.from === list.name
              ? <input className="view-name" aria-label={`New name of ${list.name}`} autoFocus maxLength={40} value={renaming.to} onChange={event => setRenaming({ ...renaming, to: event.target.value })}
                  onBlur={rename} onKeyDown={event => { if (event.key === 'Enter') rename(); else if (event.key === 'Escape') { event.preventDefault(); setRenaming(null); } }} />
              : <button type="button" className="watchlist-name" title="Show it; stars go to it" onClick={() => choose(list.name)}>
                  <Icon name="star" size={15} filled={list.name === current.name} /><b>{list.name}</b><small>{list.keys.length}</small>
                </button>}
            <button type="button" className="icon-button" aria-label={`Rename ${list.name}`} title="Rename" onClick={() => setRenaming({ from: list.name, to: list.name })}><Icon name="edit" size={15} /></button>
            <button type="button" className="icon-button" aria-label={`Delete ${list.name}`} title="Delete" onClick={() => (list.keys.length === 0 ? settings.change(without(chosen, list.name)) : setDeleting(list.name))}><Icon name="trash" size={15} /></button>
          </li>
        ))}
      </ul>
      <form className="watchlist-new" onSubmit={add}>
        <input className="input" placeholder="A new list" aria-label="Name of the new list" maxLength={40} value={name} onChange={event => setName(event.target.value)} />
        <button type="submit" className="button" disabled={made === null}><Icon name="plus" size={14} />New</button>
      </form>
      {deleting !== null && <Confirm title="Delete the watchlist?" action="Delete" onClose={() => setDeleting(null)} onConfirm={() => settings.change(without(settings.current, deleting))}>“{deleting}” and its stars go; the instruments stay on other lists.</Confirm>}
    </Dialog>
  );
}
