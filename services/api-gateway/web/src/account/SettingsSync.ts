import { ApiError } from '../api/problem';
import { sane, settings, type Settings } from '../ui/settings';

const pauseMs = 1_500;
const retryMs = 5_000;

type Stored = Record<string, unknown> & { page?: Partial<Settings> };

export interface AccountStore { read(): Promise<Stored>; write(stored: Stored): Promise<unknown> }

/**
 * What was chosen here and what was chosen elsewhere, one choice at a time: nothing is written to an account that was not read just before, and
 * only what changed here is written over what is there.
 */
export class SettingsSync {
  /** Chosen here and not with the account yet. */
  readonly #changed = new Set<keyof Settings>();
  #isSignedIn = false;
  #isBusy = false;
  #round = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly account: AccountStore) {}

  signedIn(): void {
    this.#begin(true);
    void this.#exchange();
  }

  /** The next one at this browser begins with nobody's choices. */
  signedOut(): void {
    this.#begin(false);
    settings.reset();
  }

  chose(part: Partial<Settings>): void {
    if (!this.#isSignedIn) return;
    for (const name of Object.keys(part) as (keyof Settings)[]) this.#changed.add(name);
    this.#later(pauseMs); // saved in the browser already; the account's copy may wait
  }

  #begin(isSignedIn: boolean): void {
    this.#isSignedIn = isSignedIn;
    this.#round++;
    this.#changed.clear();
    clearTimeout(this.#timer);
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#exchange(), ms);
  }

  async #exchange(): Promise<void> {
    if (this.#isBusy) return this.#later(pauseMs); // two at once would write over each other
    this.#isBusy = true;
    const round = this.#round; // another account makes the answer worthless
    try {
      const stored = await this.account.read();
      if (round !== this.#round) return;
      const mine = pick(settings.current, stored.page ? this.#changed : Object.keys(settings.current) as (keyof Settings)[]);
      settings.apply(sane({ ...settings.current, ...stored.page, ...mine }));
      if (this.#changed.size === 0) return;
      await this.account.write({ ...stored, page: { ...stored.page, ...mine } });
      if (round !== this.#round) return;
      for (const name of this.#changed) if (settings.current[name] === mine[name]) this.#changed.delete(name);
    } catch (error) {
      const isRefused = error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429; // the next try has the same answer
      if (round === this.#round && !isRefused) this.#later(retryMs);
    } finally {
      this.#isBusy = false;
    }
  }
}

const pick = (all: Settings, names: Iterable<keyof Settings>): Partial<Settings> => Object.fromEntries([...names].map(name => [name, all[name]]));
