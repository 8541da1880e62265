import { textOf, type Column } from './columns';
import { tone } from './tone';

const flashPauseMs = 450;
const brightMs = 180;
/** From the change to the last of its flash. */
export const flashMs = 360;

/** One cell: writes to the page only what changed, and flashes when its number did. */
export class CellPainter {
  readonly #element: HTMLElement;
  readonly #text: Text;
  readonly #hasBar: boolean;
  #shown = '';
  #value = NaN;
  #decimals: number | undefined;
  #tone = '';
  #width = -1;
  #flashedAt = -Infinity;
  #direction = '';
  #brightness = 0;

  constructor(readonly column: Column, parent: Element) {
    this.#element = document.createElement('div');
    this.#element.setAttribute('role', 'gridcell');
    this.#element.className = `cell ${column.look}`;
    this.#hasBar = column.look === 'bar' || column.look === 'gauge' || column.look === 'share';
    this.#text = document.createTextNode('');
    this.#element.append(this.#text);
    parent.append(this.#element);
  }

  /** The row shows another instrument: what comes next is no change. */
  forget(): void {
    this.#value = NaN;
    this.#light(0);
  }

  paint(value: number, now: number, largest: number, decimals?: number): void {
    if (this.#brightness > 0) this.#light(now - this.#flashedAt < brightMs ? 2 : now - this.#flashedAt < flashMs ? 1 : 0);
    if (decimals === this.#decimals && (value === this.#value || (Number.isNaN(value) && Number.isNaN(this.#value) && this.#shown !== ''))) return;
    this.#decimals = decimals;
    const before = this.#value;
    this.#value = value;
    const shown = textOf(this.column, value, decimals);
    if (shown !== this.#shown) {
      this.#text.data = this.#shown = shown;
      if (!Number.isNaN(before) && !Number.isNaN(value) && value !== before) this.#doFlash(value > before, now);
    }
    this.#paintTone(tone(this.column, value));
    if (this.#hasBar) this.#paintBar(share(this.column, value, largest));
  }

  #doFlash(isUp: boolean, now: number): void {
    if (this.column.look !== 'price' && this.column.look !== 'heat') return;
    if (now - this.#flashedAt < flashPauseMs) return;
    this.#flashedAt = now;
    this.#direction = isUp ? 'up' : 'down';
    this.#brightness = 0; // else a change of direction would not show
    this.#light(2);
  }

  /** In two steps and without an animation, which would have the browser look at each of a hundred cells in every frame. */
  #light(brightness: number): void {
    if (brightness === this.#brightness) return;
    this.#brightness = brightness;
    if (brightness === 0) delete this.#element.dataset.flash;
    else this.#element.dataset.flash = `${this.#direction}${brightness}`;
  }

  #paintTone(name: string): void {
    if (name === this.#tone) return;
    this.#tone = name;
    this.#element.className = `cell ${this.column.look} ${name}`;
  }

  #paintBar(part: number): void {
    const width = Math.round(part * 100);
    if (width === this.#width) return;
    this.#width = width;
    this.#element.style.setProperty('--part', String(width / 100));
  }
}

function share(column: Column, value: number, largest: number): number {
  if (!Number.isFinite(value)) return 0;
  const part = column.look === 'gauge' ? value / 100 : column.look === 'share' ? value
    : largest > 0 ? Math.sqrt(Math.max(0, value) / largest) : 0; // volumes span decades; a root lets the small ones be seen
  return Math.min(1, Math.max(0, part));
}
