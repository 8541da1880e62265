import { settings } from './settings';
import { Signal } from './signal';

const light = matchMedia('(prefers-color-scheme: light)');

export const theme = new Signal<'dark' | 'light'>(chosen());

function chosen(): 'dark' | 'light' {
  const wish = settings.current.theme;
  return wish === 'light' || (wish === 'system' && light.matches) ? 'light' : 'dark';
}

function apply(): void {
  theme.set(chosen());
  document.documentElement.dataset.theme = theme.current;
}

export function startTheme(): void {
  apply();
  settings.subscribe(apply);
  light.addEventListener('change', apply);
}

/** A colour of the style sheet, for what is drawn on a canvas. */
export const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
