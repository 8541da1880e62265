import { get, query } from '../api/http';
import { ApiError, messageOf } from '../api/problem';
import type { Frame } from '../api/types';
import { Signal } from '../ui/signal';
import { FrameTable, keyOf, type WireRow } from './FrameTable';
import { applyRows, applyScreenerUpdate, replaceRows } from './rows';
import { socket } from './socket';
import type { Params } from './subscription';

const pollMs = 2_000;

export interface TableQuery { columns: readonly string[]; filter: string; symbols?: readonly string[] }

/** Keeps one table current: by the socket, and by asking every two seconds while there is none. */
export class TableFeed {
  readonly table: FrameTable;
  readonly error = new Signal<string | null>(null);
  readonly isReady = new Signal(false);
  readonly via = new Signal<'socket' | 'polling'>('polling');
  #isStopped = false;
  #timer = 0;
  #cleanups: (() => void)[] = [];

  constructor(readonly query: TableQuery) {
    this.table = new FrameTable(query.columns);
  }

  start(): () => void {
    this.#isStopped = false;
    const { columns, filter, symbols } = this.query;
    const params: Params = filter === ''
      ? { columns, ...(symbols ? { symbols } : {}) }
      : limits => ({ filter, columns, limit: limits.screener_rows });
    this.#cleanups = [
      socket.subscribe(filter === '' ? 'metrics' : 'screener', params, {
        snapshot: data => { replaceRows(this.table, data.rows as WireRow[], Date.now()); this.#current(); },
        update: data => {
          if (filter === '') applyRows(this.table, data.rows as WireRow[], Date.now());
          else applyScreenerUpdate(this.table, data, Date.now());
        },
        refused: (_, message) => { this.via.set('polling'); this.error.set(message); },
      }),
      socket.state.subscribe(() => { if (socket.state.current !== 'open') this.via.set('polling'); }),
    ];
    this.#timer = window.setTimeout(() => void this.#poll(), socket.state.current === 'open' ? 600 : 0);
    return () => this.#stop();
  }

  #current(): void {
    this.via.set('socket');
    this.error.set(null);
    this.isReady.set(true);
  }

  async #poll(): Promise<void> {
    if (this.via.current === 'polling' && !(document.hidden && this.isReady.current)) {
      try {
        await this.#ask();
        if (this.#isStopped) return;
        this.error.set(null);
        this.isReady.set(true);
      } catch (error) {
        if (this.#isStopped) return;
        this.error.set(messageOf(error));
        if (error instanceof ApiError && error.status === 400) return; // the same question has the same answer
      }
    }
    this.#timer = window.setTimeout(() => void this.#poll(), pollMs);
  }

  async #ask(): Promise<void> {
    const { columns, filter, symbols } = this.query;
    if (filter !== '') {
      const found = await get<{ rows: { exchange: string; symbol: string; minute: number; values: (number | null)[] }[] }>(
        `/api/v1/screener${query({ filter, columns: columns.join(','), limit: 500 })}`);
      if (this.via.current === 'polling') replaceRows(this.table, found.rows.map(r => [r.exchange, r.symbol, r.minute, false, ...r.values]), Date.now());
      return;
    }
    const path = symbols?.length === 1 ? `/api/v1/metrics/${symbols[0]!.replace(':', '/')}` : '/api/v1/metrics';
    const found = await get<Frame[] | Frame>(`${path}${query({ columns: columns.join(',') })}`);
    const frames = Array.isArray(found) ? found : [found];
    if (this.via.current !== 'polling') return; // the socket was faster; its rows are newer
    const wanted = symbols && new Set(symbols);
    replaceRows(this.table, frames
      .filter(f => !wanted || wanted.has(keyOf(f.exchange, f.symbol)))
      .map(f => [f.exchange, f.symbol, f.minute, f.closed, ...columns.map(c => f.metrics[c] ?? null)]), Date.now());
  }

  #stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#cleanups.forEach(cleanup => cleanup());
  }
}
