/** Goes round a number of rows, some at a time, so that each has its turn however fast the news comes. */
export class Rounds {
  #due = 0;
  #next = 0;

  get isDone(): boolean { return this.#due === 0; }

  /** All of them are to be visited from now on, beginning where it stopped. */
  begin(count: number): void { this.#due = count; }

  visit(count: number, most: number, each: (index: number) => void): void {
    const some = Math.min(this.#due, most, count);
    for (let i = 0; i < some; i++) each((this.#next + i) % count);
    this.#next = count === 0 ? 0 : (this.#next + some) % count;
    this.#due = count === 0 ? 0 : this.#due - some;
  }
}
