import type { FrameTable } from '../live/FrameTable';

/** The shown rows as CSV (RFC 4180); full precision, unknown is empty. */
export function csv(table: FrameTable, rows: readonly number[], columns: readonly string[]): string {
  const indexes = columns.map(name => table.columnOf(name));
  const lines = rows.map(row => [
    table.exchanges[row]!, table.symbols[row]!, new Date(table.minutes[row]!).toISOString(),
    ...indexes.map(i => { const value = table.value(row, i); return Number.isNaN(value) ? '' : String(value); }),
  ]);
  return [['exchange', 'symbol', 'minute', ...columns], ...lines].map(line => line.map(cell).join(',')).join('\r\n') + '\r\n';
}

// A leading = + - @ would be run as a formula by spreadsheets; numbers are safe.
const cell = (text: string): string => {
  const safe = /^[=+\-@]/.test(text) && !Number.isFinite(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export function download(name: string, text: string, type = 'text/csv'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
