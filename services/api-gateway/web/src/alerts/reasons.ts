import type { Alert, Metric } from '../api/types';
import { columnOf, textOf } from '../screener/columns';

export interface Reason { name: string; title: string; text: string; tone: 'up' | 'down' | '' }

/** The numbers that made a rule fire, in the words of the table; the price, which every alert has, last. */
export function reasonsOf(alert: Alert, catalogue: ReadonlyMap<string, Metric>): Reason[] {
  const numbers = Object.entries(alert.metadata ?? {}).filter(([, value]) => typeof value === 'number');
  return numbers.sort(([a], [b]) => Number(a === 'price') - Number(b === 'price')).map(([name, value]) => {
    const known = catalogue.get(name);
    const column = columnOf(name, known);
    const unit = known?.unit ?? (name === 'price' ? 'price' : name.startsWith('change') ? 'percent' : name.startsWith('volume(') ? 'quote' : 'none');
    return { name, title: `${column.title} ${column.frame}`.trim(), text: textOf({ ...column, unit }, value), tone: column.look !== 'heat' || value === 0 ? '' : value! > 0 ? 'up' : 'down' };
  });
}

/** Whether the numbers say what happened; where there is only the price, the rule itself must. */
export const explains = (reasons: readonly Reason[]): boolean => reasons.some(reason => reason.name !== 'price');
