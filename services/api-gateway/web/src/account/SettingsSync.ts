import { ApiError } from '../api/problem';
import { migrated } from '../ui/watchlists';
import { sane, settings, type Settings } from '../ui/settings';

const pauseMs = 1_500;
const retryMs = 5_000;

export type Stored = Record<string, unknown> & { page?: Partial<Settings> };

/** Writing fails with 412 where somebody else has written since the last reading. */
export interface AccountStore { read(): Promise<Stored>; write(stored: Stored): Promise<unknown> }

/**
 * What was chosen here and what was chosen elsewhere, one choice at a time: nothing is written to an account that was not read just before, and
 * only what changed here is written over what is there.
 */
export class SettingsSync {
  /** Chosen here and not with the account yet; as it was chosen, for another tab may put its own into the browser meanwhile. */
  #changed = new Map<string, unknown>();
  #account: AccountStore | null = null;
  #hasAnswered = false;
  #isBusy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  signedIn(account: AccountStore): void {
    this.#begin(account);
    void this.#exchange(account);
  }

  /** The next one at this browser begins with nobody's choices; those of a browser that had nothing of the account stay. */
  signedOut(): void {
    const isOfAccount = this.#hasAnswered;
    this.#begin(null);
    if (isOfAccount) settings.reset();
  }

  chose(part: Partial<Settings>): void {
    if (this.#account === null) return;
    for (const [name, value] of Object.entries(part)) this.#changed.set(name, value);
    this.#later(this.#account, pauseMs); // saved in the browser already; the account's copy may wait
  }

  #begin(account: AccountStore | null): void {
    clearTimeout(this.#timer);
    if (this.#account !== null && this.#changed.size > 0) void leave(this.#account, settings.current, this.#changed);
    this.#account = account;
    this.#hasAnswered = false;
    this.#changed = new Map();
  }

  #later(account: AccountStore, ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#exchange(account), ms);
  }

  async #exchange(account: AccountStore): Promise<void> {
    if (this.#isBusy) return this.#later(account, pauseMs); // two at once would write over each other
    this.#isBusy = true;
    try {
      const stored = await account.read();
      if (account !== this.#account) return; // another account makes the answer worthless
      const mine = Object.fromEntries(this.#changed);
      settings.apply(sane({ ...settings.current, ...migrated(stored.page ?? {}), ...mine }));
      this.#hasAnswered = true;
      if (this.#changed.size === 0) return;
      await account.write(joined(stored, settings.current, mine));
      if (account !== this.#account) return;
      for (const [name, value] of this.#changed) if (value === mine[name]) this.#changed.delete(name);
    } catch (error) {
      if (account === this.#account && !isRefused(error)) this.#later(account, retryMs);
    } finally {
      this.#isBusy = false;
    }
  }
}

const isOutrun = (error: unknown): boolean => error instanceof ApiError && error.status === 412;

/** The next try has the same answer. */
const isRefused = (error: unknown): boolean => error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429 && !isOutrun(error);

/** What is there with what was chosen here; an account that has nothing yet takes over all of the browser's. */
const joined = (stored: Stored, here: Settings, mine: Partial<Settings>): Stored => ({ ...stored, page: { ...(stored.page ?? here), ...mine } });

/** Whoever signs out just after a choice has made it; there is nobody any more to hear that it failed. */
async function leave(account: AccountStore, here: Settings, changed: ReadonlyMap<string, unknown>, tries = 3): Promise<void> {
  try {
    await account.write(joined(await account.read(), here, Object.fromEntries(changed)));
  } catch (error) {
    if (isOutrun(error) && tries > 1) await leave(account, here, changed, tries - 1); // else the account keeps what it had
  }
}
