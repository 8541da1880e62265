interface Pressed { key: string; at: number }

const withinMs = 1_000;
const nothing: Pressed = { key: '', at: -Infinity };

/** What was pressed just before, whoever listens: a view that is drawn anew between two keys must not forget the first. */
export class KeyPairs {
  #before = nothing;
  #latest = nothing;

  /** The two keys that this one ends, as `g s`; '' where it stands alone. The same event may be asked about by several. */
  of({ key, timeStamp }: { key: string; timeStamp: number }): string {
    if (key !== this.#latest.key || timeStamp !== this.#latest.at) [this.#before, this.#latest] = [this.#latest, { key, at: timeStamp }];
    return timeStamp - this.#before.at < withinMs ? `${this.#before.key} ${key}` : '';
  }
}

/** Keys that only begin a pair: what follows one of them is no key of its own, else `g a` would acknowledge an alert as well. */
const beginners = ['g'];

export const isSecond = (pair: string): boolean => beginners.some(key => pair.startsWith(`${key} `));
