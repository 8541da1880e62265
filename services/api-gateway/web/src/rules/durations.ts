const units: readonly (readonly [string, number])[] = [['d', 86_400], ['h', 3_600], ['m', 60], ['s', 1]];

/** 5400 as `1h 30m`, every part of it; nothing is no text. */
export const durationText = (seconds: number): string => {
  let rest = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [name, size] of units) {
    if (rest >= size) parts.push(`${Math.floor(rest / size)}${name}`);
    rest %= size;
  }
  return parts.join(' ');
};

/** What somebody typed as seconds: `90`, `5m`, `1h 30m`. Null when it is none of these. */
export function secondsOf(text: string): number | null {
  const typed = text.trim().toLowerCase();
  if (typed === '') return 0;
  if (/^\d+$/.test(typed)) return Number(typed);
  if (!/^(\d+\s*[dhms]\s*)+$/.test(typed)) return null;
  return [...typed.matchAll(/(\d+)\s*([dhms])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * units.find(([name]) => name === unit)![1], 0);
}
