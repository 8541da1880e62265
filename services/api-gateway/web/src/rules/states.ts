import type { RuleState, RuleStatesPage } from '../api/types';

export const stateWords: Record<RuleState['state'], string> = {
  firing: 'firing', pending: 'pending', recovering: 'recovering', no_data: 'no data', inactive: 'inactive',
};

/** "2 firing · 1 pending · 17 inactive": what there is none of is left out, but for what fires. */
export function stateCounts(counts: RuleStatesPage['counts']): string {
  return (Object.keys(stateWords) as RuleState['state'][])
    .filter(state => state === 'firing' || counts[state] > 0)
    .map(state => `${counts[state]} ${stateWords[state]}`).join(' · ');
}
