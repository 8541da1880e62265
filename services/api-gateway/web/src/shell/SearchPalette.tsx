import { useMemo, useState, type ReactNode } from 'react';
import { useResource } from '../api/resource';
import type { Frame } from '../api/types';
import { venue } from '../screener/GridRow';
import { Dialog } from '../ui/Dialog';
import { percent, priceOf } from '../ui/format';
import { Icon } from '../ui/Icon';
import { instrumentPath, navigate } from '../ui/router';

const shownAtMost = 12;

export function SearchPalette({ onClose }: { onClose: () => void }): ReactNode {
  const { data } = useResource<Frame[]>('/api/v1/metrics?columns=price,change(1d),volume(1d)');
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const found = useMemo(() => find(data ?? [], text), [data, text]);

  const open = (frame: Frame | undefined): void => {
    if (!frame) return;
    onClose();
    navigate(instrumentPath(frame.exchange, frame.symbol));
  };

  return (
    <Dialog title="Find an instrument" size="small" onClose={onClose}>
      <label className="search wide"><Icon name="search" size={15} />
        <input type="search" value={text} placeholder="BTC, SOLUSDT …" aria-label="Symbol" role="combobox" aria-expanded="true" aria-controls="palette"
          aria-activedescendant={found[active] ? `palette-${active}` : undefined}
          onChange={event => { setText(event.target.value); setActive(0); }}
          onKeyDown={event => {
            if (event.key === 'ArrowDown') setActive(Math.min(found.length - 1, active + 1));
            else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1));
            else if (event.key === 'Enter') open(found[active]);
            else return;
            event.preventDefault();
          }} />
      </label>
      <ul id="palette" className="palette" role="listbox" aria-label="Instruments">
        {found.map((frame, i) => (
          <li key={`${frame.exchange}:${frame.symbol}`} id={`palette-${i}`} role="option" aria-selected={i === active} onMouseEnter={() => setActive(i)} onClick={() => open(frame)}>
            <b>{frame.symbol}</b><span className="venue">{venue(frame.exchange)}</span>
            <span className="num">{priceOf(frame.metrics.price, frame.exchange, frame.symbol)}</span>
            <span className={`num ${(frame.metrics['change(1d)'] ?? 0) < 0 ? 'down' : 'up'}`}>{percent(frame.metrics['change(1d)'])}</span>
          </li>
        ))}
      </ul>
      {data && found.length === 0 && <p className="quiet" role="status">{data.length === 0 ? 'No instrument has numbers yet.' : `No instrument is called “${text.trim()}”.`}</p>}
    </Dialog>
  );
}

function find(frames: readonly Frame[], text: string): Frame[] {
  const wanted = text.trim().toUpperCase();
  const place = (frame: Frame): number => frame.symbol.indexOf(wanted);
  return frames.filter(f => place(f) >= 0)
    .sort((a, b) => place(a) - place(b) || (b.metrics['volume(1d)'] ?? 0) - (a.metrics['volume(1d)'] ?? 0))
    .slice(0, shownAtMost);
}
