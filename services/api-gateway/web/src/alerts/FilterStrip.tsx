import { useEffect, useId, useState, type ReactNode } from 'react';
import type { Rule } from '../api/types';
import { venue } from '../screener/GridRow';
import { Icon } from '../ui/Icon';
import { noFilter, type AlertFilter } from './filter';
import { useSymbols, wholeSymbol } from './symbols';

interface Props { filter: AlertFilter; onChange: (filter: AlertFilter) => void; rules: readonly Rule[]; exchanges: readonly string[] }

const settleMs = 350;

export function FilterStrip({ filter, onChange, rules, exchanges }: Props): ReactNode {
  const [text, setText] = useState(filter.symbol);
  const [isOpen, setOpen] = useState(false);
  const symbols = useSymbols();
  const list = useId();
  const symbol = wholeSymbol(text, symbols);
  useEffect(() => setText(typed => (wholeSymbol(typed, symbols) === filter.symbol ? typed : filter.symbol)), [filter.symbol]); // who types is not corrected
  useEffect(() => {
    if (symbol === filter.symbol) return;
    const timer = setTimeout(() => onChange({ ...filter, symbol }), settleMs);
    return () => clearTimeout(timer);
  }, [symbol, filter, onChange]);

  const choice = <K extends keyof AlertFilter>(name: K, label: string, options: readonly (readonly [AlertFilter[K], string])[]): ReactNode => (
    <select aria-label={label} className={`select ${filter[name] !== noFilter[name] ? 'on' : ''}`} value={filter[name]} onChange={event => onChange({ ...filter, [name]: event.target.value })}>
      {options.map(([value, text]) => <option key={value} value={value}>{text}</option>)}
    </select>
  );

  const set = (Object.keys(noFilter) as (keyof AlertFilter)[]).filter(name => name !== 'symbol' && filter[name] !== noFilter[name]).length;

  return (
    <div className={`filter-strip ${isOpen ? 'open' : ''}`} role="search" aria-label="Filter alerts">
      <label className="search"><Icon name="search" size={14} />
        <input type="search" placeholder="Symbol, e.g. BTCUSDT" aria-label="Symbol" list={list} value={text} onChange={event => setText(event.target.value)} onBlur={() => setText(symbol)} />
        <datalist id={list}>{symbols.map(one => <option key={one} value={one} />)}</datalist>
      </label>
      <button type="button" className={`button small filters-toggle ${set > 0 ? 'on' : ''}`} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}><Icon name="filter" size={14} />Filters{set > 0 && ` ${set}`}</button>
      {choice('within', 'Time', [['', 'Any time'], ['hour', 'Last hour'], ['day', 'Last day'], ['week', 'Last week']])}
      {choice('severity', 'Severity', [['', 'All severities'], ['warning', 'Warning and up'], ['critical', 'Critical only']])}
      {choice('rule', 'Rule', [['', 'All rules'], ...rules.map(rule => [rule.id, rule.name] as const)])}
      {exchanges.length > 1 && choice('exchange', 'Exchange', [['', 'All exchanges'], ...exchanges.map(name => [name, venue(name)] as const)])}
      {choice('state', 'State', [['fired', 'Firings'], ['resolved', 'Ends'], ['', 'Firings and ends']])}
      {choice('taken', 'Acknowledged', [['', 'Acknowledged or not'], ['no', 'Not acknowledged'], ['yes', 'Acknowledged']])}
      {JSON.stringify(filter) !== JSON.stringify(noFilter) && <button type="button" className="button small ghost" onClick={() => onChange(noFilter)}>Clear</button>}
    </div>
  );
}
