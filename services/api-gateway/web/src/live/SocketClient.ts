import { Signal } from '../ui/signal';
import { backoff } from './backoff';
import { Heartbeat, type Clock } from './Heartbeat';
import { decode, type Answer, type Limits, type Outgoing } from './protocol';
import { Subscription, type Handlers, type Params } from './subscription';
import { SubscriptionBook } from './SubscriptionBook';

/** `connecting` until the server has greeted and knows whose socket it is: what it sends before would be a stranger's. */
export type SocketState = 'connecting' | 'open' | 'down';

const signInAgainMs = 3_000;

export interface Transport { readyState: number; send(text: string): void; close(): void; onopen: (() => void) | null; onclose: (() => void) | null; onmessage: ((event: { data: unknown }) => void) | null }

export interface Surroundings extends Clock {
  open(url: string): Transport;
  token(): string | null;
  /** The server does not know the token; what is public still comes. */
  tokenRefused(): void;
  random(): number;
}

/** The page's one socket: it reconnects for ever and subscribes again to what is followed. */
export class SocketClient {
  readonly state = new Signal<SocketState>('connecting');
  readonly retryAt = new Signal<number>(0);
  #socket: Transport | null = null;
  #attempt = 0;
  #nextId = 0;
  #limits: Limits | null = null;
  #signIn: string | null = null;
  #timer = 0;
  readonly #heart: Heartbeat;
  readonly #book: SubscriptionBook;

  constructor(readonly url: string, readonly env: Surroundings) {
    this.#heart = new Heartbeat(env, () => this.#send({ op: 'ping', id: this.#id() }), () => this.#drop());
    this.#book = new SubscriptionBook(message => this.#send(message), () => this.#id(), env, () => env.random());
  }

  start(): void { this.#connect(); }

  subscribe(channel: string, params: Params, handlers: Handlers, resume?: Subscription['resume']): () => void {
    return this.#book.add(new Subscription(channel, params, handlers, resume));
  }

  /** After a change of network or of account: a fresh connection at once. */
  reconnect(): void {
    this.#attempt = 0;
    if (this.#socket) this.#drop();
    else { this.env.cancel(this.#timer); this.#connect(); }
  }

  /** Somebody looks again, perhaps after hours of sleep: the connection must answer or make room for another. */
  check(): void {
    if (this.#socket) this.#heart.check();
    else if (this.env.now() >= this.retryAt.current) this.reconnect();
  }

  #connect(): void {
    this.state.set('connecting');
    const socket = this.env.open(this.url);
    this.#socket = socket;
    socket.onopen = () => this.#heart.heard(); // the server speaks first
    socket.onclose = () => { if (this.#socket === socket) this.#closed(); };
    socket.onmessage = event => { if (this.#socket === socket && typeof event.data === 'string') this.#received(event.data); };
    this.#heart.begin();
  }

  #greeted(limits: Limits): void {
    this.#attempt = 0; // only a server that speaks resets the waiting
    this.#limits = limits;
    this.#authenticate();
  }

  #authenticate(): void {
    const token = this.env.token();
    if (token === null) return this.#begin();
    this.#signIn = this.#id();
    this.#send({ op: 'auth', id: this.#signIn, token });
  }

  #authenticated(answer: Answer): void {
    this.#signIn = null;
    if (answer.type !== 'error') return this.#begin();
    if (answer.code === 'not_ready') {
      const of = this.#socket;
      this.env.later(signInAgainMs * (0.8 + 0.4 * this.env.random()), () => { if (this.#socket === of && this.#limits) this.#authenticate(); });
      return;
    }
    this.env.tokenRefused();
    this.#begin();
  }

  #begin(): void {
    this.state.set('open');
    this.#book.begin(this.#limits!);
  }

  #closed(waitMs = backoff(this.#attempt++, this.env.random())): void {
    this.#socket = this.#limits = this.#signIn = null;
    this.#heart.end();
    this.#book.end();
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

  #received(text: string): void {
    this.#heart.heard();
    const message = decode(text);
    if (message === null) return;
    if (message.type === 'welcome') this.#greeted(message.limits);
    else if (message.type === 'shutdown') this.#drop(message.reconnect_after_ms * (0.8 + 0.4 * this.env.random()));
    else if (message.type === 'pong') return;
    else if ('id' in message && message.id === this.#signIn && this.#signIn !== null) this.#authenticated(message);
    else this.#book.received(message);
  }

  #send(message: Outgoing): void {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(message));
  }

  #id(): string { return String(++this.#nextId); }
}
