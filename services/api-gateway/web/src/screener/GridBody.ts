import { onEveryFrame } from '../live/frameLoop';
import type { FrameTable } from '../live/FrameTable';
import { ageText } from './age';
import { flashMs } from './CellPainter';
import type { Column } from './columns';
import { GridRow } from './GridRow';
import { order, type OrderOptions } from './order';
import { quoteOf } from './quote';
import { Rounds } from './Rounds';
import { sparks } from './sparks';
import { reveal, windowOf } from './window';

const sortEveryMs = 1_500;
const sparkEveryMs = 1_000;
const missingSparkEveryMs = 200;
/** What nobody tells of grows old nevertheless. */
const ageEveryMs = 10_000;
const fadeEveryMs = 100;
/** News comes every sixth frame; painted over some, no frame is long. */
const framesForNews = 3;

export interface GridOptions extends OrderOptions { watched: ReadonlySet<string>; onCount: (shown: number) => void }

/** The rows of the table. React stays outside: a repaint touches only the cells in sight whose numbers changed. */
export class GridBody {
  rows: number[] = [];
  active: string | null = null;
  readonly #pool: GridRow[] = [];
  #sortedAt = 0;
  #sparkedAt = 0;
  #isSparkMissing = true;
  #membership = -1;
  #version = -1;
  #largest: number[] = [];
  #isMoved = true;
  #changedAt = -Infinity;
  #begunAt = 0;
  readonly #rounds = new Rounds();
  readonly #stop: (() => void)[];

  constructor(
    readonly scroller: HTMLElement, readonly canvas: HTMLElement, readonly table: FrameTable, readonly columns: readonly Column[],
    readonly rowHeight: number, public options: GridOptions,
  ) {
    const moved = (): void => { this.#isMoved = true; };
    scroller.addEventListener('scroll', moved, { passive: true });
    const resized = new ResizeObserver(moved);
    resized.observe(scroller);
    this.#stop = [onEveryFrame(now => this.#paint(now)), () => scroller.removeEventListener('scroll', moved), () => resized.disconnect()];
  }

  change(options: GridOptions): void {
    this.options = options;
    this.#membership = -1;
  }

  move(by: number): void {
    const at = this.rows.findIndex(row => this.table.keys[row] === this.active);
    const next = Math.min(this.rows.length - 1, Math.max(0, at + by));
    this.active = this.table.keys[this.rows[next]!] ?? null;
    this.scroller.scrollTop = reveal(next, this.scroller.scrollTop, this.scroller.clientHeight, this.rowHeight, 40);
    this.#isMoved = true;
  }

  dispose(): void {
    this.#stop.forEach(stop => stop());
    this.canvas.replaceChildren();
  }

  #paint(now: number): void {
    const { table } = this;
    const isSorting = this.#membership !== table.membership || (this.#version !== table.version && now - this.#sortedAt > sortEveryMs);
    const isNews = this.#version !== table.version;
    const isFading = now - this.#changedAt < flashMs + fadeEveryMs && now - this.#begunAt >= fadeEveryMs;
    const isWhole = isSorting || this.#isMoved;
    const isAging = now - this.#begunAt > ageEveryMs;
    if (!isWhole && !isNews && !isFading && !isAging && this.#rounds.isDone) return;
    if (isSorting) this.#sort(now);
    if (isNews) this.#changedAt = now;
    const { first, count } = windowOf(this.scroller.scrollTop, this.scroller.clientHeight, this.rowHeight, this.rows.length);
    this.#resizePool(count);
    if (isWhole || isNews || isFading || isAging) {
      this.#rounds.begin(count);
      this.#begunAt = now;
    }
    [this.#version, this.#isMoved] = [table.version, false];
    this.#rounds.visit(count, isWhole ? count : Math.ceil(count / framesForNews), i => this.#paintRow(this.#slot(first + i), first + i, now));
    if (now - this.#sparkedAt > (this.#isSparkMissing ? missingSparkEveryMs : sparkEveryMs)) this.#paintSparks(first, count, now);
  }

  #sort(now: number): void {
    const { table } = this;
    this.rows = order(table, this.options);
    [this.#sortedAt, this.#membership] = [now, table.membership];
    this.#largest = this.columns.map((column, i) => (column.look === 'bar' ? this.rows.reduce((max, row) => Math.max(max, table.value(row, i) || 0), 0) : 0));
    this.canvas.style.height = `${this.rows.length * this.rowHeight}px`;
    this.scroller.setAttribute('aria-rowcount', String(this.rows.length + 1));
    this.scroller.classList.toggle('one-venue', table.exchanges.every(exchange => exchange === table.exchanges[0]));
    this.options.onCount(this.rows.length);
  }

  /** Row n lives in slot n modulo the pool: scrolling by one gives one slot another instrument and leaves the others alone. */
  #slot(index: number): GridRow { return this.#pool[index % this.#pool.length]!; }

  #resizePool(count: number): void {
    while (this.#pool.length < count) this.#pool.push(new GridRow(this.columns, this.canvas));
    while (this.#pool.length > Math.max(count, 1)) this.#pool.pop()!.element.remove();
    if (count === 0) while (this.#pool.length > 0) this.#pool.pop()!.element.remove();
  }

  #paintRow(slot: GridRow, index: number, now: number): void {
    const row = this.rows[index]!;
    const key = this.table.keys[row]!;
    slot.place(index * this.rowHeight, index);
    slot.assign(this.table, row, quoteOf);
    slot.paint(this.table, row, now, this.#largest);
    slot.state(key === this.active, this.options.watched.has(key), ageText(this.table.minutes[row]!, Date.now()));
  }

  #paintSparks(first: number, count: number, now: number): void {
    this.#sparkedAt = now;
    const price = this.table.columnOf('price');
    const shown = this.rows.slice(first, first + count);
    sparks.want(shown.map(row => this.table.keys[row]!), Date.now());
    this.#isSparkMissing = shown.some(row => sparks.closes(this.table.keys[row]!) === null);
    shown.forEach((row, i) => this.#slot(first + i).spark(sparks.closes(this.table.keys[row]!), this.table.value(row, price)));
  }
}
