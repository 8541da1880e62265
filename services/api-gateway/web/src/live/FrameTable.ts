/** What the server says of one instrument: exchange, symbol, minute, closed, then the columns. */
export type WireRow = [string, string, number, boolean, ...(number | null)[]];

export const keyOf = (exchange: string, symbol: string): string => `${exchange}:${symbol}`;

/** The latest numbers of all instruments, as plain arrays: five thousand rows change ten times a second without an object made. */
export class FrameTable {
  readonly exchanges: string[] = [];
  readonly symbols: string[] = [];
  readonly keys: string[] = [];
  readonly minutes: number[] = [];
  /** When this page last heard of the row (ms). */
  readonly heard: number[] = [];
  /** Rises when rows come or go. */
  membership = 0;
  /** Rises with every change. */
  version = 0;
  readonly #rows = new Map<string, number>();
  readonly #column = new Map<string, number>();
  #values: Float64Array;

  constructor(readonly columns: readonly string[]) {
    columns.forEach((name, i) => this.#column.set(name, i));
    this.#values = new Float64Array(256 * Math.max(1, columns.length));
  }

  get count(): number { return this.keys.length; }

  columnOf(name: string): number { return this.#column.get(name) ?? -1; }

  rowOf(key: string): number { return this.#rows.get(key) ?? -1; }

  value(row: number, column: number): number {
    return column < 0 ? NaN : this.#values[row * this.columns.length + column]!;
  }

  /** `cells` begins with the numbers at `from`; null is unknown. */
  upsert(exchange: string, symbol: string, minute: number, cells: readonly unknown[], from: number, now: number): void {
    const key = keyOf(exchange, symbol);
    let row = this.#rows.get(key);
    if (row === undefined) row = this.#add(key, exchange, symbol);
    this.minutes[row] = minute;
    this.heard[row] = now;
    const width = this.columns.length;
    for (let i = 0; i < width; i++) {
      const cell = cells[from + i];
      this.#values[row * width + i] = typeof cell === 'number' ? cell : NaN;
    }
    this.version++;
  }

  remove(key: string): void {
    const row = this.#rows.get(key);
    if (row === undefined) return;
    const last = this.count - 1;
    const width = this.columns.length;
    if (row !== last) {
      this.keys[row] = this.keys[last]!;
      this.exchanges[row] = this.exchanges[last]!;
      this.symbols[row] = this.symbols[last]!;
      this.minutes[row] = this.minutes[last]!;
      this.heard[row] = this.heard[last]!;
      this.#values.copyWithin(row * width, last * width, (last + 1) * width);
      this.#rows.set(this.keys[row]!, row);
    }
    for (const list of [this.keys, this.exchanges, this.symbols, this.minutes, this.heard]) list.pop();
    this.#rows.delete(key);
    this.membership++;
    this.version++;
  }

  /** Keeps only these rows. */
  retain(keys: ReadonlySet<string>): void {
    for (const key of [...this.keys]) if (!keys.has(key)) this.remove(key);
  }

  #add(key: string, exchange: string, symbol: string): number {
    const row = this.count;
    const width = this.columns.length;
    if ((row + 1) * width > this.#values.length) {
      const larger = new Float64Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#rows.set(key, row);
    this.keys.push(key);
    this.exchanges.push(exchange);
    this.symbols.push(symbol);
    this.minutes.push(0);
    this.heard.push(0);
    this.membership++;
    return row;
  }
}
