import type { ReactNode } from 'react';
import type { Suggestion } from './complete';

interface Props { id: string; offers: readonly Suggestion[]; active: number; onPick: (suggestion: Suggestion) => void }

export function SuggestionList({ id, offers, active, onPick }: Props): ReactNode {
  return (
    <ul id={id} className="suggestions" role="listbox" aria-label="Suggestions" hidden={offers.length === 0}>
      {offers.map((offer, i) => (
        <li key={offer.text} id={`${id}-${i}`} role="option" aria-selected={i === active}
          onMouseDown={event => { event.preventDefault(); onPick(offer); }}>
          <span className={`dot ${offer.kind}`} aria-hidden="true" />
          <code>{offer.text}</code>
          <span className="detail">{offer.detail}</span>
        </li>
      ))}
    </ul>
  );
}
