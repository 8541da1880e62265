import { useMemo } from 'react';
import { instruments } from '../live/instruments';
import { baseOf } from '../screener/quote';
import { useSignal } from '../ui/signal';

/** What somebody means who writes `btc`: the gateway knows whole symbols only. What leads to none or to several stays as it is. */
export function wholeSymbol(text: string, symbols: readonly string[]): string {
  const wanted = text.trim().toUpperCase();
  if (wanted === '' || symbols.includes(wanted)) return wanted;
  const ofBase = symbols.filter(symbol => baseOf(symbol) === wanted);
  if (ofBase.length > 0) return ['USDT', 'USDC', 'USD'].map(quote => ofBase.find(symbol => symbol.endsWith(quote))).find(Boolean) ?? ofBase[0]!;
  const begun = symbols.filter(symbol => symbol.startsWith(wanted));
  return begun.length === 1 ? begun[0]! : wanted;
}

export function useSymbols(): readonly string[] {
  const all = useSignal(instruments.all);
  return useMemo(() => [...new Set(all.map(instrument => instrument.symbol))].sort(), [all]);
}
