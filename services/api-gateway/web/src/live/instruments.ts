import { token } from '../account/token';
import { get } from '../api/http';
import { ApiError } from '../api/problem';
import type { Instrument } from '../api/types';
import { knowTick } from '../ui/precision';
import { Signal } from '../ui/signal';

const retryMs = 5_000;
/** Instruments are listed and delisted while a page stays open. */
const renewMs = 10 * 60_000;
/** A price may wait so long for its decimals. */
const patienceMs = 1_500;

/** Every instrument, asked for before the first price is drawn: a price whose decimals come later jumps. */
export class Instruments {
  readonly all = new Signal<readonly Instrument[]>([]);
  /** Whether prices may be drawn: their ticks are known, or nobody tells them. */
  readonly isSettled = new Signal(false);
  #round = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  start(): void {
    setTimeout(() => this.isSettled.set(true), patienceMs);
    token.subscribe(() => void this.#load());
    void this.#load();
  }

  find(exchange: string, symbol: string): Instrument | undefined {
    return this.all.current.find(instrument => instrument.symbol === symbol && instrument.exchange === exchange);
  }

  async #load(): Promise<void> {
    const round = ++this.#round; // another account asks anew
    clearTimeout(this.#timer);
    const wait = await this.#ask(round);
    if (round !== this.#round) return;
    this.isSettled.set(true);
    if (wait !== null) this.#timer = setTimeout(() => void this.#load(), wait);
  }

  /** How long until it is worth asking again; null where only another account is told more. */
  async #ask(round: number): Promise<number | null> {
    try {
      const found = await get<Instrument[]>('/api/v1/instruments');
      if (round !== this.#round) return null;
      for (const { exchange, symbol, tick_size } of found) knowTick(`${exchange}:${symbol}`, tick_size);
      this.all.set(found);
      return found.length === 0 ? retryMs : renewMs; // none: the collectors have just begun
    } catch (error) {
      const isRefused = error instanceof ApiError && (error.status === 401 || error.status === 403);
      return isRefused ? null : retryMs;
    }
  }
}

export const instruments = new Instruments();
