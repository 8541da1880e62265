import { Signal } from '../ui/signal';
import { backoff } from './backoff';
import { decode, type Incoming, type Limits, type Outgoing } from './protocol';
import { Subscription, type Handlers, type Params } from './subscription';

export type SocketState = 'connecting' | 'open' | 'down';

const pingEveryMs = 15_000;
const silentForMs = 40_000;

export interface Transport { readyState: number; send(text: string): void; close(): void; onopen: (() => void) | null; onclose: (() => void) | null; onmessage: ((event: { data: unknown }) => void) | null }

export interface Surroundings { open(url: string): Transport; token(): string | null; now(): number; random(): number; later(ms: number, action: () => void): number; cancel(timer: number): void }

/** The page's one socket: it reconnects for ever and subscribes again to what is followed. */
export class SocketClient {
  readonly state = new Signal<SocketState>('connecting');
  readonly retryAt = new Signal<number>(0);
  #socket: Transport | null = null;
  #attempt = 0;
  #nextId = 0;
  #limits: Limits | null = null;
  #lastHeard = 0;
  #timer = 0;
  #pinger = 0;
  readonly #subscriptions = new Set<Subscription>();

  constructor(readonly url: string, readonly env: Surroundings) {}

  start(): void { this.#connect(); }

  subscribe(channel: string, params: Params, handlers: Handlers, resume?: Subscription['resume']): () => void {
    const subscription = new Subscription(channel, params, handlers, resume);
    this.#subscriptions.add(subscription);
    if (this.#limits) this.#ask(subscription, this.#limits);
    return () => {
      this.#subscriptions.delete(subscription);
      if (subscription.serverId !== null) this.#send({ op: 'unsubscribe', id: this.#id(), subscription: subscription.serverId });
    };
  }

  /** After sleep, a change of network or of account: a fresh connection at once. */
  reconnect(): void {
    this.#attempt = 0;
    if (this.#socket) this.#drop();
    else { this.env.cancel(this.#timer); this.#connect(); }
  }

  #connect(): void {
    this.state.set('connecting');
    const socket = this.env.open(this.url);
    this.#socket = socket;
    socket.onopen = () => this.#heardNow(); // the server speaks first
    socket.onclose = () => { if (this.#socket === socket) this.#closed(); };
    socket.onmessage = event => { if (this.#socket === socket && typeof event.data === 'string') this.#received(event.data); };
    this.#heardNow();
    this.#watch();
  }

  #greeted(limits: Limits): void {
    this.#attempt = 0; // only a server that speaks resets the waiting
    this.#limits = limits;
    const token = this.env.token();
    if (token !== null) this.#send({ op: 'auth', id: this.#id(), token });
    this.state.set('open');
    for (const subscription of this.#subscriptions) this.#ask(subscription, limits);
  }

  #closed(waitMs = backoff(this.#attempt++, this.env.random())): void {
    this.#socket = this.#limits = null;
    this.env.cancel(this.#pinger);
    for (const subscription of this.#subscriptions) subscription.reset();
    this.state.set('down');
    this.retryAt.set(this.env.now() + waitMs);
    this.env.cancel(this.#timer);
    this.#timer = this.env.later(waitMs, () => this.#connect());
  }

  /** Not waiting for the closing handshake: a dead network never answers it. */
  #drop(waitMs?: number): void {
    const socket = this.#socket;
    this.#closed(waitMs);
    socket?.close();
  }

  #watch(): void {
    this.env.cancel(this.#pinger);
    this.#pinger = this.env.later(pingEveryMs, () => {
      if (this.env.now() - this.#lastHeard > silentForMs) return this.#drop();
      if (this.state.current === 'open') this.#send({ op: 'ping', id: this.#id() });
      this.#watch();
    });
  }

  #received(text: string): void {
    this.#heardNow();
    const message = decode(text);
    if (message === null) return;
    if (message.type === 'welcome') this.#greeted(message.limits);
    else if (message.type === 'shutdown') this.#drop(message.reconnect_after_ms * (0.8 + 0.4 * this.env.random()));
    else if (message.type !== 'pong') this.#dispatch(message);
  }

  #dispatch(message: Exclude<Incoming, { type: 'welcome' | 'shutdown' | 'pong' }>): void {
    for (const subscription of this.#subscriptions) {
      if (message.type === 'ok' && message.id === subscription.requestId) {
        subscription.serverId = message.subscription ?? null;
        subscription.handlers.accepted?.(message);
      } else if (message.type === 'error' && message.id !== undefined && message.id === subscription.requestId) {
        subscription.handlers.refused?.(message.code, message.message);
      } else if ((message.type === 'snapshot' || message.type === 'update') && message.subscription === subscription.serverId) {
        if (message.type === 'snapshot') subscription.sequence = -1;
        if (!subscription.accept(message.sequence)) return;
        if (message.type === 'snapshot') subscription.handlers.snapshot?.(message);
        else subscription.handlers.update(message);
      } else continue;
      return;
    }
  }

  #ask(subscription: Subscription, limits: Limits): void {
    subscription.reset();
    subscription.requestId = this.#id();
    const resume = subscription.resume?.();
    this.#send({ op: 'subscribe', id: subscription.requestId, channel: subscription.channel, params: subscription.paramsWithin(limits), ...(resume ? { resume } : {}) });
  }

  #send(message: Outgoing): void {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(message));
  }

  #id(): string { return String(++this.#nextId); }

  #heardNow(): void { this.#lastHeard = this.env.now(); }
}
