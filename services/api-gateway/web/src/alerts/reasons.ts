import type { Alert, Metric } from '../api/types';
import { columnOf, textOf } from '../screener/columns';

export interface Reason { name: string; title: string; text: string; tone: 'up' | 'down' | '' }

/** The numbers that made a rule fire, in the words of the table. */
export function reasonsOf(alert: Alert, catalogue: ReadonlyMap<string, Metric>): Reason[] {
  return Object.entries(alert.metadata ?? {}).filter(([name, value]) => name !== 'price' && typeof value === 'number').map(([name, value]) => {
    const known = catalogue.get(name);
    const column = columnOf(name, known);
    const unit = known?.unit ?? (name.startsWith('change') ? 'percent' : name.startsWith('volume(') ? 'quote' : 'none');
    return { name, title: `${column.title} ${column.frame}`.trim(), text: textOf({ ...column, unit }, value), tone: column.look !== 'heat' || value === 0 ? '' : value! > 0 ? 'up' : 'down' };
  });
}
