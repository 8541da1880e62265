import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { ExpressionError } from '../api/types';
import { suggest, wordBefore, type Suggestion } from './complete';
import { Highlight } from './Highlight';
import { SuggestionList } from './SuggestionList';

interface Props {
  value: string;
  onChange: (value: string) => void;
  all: readonly Suggestion[];
  errors?: readonly ExpressionError[];
  label: string;
  placeholder?: string;
  lines?: number;
  onEnter?: () => void;
}

/** A text field of the rule language: colours, completion, errors under the very words. */
export function ExpressionInput({ value, onChange, all, errors = [], label, placeholder, lines = 1, onEnter }: Props): ReactNode {
  const field = useRef<HTMLTextAreaElement>(null);
  const paint = useRef<HTMLPreElement>(null);
  const [offers, setOffers] = useState<Suggestion[]>([]);
  const [active, setActive] = useState(0);
  const listId = useId();

  const refresh = (): void => {
    if (!field.current) return; // who presses Enter at once is on another page already
    const { word } = wordBefore(field.current.value, field.current.selectionStart);
    setOffers(suggest(word, all, 8));
    setActive(0);
  };

  const accept = (suggestion: Suggestion): void => {
    const caret = field.current!.selectionStart;
    const { from } = wordBefore(value, caret);
    const after = value.slice(caret).replace(/^[\w]*\)?/, rest => (suggestion.text.endsWith(')') && /^[\w]*\)$/.test(rest) ? '' : rest));
    onChange(value.slice(0, from) + suggestion.text + after);
    setOffers([]);
    const place = from + suggestion.text.length;
    requestAnimationFrame(() => { field.current?.focus(); field.current?.setSelectionRange(place, place); });
  };

  const press = (event: KeyboardEvent): void => {
    const isOpen = offers.length > 0;
    if (isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setActive((active + (event.key === 'ArrowDown' ? 1 : offers.length - 1)) % offers.length);
    } else if (isOpen && (event.key === 'Tab' || (event.key === 'Enter' && !event.ctrlKey))) {
      event.preventDefault();
      accept(offers[active]!);
    } else if (event.key === 'Escape' && isOpen) {
      event.stopPropagation();
      setOffers([]);
    } else if (event.key === 'Enter' && (lines === 1 || event.ctrlKey)) {
      event.preventDefault();
      onEnter?.();
    }
  };

  return (
    <div className={`expression ${lines > 1 ? 'tall' : ''} ${errors.length > 0 ? 'invalid' : ''}`}>
      <pre ref={paint} className="expression-paint" aria-hidden="true"><Highlight text={value} errors={errors} />{'\n'}</pre>
      <textarea
        ref={field} className="plain" value={value} rows={lines} spellCheck={false} autoCapitalize="off" autoComplete="off" placeholder={placeholder}
        aria-label={label} aria-invalid={errors.length > 0} role="combobox" aria-expanded={offers.length > 0} aria-controls={listId} aria-autocomplete="list"
        aria-activedescendant={offers.length > 0 ? `${listId}-${active}` : undefined}
        onChange={event => { onChange(lines === 1 ? event.target.value.replace(/\n/g, ' ') : event.target.value); requestAnimationFrame(refresh); }}
        onKeyDown={press} onBlur={() => setTimeout(() => setOffers([]), 150)}
        onScroll={event => { paint.current!.scrollTop = event.currentTarget.scrollTop; paint.current!.scrollLeft = event.currentTarget.scrollLeft; }}
      />
      <SuggestionList id={listId} offers={offers} active={active} onPick={accept} />
    </div>
  );
}
