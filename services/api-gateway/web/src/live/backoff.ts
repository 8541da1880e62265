const firstMs = 500;
const longestMs = 30_000;

/** How long to wait before try number `attempt` (from 0): doubling, capped, ±20 % so that a thousand pages do not return as one. */
export function backoff(attempt: number, random: number): number {
  const base = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 10));
  return Math.round(base * (0.8 + 0.4 * random));
}
