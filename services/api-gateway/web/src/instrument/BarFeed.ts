import { get, query } from '../api/http';
import { messageOf } from '../api/problem';
import type { CandlePage, CandleRow } from '../api/types';
import { socket } from '../live/socket';
import { learnPrecision } from '../ui/precision';
import { Signal } from '../ui/signal';
import { correctedAt, effect, lengthOf, missing, prepend, refresh } from './bars';

const firstPage = 1_000;
const olderPage = 5_000; // the most the gateway gives: each page is drawn with all that are there
const pollMs = 2_000;

export interface BarListener { whole(rows: readonly CandleRow[]): void; bar(row: CandleRow, isNew: boolean): void }

/** The bars of one chart: history page by page, the forming bar live, and a refresh wherever something was missed. */
export class BarFeed {
  rows: CandleRow[] = [];
  readonly error = new Signal<string | null>(null);
  readonly isReady = new Signal(false);
  readonly last = new Signal<CandleRow | null>(null);
  #next: string | null = null;
  #isAsking = false;
  #isLoading = false;
  #isDue = false;
  /** The socket came back and no answer has told yet what was missed meanwhile. */
  #isBehind = false;
  #notBefore = 0;
  /** When the last question was put that has an answer: where nothing trades any more the last bar would ask for ever longer pages. */
  #answeredAt = -Infinity;
  #isFollowed = false;
  #isStopped = false;
  #timer = 0;
  #listener: BarListener | null = null;
  #unsubscribe: () => void = () => undefined;
  readonly #path: string;
  readonly #lengthMs: number;

  constructor(readonly exchange: string, readonly symbol: string, readonly timeframe: string) {
    this.#path = `/api/v1/candles/${encodeURIComponent(exchange)}/${encodeURIComponent(symbol)}`;
    this.#lengthMs = lengthOf(timeframe);
  }

  start(listener: BarListener): () => void {
    this.#isStopped = this.#isFollowed = this.#isBehind = false;
    this.#listener = listener;
    void this.#load();
    this.#unsubscribe = socket.subscribe('candles', { exchange: this.exchange, symbol: this.symbol, timeframe: this.timeframe }, {
      accepted: () => { this.#isFollowed = true; this.#catchUp(); },
      lost: () => { this.#isFollowed = false; },
      snapshot: data => this.#live(data.candles as CandleRow[] | undefined ?? []),
      update: data => this.#live([data.candle as CandleRow]),
    });
    this.#timer = window.setInterval(() => {
      if (!document.hidden && (!this.#isFollowed || this.#isBehind || !this.isReady.current)) void this.#load();
    }, pollMs);
    return () => { this.#isStopped = true; clearInterval(this.#timer); this.#unsubscribe(); };
  }

  /** One page further back; nothing when all is here or one is under way. */
  async older(): Promise<void> {
    const from = this.#next;
    if (from === null || this.#isAsking) return;
    this.#isAsking = true;
    const page = await this.#ask(olderPage, from).catch(() => null); // scrolling on asks again
    this.#isAsking = false;
    if (page === null || this.#isStopped || this.#next !== from) return;
    this.#next = page.next;
    this.rows = prepend(page.items, this.rows);
    this.#listener?.whole(this.rows); // a view that is not full yet asks for more at once
  }

  /** The socket is back after a time without it: the last bar was left half made, and others may have come. */
  #catchUp(): void {
    if (!this.isReady.current) return; // the first page brings it
    this.#isBehind = true;
    if (this.#isLoading) this.#isDue = true;
    else void this.#load();
  }

  /** The first page, later what came since the last bar; one at a time. */
  async #load(): Promise<void> {
    if (this.#isLoading) return;
    [this.#isLoading, this.#isDue] = [true, false];
    try {
      const isFirst = !this.isReady.current;
      const askedAt = Date.now();
      const page = await this.#ask(isFirst ? firstPage : Math.min(olderPage, missing(this.rows, askedAt, this.#lengthMs, this.#answeredAt)), null);
      if (this.#isStopped) return;
      const isAllLater = this.#isAllLater(page); // bars that were stored late: the next question begins at the last one that is here
      this.#answeredAt = isAllLater ? -Infinity : askedAt;
      if (isAllLater) this.#isDue = true;
      else this.#take(page, isFirst);
    } catch (error) {
      if (!this.#isStopped) this.error.set(messageOf(error));
    } finally {
      this.#isLoading = false;
      this.#notBefore = Date.now() + pollMs;
      if (this.#isDue && !this.#isStopped) void this.#load();
    }
  }

  #isAllLater(page: CandlePage): boolean {
    const last = this.rows.at(-1)?.[0] ?? Infinity;
    return this.#answeredAt > last && (page.items[0]?.[0] ?? -Infinity) > last;
  }

  #take(page: CandlePage, isFirst: boolean): void {
    const joined = refresh(this.rows, page.items, this.#lengthMs);
    if (joined === null || isFirst) this.#next = page.next; // away for longer than a page: it begins anew, scrolling back brings the rest
    this.rows = joined ?? [...page.items];
    learnPrecision(`${this.exchange}:${this.symbol}`, this.rows.slice(-50).flatMap(row => row.slice(1, 5) as number[]));
    this.#isBehind = this.#isDue;
    this.error.set(null);
    this.isReady.set(true);
    this.last.set(this.rows.at(-1) ?? null);
    this.#listener?.whole(this.rows);
  }

  #ask(limit: number, cursor: string | null): Promise<CandlePage> {
    return get<CandlePage>(`${this.#path}${query({ timeframe: this.timeframe, limit, cursor })}`);
  }

  #correct(bar: CandleRow): void {
    const at = correctedAt(this.rows, bar);
    if (at < 0) return;
    this.rows[at] = bar;
    this.#listener?.whole(this.rows);
  }

  #live(bars: readonly CandleRow[]): void {
    if (!this.isReady.current) return; // the first page brings it
    for (const bar of bars) {
      const what = effect(this.rows, bar, this.#lengthMs);
      if (what === 'old') { this.#correct(bar); continue; }
      if (what === 'hole') return void (Date.now() >= this.#notBefore && this.#load()); // the gateway may not have the bars between yet
      if (what === 'moves') this.rows[this.rows.length - 1] = bar;
      else this.rows.push(bar);
      this.last.set(bar);
      this.#listener?.bar(bar, what === 'follows');
    }
  }
}
