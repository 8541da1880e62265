import { useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent, type ReactNode } from 'react';

let previous: string | null = null;
/** Where the page was before the last link; null when it was opened here. */
export const previousAddress = (): string | null => previous;

const listeners = new Set<() => void>();
const tell = (): void => listeners.forEach(listener => listener());
addEventListener('popstate', tell);

export function navigate(to: string, replace = false): void {
  if (to === location.pathname + location.search) return;
  previous = location.pathname + location.search;
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  tell();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const usePath = (): string => useSyncExternalStore(subscribe, () => location.pathname);
export const useSearch = (): string => useSyncExternalStore(subscribe, () => location.search);

type Props = AnchorHTMLAttributes<HTMLAnchorElement> & { to: string; children: ReactNode };

/** A link that changes the page without loading it; with a modifier it is an ordinary one. */
export function Link({ to, children, onClick, ...rest }: Props): ReactNode {
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(to);
  };
  return <a href={to} onClick={follow} {...rest}>{children}</a>;
}

export const instrumentPath = (exchange: string, symbol: string): string => `/instrument/${encodeURIComponent(exchange)}/${encodeURIComponent(symbol)}`;
