import { token } from '../account/token';
import { get } from '../api/http';
import type { Rule } from '../api/types';
import { Signal } from '../ui/signal';

const pauseMs = 10_000;
const isCustom = (id: string): boolean => /^r_[0-9a-f]+$/.test(id);

/** What rules are called: alerts carry ids. Asked for when an id appears that is not known, and not more often than that. */
export class RuleNames {
  readonly names = new Signal<ReadonlyMap<string, string>>(new Map());
  readonly #wanted = new Set<string>();
  readonly #gone = new Set<string>();
  #loading: Promise<void> | null = null;
  #notBefore = 0;

  constructor() {
    token.subscribe(() => {
      this.#notBefore = 0;
      [this.#wanted, this.#gone].forEach(ids => ids.clear());
      this.names.set(new Map());
    });
  }

  title(id: string, now = Date.now()): string {
    const name = this.names.current.get(id);
    if (name !== undefined) return name;
    if (this.#gone.has(id)) return isCustom(id) ? 'Deleted rule' : inWords(id);
    this.#wanted.add(id);
    if (now >= this.#notBefore) void this.#load(now);
    return isCustom(id) ? 'Custom rule' : inWords(id); // its name is on the way
  }

  /** For what is said once and not drawn again; null where all is known already. */
  whenKnown(ids: readonly string[]): Promise<void> | null {
    const unknown = ids.filter(id => !this.names.current.has(id) && !this.#gone.has(id));
    if (unknown.length === 0) return null;
    unknown.forEach(id => this.#wanted.add(id));
    return (this.#loading ?? Promise.resolve()).then(() => (unknown.some(id => this.#wanted.has(id)) ? this.#load(Date.now()) : undefined)); // what is under way may have been asked before
  }

  #load(now: number): Promise<void> {
    this.#notBefore = now + pauseMs;
    this.#loading ??= this.#ask().finally(() => { this.#loading = null; });
    return this.#loading;
  }

  async #ask(): Promise<void> {
    const [wanted, secret] = [[...this.#wanted], token.current];
    try {
      const rules = await get<Rule[]>('/api/v1/rules?scope=all');
      if (token.current !== secret) return;
      const names = new Map([...this.names.current, ...rules.map(rule => [rule.id, rule.name] as const)]);
      for (const id of wanted) {
        this.#wanted.delete(id);
        if (!names.has(id)) this.#gone.add(id);
      }
      this.names.set(names);
    } catch {
      // the next unknown id asks again
    }
  }
}

const inWords = (id: string): string => id.replace(/^futures_/, '').replaceAll('_', ' ').replace(/^./, c => c.toUpperCase());

export const ruleNames = new RuleNames();

/** A rule in words. Whoever shows it subscribes to `ruleNames.names`, or draws itself anew every few seconds anyway. */
export const ruleTitle = (id: string): string => ruleNames.title(id);
