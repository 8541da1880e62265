import { expect, it } from 'vitest';
import { newDraft } from './draft';
import { DraftKeeper } from './keptDraft';

function store(): Storage {
  const all = new Map<string, string>();
  return { getItem: (key: string) => all.get(key) ?? null, setItem: (key: string, value: string) => void all.set(key, value), removeItem: (key: string) => void all.delete(key) } as unknown as Storage;
}

it('a draft is found again with the version it changes, by its owner and for its rule only', () => {
  const shared = store();
  const of = (owner: string, rule: string): DraftKeeper => new DraftKeeper(owner, rule, () => shared);
  of('alice', 'r_1').keep({ draft: newDraft('price > 1'), version: 3 });
  expect(of('alice', 'r_1').find()).toEqual({ draft: newDraft('price > 1'), version: 3 });
  expect([of('alice', 'r_2').find(), of('bob', 'r_1').find()]).toEqual([null, null]);
  of('alice', 'r_1').forget();
  expect(of('alice', 'r_1').find()).toBeNull();
});

it('a storage that is forbidden or holds something else costs the draft only', () => {
  const forbidden = new DraftKeeper('alice', 'r_1', () => { throw new Error('forbidden'); });
  forbidden.keep({ draft: newDraft(), version: 1 });
  forbidden.forget();
  expect(forbidden.find()).toBeNull();
  expect(new DraftKeeper('alice', 'r_1', () => ({ ...store(), getItem: () => '{"draft":' })).find()).toBeNull();
});
