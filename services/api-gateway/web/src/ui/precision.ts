const most = 12;
/** Of fewer different prices than that the last digit may be a zero by chance. */
const enough = 12;

export const decimalsIn = (value: number): number => {
  const [digits, exponent] = String(value).split('e') as [string, string?];
  return Math.min(most, Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent ?? 0)));
};

const known = new Map<string, number>();
const ticks = new Map<string, number>();

/** What the exchange says by which step a price moves. */
export function knowTick(key: string, tick: number | null | undefined): void {
  if (tick && tick > 0) ticks.set(key, decimalsIn(tick));
}

/** Where no tick is known, the prices themselves show it: none has more decimals than its tick. */
export function learnPrecision(key: string, prices: readonly number[]): void {
  if (ticks.has(key)) return;
  const traded = new Set(prices.filter(price => Number.isFinite(price) && price > 0).slice(-200));
  if (traded.size < enough) return;
  known.set(key, Math.max(known.get(key) ?? 0, ...[...traded].map(decimalsIn)));
}

/** How many decimals the prices of an instrument have; undefined before its tick or enough of them were seen. */
export const precisionOf = (key: string): number | undefined => ticks.get(key) ?? known.get(key);
