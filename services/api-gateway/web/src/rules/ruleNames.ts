import { token } from '../account/token';
import { get } from '../api/http';
import type { Rule } from '../api/types';
import { Signal } from '../ui/signal';

const pauseMs = 10_000;
const isCustom = (id: string): boolean => /^r_[0-9a-f]+$/.test(id);

/** What people called their rules: alerts carry ids. Asked for when an id appears that is not known, and not more often than that. */
class RuleNames {
  readonly names = new Signal<ReadonlyMap<string, string>>(new Map());
  #notBefore = 0;

  constructor() { token.subscribe(() => { this.#notBefore = 0; this.names.set(new Map()); }); }

  title(id: string, now = Date.now()): string {
    const name = this.names.current.get(id);
    if (name !== undefined) return name;
    if (!isCustom(id)) return id.replace(/^futures_/, '').replaceAll('_', ' ').replace(/^./, c => c.toUpperCase());
    if (now >= this.#notBefore) {
      this.#notBefore = now + pauseMs;
      void this.#load();
    }
    return 'Custom rule'; // it was deleted, or its name is on the way
  }

  async #load(): Promise<void> {
    try {
      const rules = await get<Rule[]>('/api/v1/rules?scope=all');
      this.names.set(new Map([...this.names.current, ...rules.filter(rule => rule.owner !== null).map(rule => [rule.id, rule.name] as const)]));
    } catch {
      // the next unknown id asks again
    }
  }
}

export const ruleNames = new RuleNames();

/** A rule in words. Whoever shows it subscribes to `ruleNames.names`, or draws itself anew every few seconds anyway. */
export const ruleTitle = (id: string): string => ruleNames.title(id);
