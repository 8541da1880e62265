import type { Rule, RuleDraft } from '../api/types';
import { draftOf } from './draft';
import { modes } from './modes';
import { duration } from '../ui/time';

export interface Change { part: string; before: string; after: string }

const nothing = 'none';
const words = (value: unknown): string => (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0) ? nothing : Array.isArray(value) ? value.join(', ') : String(value));
const time = (value: number): string => (value === 0 ? nothing : duration(value));
const clock = (value: string | null | undefined): string => (value ? `${value.slice(0, 5)} UTC` : nothing);
const date = (value: string | null | undefined): string => (value ? `${value.slice(0, 16).replace('T', ' ')} UTC` : 'never');

/** Every part of a rule that can differ, by the name that the editor gives it. */
const parts: readonly (readonly [string, (draft: RuleDraft) => string])[] = [
  ['Name', d => words(d.name)], ['Condition', d => d.expression], ['Description', d => words(d.description)], ['Severity', d => d.severity], ['On', d => (d.enabled ? 'yes' : 'no')],
  ['Fires', d => modes.find(([mode]) => mode === d.trigger.mode)?.[1].toLowerCase() ?? d.trigger.mode], ['Bar', d => (d.trigger.mode.startsWith('once_per_bar') ? d.trigger.bar : nothing)],
  ['Every', d => (d.trigger.mode === 'every' ? time(d.trigger.every_seconds) : nothing)], ['Cooldown', d => time(d.trigger.cooldown_seconds)], ['Hold', d => time(d.trigger.hold_seconds)],
  ['Re-arm', d => time(d.trigger.rearm_seconds)], ['At most an hour', d => (d.trigger.max_per_hour === 0 ? nothing : String(d.trigger.max_per_hour))],
  ['From', d => clock(d.trigger.active_from)], ['Until', d => clock(d.trigger.active_until)], ['Expires', d => date(d.trigger.expires_at)],
  ['Only', d => words(d.universe.include)], ['Never', d => words(d.universe.exclude)], ['Quoted in', d => words(d.universe.quote_assets)],
  ['Exchanges', d => words(d.universe.exchanges)], ['Least daily volume', d => words(d.universe.min_daily_volume)], ['Send to', d => words(d.endpoints)],
];

/** What one version changed of the one before it, value by value. */
export function changesOf(now: Partial<Rule>, before: Partial<Rule>, nameOf: (endpoint: string) => string = id => id): Change[] {
  const named = (rule: Partial<Rule>): RuleDraft => { const draft = draftOf(rule); return { ...draft, endpoints: draft.endpoints.map(nameOf) }; };
  const [one, other] = [named(before), named(now)];
  return parts.map(([part, of]) => ({ part, before: of(one), after: of(other) })).filter(change => change.before !== change.after);
}
