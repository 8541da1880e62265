import type { Settings, View } from '../ui/settings';

/** Views may share a filter: it is the one that is looked at only with its columns in its order. */
export const isShown = (view: View, filter: string, { columns, sort }: Pick<Settings, 'columns' | 'sort'>): boolean =>
  view.filter === filter && view.sort === sort && view.columns.join(' ') === columns.join(' ');
