import type { Rule, RuleDraft, Trigger, Universe } from '../api/types';

export const everyTrigger: Trigger = {
  mode: 'on_enter', bar: '5m', every_seconds: 60, hold_seconds: 0, rearm_seconds: 0, cooldown_seconds: 0, max_per_hour: 0,
  expires_at: null, active_from: null, active_until: null,
};
export const everywhere: Universe = { exchanges: [], quote_assets: [], include: [], exclude: [], min_daily_volume: null };

export const newDraft = (expression = ''): RuleDraft => ({
  name: '', expression, description: '', severity: 'info', trigger: { ...everyTrigger, cooldown_seconds: 300 }, universe: everywhere, endpoints: [], enabled: true,
});

/** What of a rule is its author's to change. */
export const draftOf = (rule: Rule | (Partial<Rule> & { expression?: string })): RuleDraft => ({
  name: rule.name ?? '', expression: rule.expression ?? '', description: rule.description ?? '', severity: rule.severity ?? 'info',
  trigger: { ...everyTrigger, ...rule.trigger }, universe: { ...everywhere, ...rule.universe }, endpoints: rule.endpoints ?? [], enabled: rule.enabled ?? true,
});

export const isSame = (one: RuleDraft, other: RuleDraft): boolean => JSON.stringify(one) === JSON.stringify(other);

/** `BTC*, ETHUSDT` as a list, and back. */
export const listOf = (text: string): string[] => [...new Set(text.split(/[\s,]+/).filter(Boolean))];

/** A time field's `08:30` as the gateway writes it; nothing is nothing. */
export const timeOf = (text: string): string | null => (text === '' ? null : text.length === 5 ? `${text}:00` : text);

/** When it fires, in a sentence. */
export function triggerWords(trigger: Trigger): string {
  const parts = [{
    on_enter: 'when it becomes true', on_exit: 'when it ends', once: 'once, then never again', once_per_bar: `once per ${trigger.bar} bar`,
    once_per_bar_close: `at the close of a ${trigger.bar} bar`, every: `every ${seconds(trigger.every_seconds)} while true`,
  }[trigger.mode]];
  if (trigger.hold_seconds > 0) parts.push(`after ${seconds(trigger.hold_seconds)} true`);
  if (trigger.rearm_seconds > 0) parts.push(`again after ${seconds(trigger.rearm_seconds)} false`);
  if (trigger.cooldown_seconds > 0) parts.push(`${seconds(trigger.cooldown_seconds)} apart`);
  if (trigger.max_per_hour > 0) parts.push(`at most ${trigger.max_per_hour} an hour`);
  if (trigger.active_from && trigger.active_until) parts.push(`${trigger.active_from.slice(0, 5)}–${trigger.active_until.slice(0, 5)} UTC`);
  return parts.join(', ');
}

export const seconds = (value: number): string =>
  value >= 3_600 && value % 3_600 === 0 ? `${value / 3_600} h` : value >= 60 && value % 60 === 0 ? `${value / 60} min` : `${value} s`;
