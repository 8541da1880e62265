import type { FrameTable } from '../live/FrameTable';
import { precisionOf } from '../ui/precision';
import { instrumentPath } from '../ui/router';
import { CellPainter } from './CellPainter';
import type { Column } from './columns';
import { sparkPath } from './sparks';

const sparkWidth = 84;
const sparkHeight = 22;

const make = <K extends keyof HTMLElementTagNameMap>(tag: K, className: string, parent: Element): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag);
  element.className = className;
  parent.append(element);
  return element;
};

/** One row on the screen; scrolling gives it another instrument. */
export class GridRow {
  readonly element: HTMLElement;
  key = '';
  readonly #star: HTMLButtonElement;
  readonly #link: HTMLAnchorElement;
  readonly #base: HTMLElement;
  readonly #quote: HTMLElement;
  readonly #venue: HTMLElement;
  readonly #age: HTMLElement;
  readonly #spark: SVGPathElement;
  readonly #cells: CellPainter[];
  #path = '';
  #state = '';
  #shownAge = '';
  #top = -1;

  constructor(columns: readonly Column[], parent: Element) {
    this.element = make('div', 'row', parent);
    this.element.setAttribute('role', 'row');
    const name = make('div', 'cell name', this.element);
    name.setAttribute('role', 'rowheader');
    this.#star = make('button', 'star', name);
    this.#star.type = 'button';
    this.#star.innerHTML = '<svg width="15" height="15" viewBox="0 0 20 20" aria-hidden="true"><path d="M10 3.2l2.1 4.3 4.7.7-3.4 3.3.8 4.7-4.2-2.2-4.2 2.2.8-4.7L3.2 8.2l4.7-.7z"/></svg>';
    this.#link = make('a', 'symbol', name);
    this.#base = make('b', '', this.#link);
    this.#quote = make('span', 'quote', this.#link);
    this.#venue = make('span', 'venue', name);
    this.#age = make('span', 'age', name);
    const spark = make('div', 'cell spark', this.element);
    spark.setAttribute('role', 'gridcell');
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', `0 0 ${sparkWidth} ${sparkHeight}`);
    svg.setAttribute('aria-hidden', 'true');
    this.#spark = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    svg.append(this.#spark);
    spark.append(svg);
    this.#cells = columns.map(column => new CellPainter(column, this.element));
  }

  place(top: number, index: number): void {
    if (top === this.#top) return;
    this.#top = top;
    this.element.style.transform = `translateY(${top}px)`;
    this.element.setAttribute('aria-rowindex', String(index + 2));
  }

  /** True when it now shows another instrument. */
  assign(table: FrameTable, row: number, quoteOf: (symbol: string) => string): void {
    const key = table.keys[row]!;
    if (key === this.key) return;
    this.key = key;
    const symbol = table.symbols[row]!;
    const quote = quoteOf(symbol);
    this.#base.textContent = quote === '' ? symbol : symbol.slice(0, -quote.length).replace(/[-_/]$/, '');
    this.#quote.textContent = quote;
    this.#venue.textContent = venue(table.exchanges[row]!);
    this.#link.href = instrumentPath(table.exchanges[row]!, symbol);
    this.element.dataset.key = key;
    this.#star.setAttribute('aria-label', `Watch ${symbol}`);
    this.#path = '?';
    for (const cell of this.#cells) cell.forget();
  }

  paint(table: FrameTable, row: number, now: number, largest: readonly number[]): void {
    const decimals = precisionOf(this.key);
    for (let i = 0; i < this.#cells.length; i++) this.#cells[i]!.paint(table.value(row, i), now, largest[i] ?? 0, decimals);
  }

  state(isActive: boolean, isWatched: boolean, age: string): void {
    const state = `row${isActive ? ' active' : ''}${isWatched ? ' watched' : ''}${age === '' ? '' : ' stale'}`;
    if (age !== this.#shownAge) this.#age.textContent = this.#shownAge = age;
    if (state === this.#state) return;
    this.#state = state;
    this.element.className = state;
    this.element.setAttribute('aria-selected', String(isActive));
    this.#star.setAttribute('aria-pressed', String(isWatched));
  }

  spark(closes: readonly number[] | null, live: number): void {
    const path = closes === null ? '' : sparkPath(closes, live, sparkWidth, sparkHeight);
    if (path === this.#path) return;
    this.#path = path;
    this.#spark.setAttribute('d', path);
    const first = closes?.[0] ?? NaN;
    this.#spark.setAttribute('class', live >= first ? 'up' : 'down');
  }
}

/** Perpetuals are the rule and not said; spot markets are. */
export const venue = (exchange: string): string =>
  exchange.replace(/-(futures|linear|swap)$/, '').replace(/-spot$/, ' spot').replace(/^okx/, 'OKX').replace(/^./, c => c.toUpperCase());
