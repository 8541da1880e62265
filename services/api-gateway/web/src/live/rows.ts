import { keyOf, type FrameTable, type WireRow } from './FrameTable';
import type { Data } from './protocol';

const firstValue = 4;

export function applyRows(table: FrameTable, rows: readonly WireRow[] | undefined, now: number): void {
  for (const row of rows ?? []) table.upsert(row[0], row[1], row[2], row, firstValue, now);
}

/** A snapshot is the whole truth: what it does not name is gone. */
export function replaceRows(table: FrameTable, rows: readonly WireRow[] | undefined, now: number): void {
  applyRows(table, rows, now);
  table.retain(new Set((rows ?? []).map(row => keyOf(row[0], row[1]))));
}

export function applyScreenerUpdate(table: FrameTable, data: Data, now: number): void {
  for (const [exchange, symbol] of (data.left as [string, string][] | undefined) ?? []) table.remove(keyOf(exchange, symbol));
  applyRows(table, data.entered as WireRow[] | undefined, now);
  applyRows(table, data.changed as WireRow[] | undefined, now);
}
