const most = 12;
/** Of fewer prices than that the last digit may be a zero by chance. */
const enough = 12;

export const decimalsIn = (value: number): number => {
  const [digits, exponent] = String(value).split('e') as [string, string?];
  return Math.min(most, Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent ?? 0)));
};

const known = new Map<string, number>();

/** The gateway does not know every tick size; the prices themselves show it: none has more decimals than its tick. */
export function learnPrecision(key: string, prices: readonly number[]): void {
  const traded = prices.filter(price => Number.isFinite(price) && price > 0);
  if (traded.length < enough) return;
  known.set(key, Math.max(known.get(key) ?? 0, ...traded.slice(-200).map(decimalsIn)));
}

/** How many decimals the prices of an instrument have; undefined before enough of them were seen. */
export const precisionOf = (key: string): number | undefined => known.get(key);
