import type { Cursor, Data, Limits } from './protocol';

/** Fixed, or as the server's limits allow. */
export type Params = Record<string, unknown> | ((limits: Limits) => Record<string, unknown>);

export interface Handlers {
  snapshot?(data: Data): void;
  update(data: Data): void;
  /** The server took the subscription; `recovered` false means that alerts were missed beyond what it keeps. */
  accepted?(data: Data): void;
  refused?(code: string, message: string): void;
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

  /** False for what was seen already: sequences only rise. */
  accept(sequence: number): boolean {
    if (sequence <= this.sequence) return false;
    this.sequence = sequence;
    return true;
  }
}
