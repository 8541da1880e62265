import type { TriggerMode } from '../api/types';

/** When a rule fires, as its author chooses it. */
export const modes: readonly (readonly [TriggerMode, string])[] = [
  ['on_enter', 'When it becomes true'], ['on_exit', 'When it stops being true'], ['once_per_bar', 'Once per bar'],
  ['once_per_bar_close', 'At the close of a bar'], ['every', 'Repeatedly while true'], ['once', 'Once only'],
];
