import { useMemo, useState, type ReactNode } from 'react';
import type { Metric } from '../api/types';
import { Dialog } from '../ui/Dialog';
import { Icon } from '../ui/Icon';
import { OwnStudy } from './OwnStudy';
import { studyOf } from './studies';

const shownAtMost = 150;
const usual = ['ema', 'sma', 'bb_upper', 'bb_lower', 'bb_middle', 'vwap', 'rsi', 'macd', 'macd_signal', 'adx', 'atr', 'obv', 'mfi'];

interface Props { catalogue: readonly Metric[]; chosen: readonly string[]; timeframe: string; onToggle: (name: string) => void; onClose: () => void }

/** Any metric of the catalogue, those of the chart's own timeframe first. */
export function IndicatorDialog({ catalogue, chosen, timeframe, onToggle, onClose }: Props): ReactNode {
  const [search, setSearch] = useState('');
  const found = useMemo(() => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const place = (m: Metric): number =>
      (m.arguments.at(-1) === timeframe ? 0 : 100) + (usual.includes(m.function) ? usual.indexOf(m.function) : 50);
    return catalogue
      .filter(m => m.name !== 'price' && words.every(word => m.name.includes(word) || m.meaning.toLowerCase().includes(word)))
      .sort((a, b) => place(a) - place(b));
  }, [catalogue, search, timeframe]);

  return (
    <Dialog title="Indicators" onClose={onClose} footer={<button type="button" className="button primary" onClick={onClose}>Done</button>}>
      <label className="search wide"><Icon name="search" size={15} />
        <input type="search" placeholder={`Search ${catalogue.length} metrics: name or meaning`} aria-label="Search metrics" value={search} onChange={event => setSearch(event.target.value)} />
      </label>
      <OwnStudy timeframe={timeframe} chosen={chosen} onAdd={onToggle} />
      <p className="quiet">Averages, Bollinger bands and RSI of this timeframe are drawn over the whole chart; everything else is kept for two days and drawn as far.</p>
      <ul className="metric-list">
        {found.slice(0, shownAtMost).map(m => (
          <li key={m.name}><label>
            <input type="checkbox" checked={chosen.includes(m.name)} onChange={() => onToggle(m.name)} /><code>{m.name}</code><span>{m.meaning}{studyOf(m.name, timeframe) && <em> · whole chart</em>}</span>
          </label></li>
        ))}
        {found.length > shownAtMost && <li className="more">and {found.length - shownAtMost} more: narrow the search</li>}
      </ul>
    </Dialog>
  );
}
