import { get, query } from '../api/http';
import { messageOf } from '../api/problem';
import type { CandlePage, CandleRow } from '../api/types';
import { socket } from '../live/socket';
import { Signal } from '../ui/signal';
import { correctedAt, effect, lengthOf, prepend, refresh } from './bars';

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
    this.#isStopped = this.#isFollowed = false;
    this.#listener = listener;
    void this.#load(firstPage);
    this.#unsubscribe = socket.subscribe('candles', { exchange: this.exchange, symbol: this.symbol, timeframe: this.timeframe }, {
      accepted: () => { this.#isFollowed = true; },
      lost: () => { this.#isFollowed = false; },
      snapshot: data => this.#live(data.candles as CandleRow[] | undefined ?? []),
      update: data => this.#live([data.candle as CandleRow]),
    });
    this.#timer = window.setInterval(() => {
      if (!document.hidden && (!this.#isFollowed || !this.isReady.current)) void this.#load(this.isReady.current ? 3 : firstPage);
    }, pollMs);
    return () => { this.#isStopped = true; clearInterval(this.#timer); this.#unsubscribe(); };
  }

  /** One page further back; nothing when all is here or one is under way. */
  async older(): Promise<void> {
    if (this.#next === null || this.#isAsking) return;
    this.#isAsking = true;
    const page = await this.#ask(olderPage, this.#next).catch(() => null); // scrolling on asks again
    this.#isAsking = false;
    if (page === null || this.#isStopped) return;
    this.#next = page.next;
    this.rows = prepend(page.items, this.rows);
    this.#listener?.whole(this.rows); // a view that is not full yet asks for more at once
  }

  async #load(limit: number): Promise<void> {
    try {
      const page = await this.#ask(limit, null);
      if (this.#isStopped) return;
      if (!this.isReady.current) this.#next = page.next;
      this.rows = refresh(this.rows, page.items);
      this.error.set(null);
      this.isReady.set(true);
      this.last.set(this.rows.at(-1) ?? null);
      this.#listener?.whole(this.rows);
    } catch (error) {
      if (!this.#isStopped) this.error.set(messageOf(error));
    }
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
      if (what === 'hole') return void this.#load(firstPage);
      if (what === 'moves') this.rows[this.rows.length - 1] = bar;
      else this.rows.push(bar);
      this.last.set(bar);
      this.#listener?.bar(bar, what === 'follows');
    }
  }
}
