import type { RuleDraft } from '../api/types';
import { draftOf } from './draft';

/** A draft and the version of the rule that it changes. */
export interface KeptDraft { draft: RuleDraft; version: number | null }

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What somebody has begun to write, kept in this tab while they look elsewhere: a replay, an endpoint, the versions before. */
export class DraftKeeper {
  readonly #key: string;

  constructor(owner: string, rule: string, readonly store: () => Store = () => sessionStorage) {
    this.#key = `screener.draft.${owner}.${rule}`;
  }

  find(): KeptDraft | null {
    try {
      const kept = JSON.parse(this.store().getItem(this.#key) ?? 'null') as KeptDraft | null;
      return kept && { draft: draftOf(kept.draft), version: kept.version };
    } catch {
      return null;
    }
  }

  keep(draft: KeptDraft): void {
    try {
      this.store().setItem(this.#key, JSON.stringify(draft));
    } catch {
      // a full or forbidden storage: the draft lives as long as its view
    }
  }

  forget(): void {
    try {
      this.store().removeItem(this.#key);
    } catch {
      // nothing is kept there
    }
  }
}
