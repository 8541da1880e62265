import { useState } from 'react';
import { Signal, useSignal } from './signal';

/** One thing at a time: what is pressed again while it is under way must not happen twice. */
export class Busy {
  readonly isBusy = new Signal(false);

  run = async (action: () => Promise<unknown>): Promise<void> => {
    if (this.isBusy.current) return;
    this.isBusy.set(true);
    try {
      await action();
    } finally {
      this.isBusy.set(false);
    }
  };
}

/** Whether something is under way, and how to begin it. What stays after it is not switched off meanwhile: the focus would leave it. */
export function useBusy(): readonly [boolean, Busy['run']] {
  const [busy] = useState(() => new Busy());
  return [useSignal(busy.isBusy), busy.run];
}
