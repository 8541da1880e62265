import type { Cursor, Data, Limits } from './protocol';

/** Fixed, or as the server's limits allow. */
export type Params = Record<string, unknown> | ((limits: Limits) => Record<string, unknown>);

export interface Handlers {
  snapshot?(data: Data): void;
  update(data: Data): void;
  /** The server took the subscription; `recovered` false means that alerts were missed beyond what it keeps. */
  accepted?(data: Data): void;
  refused?(code: string, message: string): void;
  /** The connection is gone: until the next `accepted` nothing comes. */
  lost?(): void;
}

/** One thing the page follows; it outlives connections. */
export class Subscription {
  serverId: string | null = null;
  requestId: string | null = null;
  sequence = -1;

  constructor(
    readonly channel: string,
    readonly params: Params,
    readonly handlers: Handlers,
    readonly resume?: () => Cursor | null,
  ) {}

  paramsWithin(limits: Limits): Record<string, unknown> {
    return typeof this.params === 'function' ? this.params(limits) : this.params;
  }

  reset(): void {
    this.serverId = this.requestId = null;
    this.sequence = -1;
  }

  take(message: Data & { type: 'snapshot' | 'update'; sequence: number }): void {
    if (message.type === 'update' && message.sequence <= this.sequence) return; // seen already: sequences only rise
    this.sequence = message.sequence;
    if (message.type === 'snapshot') this.handlers.snapshot?.(message);
    else this.handlers.update(message);
  }
}
