import { useCallback, useEffect, useRef, useState } from 'react';
import { token } from '../account/token';
import { useSignal } from '../ui/signal';
import { get } from './http';
import { messageOf } from './problem';

export interface Resource<T> { data: T | null; error: string | null; isLoading: boolean; reload: () => void }

const asItIs = (path: string): string => path;

/** What is at an address, fetched again every `everyMs` while the page is visible; null is no address yet. What the time of a request decides, `ask` adds. */
export function useResource<T>(path: string | null, everyMs = 0, ask: (path: string) => string = asItIs): Resource<T> {
  const [state, setState] = useState<{ path: string | null; data: T | null; error: string | null; isLoading: boolean }>(
    { path, data: null, error: null, isLoading: path !== null });
  const [round, setRound] = useState(0);
  const secret = useSignal(token);
  const shown = useRef(path);

  useEffect(() => {
    if (path === null) return;
    const controller = new AbortController();
    let timer = 0;
    const load = async (): Promise<void> => {
      if (!document.hidden || round === 0) {
        try {
          const data = await get<T>(ask(path), controller.signal);
          setState({ path, data, error: null, isLoading: false });
        } catch (error) {
          if (controller.signal.aborted) return;
          // What was shown stays: stale numbers with a message beat an empty page.
          setState(old => ({ path, data: old.path === path ? old.data : null, error: messageOf(error), isLoading: false }));
        }
      }
      if (everyMs > 0 && !controller.signal.aborted) timer = window.setTimeout(() => void load(), everyMs);
    };
    if (shown.current !== path) setState(old => ({ ...old, path, isLoading: true }));
    shown.current = path;
    void load();
    return () => { controller.abort(); clearTimeout(timer); };
  }, [path, everyMs, ask, round, secret]);

  const reload = useCallback(() => setRound(r => r + 1), []);
  return { data: state.path === path ? state.data : null, error: state.error, isLoading: state.isLoading, reload };
}
