import { useState, type FormEvent, type ReactNode } from 'react';
import { ownStudy, studyNames } from './studies';

/** An average of a length that the catalogue does not have: it is made of the bars in the chart. */
export function OwnStudy({ timeframe, chosen, onAdd }: { timeframe: string; chosen: readonly string[]; onAdd: (name: string) => void }): ReactNode {
  const [fn, setFn] = useState<(typeof studyNames)[number]>('ema');
  const [length, setLength] = useState('');
  const name = ownStudy(fn, length, timeframe);
  const add = (event: FormEvent): void => {
    event.preventDefault();
    if (name !== null && !chosen.includes(name)) onAdd(name);
    setLength('');
  };
  return (
    <form className="own-study" onSubmit={add}>
      <select className="select" aria-label="Indicator of your own length" value={fn} onChange={event => setFn(event.target.value as typeof fn)}>
        {studyNames.map(option => <option key={option} value={option}>{option.toUpperCase()}</option>)}
      </select>
      <input className="input" inputMode="numeric" placeholder="Length, 2 to 500" aria-label="Length" value={length} onChange={event => setLength(event.target.value)} />
      <button type="submit" className="button small" disabled={name === null}>Draw</button>
    </form>
  );
}
