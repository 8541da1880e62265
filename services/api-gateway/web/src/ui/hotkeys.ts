import { useEffect } from 'react';
import { isSecond, KeyPairs } from './keyPairs';

export const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** What Enter presses itself. */
export const pressable = (target: EventTarget | null): boolean => target instanceof Element && target.closest('a, button, summary') !== null;

const pairs = new KeyPairs();

/** Calls back for single keys outside of text fields; `g s` style sequences are two keys within a second. */
export function useHotkeys(keys: Record<string, (event: KeyboardEvent) => void>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || (event.key === 'Enter' && pressable(event.target))) return;
      if (document.querySelector('dialog[open]')) return; // a dialog keeps its keys to itself
      const pair = pairs.of(event);
      const action = keys[pair] ?? (isSecond(pair) ? undefined : keys[event.key]);
      if (!action) return;
      event.preventDefault();
      action(event);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}
