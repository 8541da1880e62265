let aheadMs = 0;

/** Learns from the `Date` of an answer how far this machine's clock is off. */
export function hearTime(date: string | null): void {
  const told = Date.parse(date ?? '');
  if (!Number.isNaN(told)) aheadMs = Date.now() - told;
}

/** The gateway's time, to the second: what it has stamped is compared with this. */
export const serverNow = (): number => Date.now() - aheadMs;
