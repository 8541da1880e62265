import { Signal } from '../ui/signal';

/** Whether the last request had an answer of the gateway: a proxy's that there is none is none. */
export const isReached = new Signal(true);

export const hearStatus = (status: number | null): void => isReached.set(status !== null && status !== 502 && status !== 504);
