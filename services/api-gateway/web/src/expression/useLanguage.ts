import { useEffect, useMemo, useState } from 'react';
import { get, post } from '../api/http';
import { ApiError, messageOf } from '../api/problem';
import { useResource } from '../api/resource';
import type { Completion, Metric, Validation } from '../api/types';
import { suggestions, type Suggestion } from './complete';

/** The catalogue hardly ever changes: fetched once, shared by all. */
let catalogue: Promise<Metric[]> | null = null;

export async function loadCatalogue(): Promise<Metric[]> {
  catalogue ??= get<Metric[] | { metrics: Metric[] }>('/api/v1/catalogue').then(found => {
    const metrics = Array.isArray(found) ? found : found.metrics;
    if (metrics.length === 0) catalogue = null; // the calculators have not published it yet
    return metrics;
  });
  return catalogue.catch(error => { catalogue = null; throw error; });
}

export function useCatalogue(): readonly Metric[] {
  const [metrics, setMetrics] = useState<readonly Metric[]>([]);
  useEffect(() => {
    let timer = 0;
    const load = (): void => {
      const retry = (): void => { timer = window.setTimeout(load, 2_000); };
      loadCatalogue().then(found => { if (found.length === 0) retry(); else setMetrics(found); }, retry);
    };
    load();
    return () => clearTimeout(timer);
  }, []);
  return metrics;
}

export function useSuggestions(): readonly Suggestion[] {
  const metrics = useCatalogue();
  const { data } = useResource<Completion>('/api/v1/rules/completion');
  return useMemo(() => suggestions(data, metrics), [data, metrics]);
}

const pauseMs = 250;

/** What the gateway says of an expression, a moment after the last key. */
export function useValidation(expression: string): { result: Validation | null; problem: string | null } {
  const [state, setState] = useState<{ of: string; result: Validation | null; problem: string | null }>({ of: '', result: null, problem: null });
  useEffect(() => {
    if (expression.trim() === '') return;
    let isOld = false;
    const timer = setTimeout(() => {
      post<Validation>('/api/v1/rules/validate', { expression }).then(
        result => { if (!isOld) setState({ of: expression, result, problem: null }); },
        error => { if (!isOld) setState({ of: expression, result: null, problem: error instanceof ApiError && error.status === 404 ? null : messageOf(error) }); });
    }, pauseMs);
    return () => { isOld = true; clearTimeout(timer); };
  }, [expression]);
  return state.of === expression ? state : { result: null, problem: null };
}
