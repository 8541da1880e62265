const hiddenMs = 500;

/** Gathers what comes one by one and hands it on once per frame; by a timer where no frame comes, as in a hidden tab. */
export class Batch<T> {
  #items: T[] = [];
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly hand: (items: readonly T[]) => void) {}

  add(item: T): void {
    if (this.#items.push(item) > 1) return;
    this.#frame = requestAnimationFrame(() => this.#flush());
    this.#timer = setTimeout(() => this.#flush(), hiddenMs);
  }

  clear(): void {
    this.#items = [];
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
  }

  #flush(): void {
    const items = this.#items;
    this.clear();
    this.hand(items);
  }
}
