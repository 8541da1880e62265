import type { Alert, Metric } from '../api/types';
import { columnOf } from '../screener/columns';
import { metric } from '../ui/format';

export interface Reason { name: string; title: string; text: string; tone: 'up' | 'down' | '' }

/** The numbers that made a rule fire, in the words of the table. */
export function reasonsOf(alert: Alert, catalogue: ReadonlyMap<string, Metric>): Reason[] {
  return Object.entries(alert.metadata ?? {}).filter(([name, value]) => name !== 'price' && typeof value === 'number').map(([name, value]) => {
    const known = catalogue.get(name);
    const column = columnOf(name, known);
    const unit = known?.unit ?? (name.startsWith('change') ? 'percent' : name.startsWith('volume(') ? 'quote' : 'none');
    return { name, title: `${column.title} ${column.frame}`.trim(), text: metric(value, unit), tone: unit !== 'percent' || value === 0 ? '' : value! > 0 ? 'up' : 'down' };
  });
}
