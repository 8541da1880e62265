import type { Clock } from './Heartbeat';
import type { Answer, Limits, Outgoing } from './protocol';
import type { Subscription } from './subscription';

/** By a request that was given up and whose leaving is under way: nobody has to be told. */
const stillLeaving = 'already_subscribed';

/** What a later try may well be given, and when to try; what is not here has the same answer tomorrow. */
const retryMs: Record<string, number> = {
  [stillLeaving]: 300,
  not_ready: 3_000, not_found: 4_000, full: 8_000, too_many_subscriptions: 8_000,
};

/** What the page follows, over any number of connections: asked for on each, again where the server could not give it yet, and left without a trace. */
export class SubscriptionBook {
  readonly #all = new Set<Subscription>();
  /** Requests that were given up before their answer: what it opens must be closed. */
  readonly #left = new Set<string>();
  #limits: Limits | null = null;

  constructor(readonly send: (message: Outgoing) => void, readonly newId: () => string, readonly clock: Clock, readonly random: () => number) {}

  add(subscription: Subscription): () => void {
    this.#all.add(subscription);
    if (this.#limits) this.#ask(subscription, this.#limits);
    return () => this.#leave(subscription);
  }

  begin(limits: Limits): void {
    this.#limits = limits;
    for (const subscription of this.#all) this.#ask(subscription, limits);
  }

  end(): void {
    this.#limits = null;
    this.#left.clear();
    for (const subscription of this.#all) {
      subscription.reset();
      subscription.handlers.lost?.();
    }
  }

  received(message: Answer): void {
    if ((message.type === 'ok' || message.type === 'error') && this.#left.delete(message.id ?? '')) {
      if (message.type === 'ok' && message.subscription !== undefined) this.#unsubscribe(message.subscription);
      return;
    }
    for (const subscription of this.#all) {
      if (message.type === 'ok' && message.id === subscription.requestId) {
        subscription.serverId = message.subscription ?? null;
        subscription.handlers.accepted?.(message);
      } else if (message.type === 'error' && message.id !== undefined && message.id === subscription.requestId) this.#refused(subscription, message.code, message.message);
      else if ((message.type === 'snapshot' || message.type === 'update') && message.subscription === subscription.serverId) subscription.take(message);
      else continue;
      return;
    }
  }

  #leave(subscription: Subscription): void {
    if (!this.#all.delete(subscription)) return;
    if (subscription.serverId !== null) this.#unsubscribe(subscription.serverId);
    else if (subscription.requestId !== null) this.#left.add(subscription.requestId);
  }

  #refused(subscription: Subscription, code: string, message: string): void {
    subscription.reset();
    if (code !== stillLeaving) subscription.handlers.refused?.(code, message);
    const pause = retryMs[code];
    if (pause === undefined) return;
    this.clock.later(pause * (0.8 + 0.4 * this.random()), () => {
      const isWaiting = this.#all.has(subscription) && subscription.requestId === null;
      if (isWaiting && this.#limits) this.#ask(subscription, this.#limits);
    });
  }

  #ask(subscription: Subscription, limits: Limits): void {
    subscription.reset();
    subscription.requestId = this.newId();
    const resume = subscription.resume?.();
    this.send({ op: 'subscribe', id: subscription.requestId, channel: subscription.channel, params: subscription.paramsWithin(limits), ...(resume ? { resume } : {}) });
  }

  #unsubscribe(serverId: string): void { this.send({ op: 'unsubscribe', id: this.newId(), subscription: serverId }); }
}
