import { useState, type ReactNode } from 'react';
import { useResource } from '../api/resource';
import type { Info, Universe } from '../api/types';
import { venue } from '../screener/GridRow';
import { Field } from '../ui/parts';
import { listOf } from './draft';

interface Props { universe: Universe; errorOf: (name: string) => string | undefined; onChange: (universe: Universe) => void }

/** Which instruments a rule looks at. Nothing chosen is all. */
export function UniverseFields({ universe, errorOf, onChange }: Props): ReactNode {
  const { data: info } = useResource<Info>('/api/v1/info');
  const change = (part: Partial<Universe>): void => onChange({ ...universe, ...part });
  const exchanges = [...new Set([...(info?.exchanges ?? []), ...universe.exchanges])];
  const isNarrow = universe.include.length + universe.exclude.length + universe.quote_assets.length + universe.exchanges.length > 0 || universe.min_daily_volume !== null;
  const [isOpen] = useState(isNarrow); // later it is the reader's: a field that is emptied must not fold away under the cursor
  return (
    <details className="more-options group" open={isOpen}>
      <summary>Instruments<span className="dim"> · {isNarrow ? wordsOf(universe) : 'all of them'}</span></summary>
      <div className="form-grid">
        <ListField label="Only" hint="BTC*, ETHUSDT" list={universe.include} error={errorOf('universe.include')} onChange={include => change({ include })} />
        <ListField label="Never" hint="patterns with * and ?" list={universe.exclude} error={errorOf('universe.exclude')} onChange={exclude => change({ exclude })} />
        <ListField label="Quoted in" hint="USDT, USDC" list={universe.quote_assets} error={errorOf('universe.quote_assets')} onChange={quote_assets => change({ quote_assets })} />
        <Field label="Least daily volume" hint="in the quote asset" error={errorOf('universe.min_daily_volume')}>
          <input type="number" min={0} inputMode="decimal" value={universe.min_daily_volume ?? ''} placeholder="any" onChange={event => change({ min_daily_volume: event.target.value === '' ? null : Number(event.target.value) })} />
        </Field>
      </div>
      {exchanges.length > 1 && (
        <div className="chips wrap" role="group" aria-label="Exchanges">
          {exchanges.map(name => (
            <button key={name} type="button" className="chip" aria-pressed={universe.exchanges.includes(name)}
              onClick={() => change({ exchanges: universe.exchanges.includes(name) ? universe.exchanges.filter(e => e !== name) : [...universe.exchanges, name] })}>{venue(name)}</button>
          ))}
        </div>
      )}
    </details>
  );
}

function ListField({ label, hint, list, error, onChange }: { label: string; hint: string; list: readonly string[]; error: string | undefined; onChange: (list: string[]) => void }): ReactNode {
  const [text, setText] = useState(list.join(', '));
  return <Field label={label} hint={hint} error={error}><input value={text} autoCapitalize="characters" spellCheck={false} onChange={event => { setText(event.target.value); onChange(listOf(event.target.value)); }} /></Field>;
}

function wordsOf({ include, exclude, quote_assets: quotes, exchanges, min_daily_volume: volume }: Universe): string {
  return [include.length > 0 && include.join(', '), exclude.length > 0 && `not ${exclude.join(', ')}`, quotes.length > 0 && `in ${quotes.join(', ')}`,
    exchanges.length > 0 && `on ${exchanges.map(venue).join(', ')}`, volume !== null && `volume over ${volume}`].filter(Boolean).join('; ');
}
