import { useCallback, useEffect, useState } from 'react';
import { get, post, remove } from '../../api/http';
import { ApiError, messageOf } from '../../api/problem';
import type { Replay } from '../../api/types';
import { useBusy } from '../../ui/busy';

const askEveryMs = 1_000;

export interface ReplayRun { replay: Replay | null; error: string | null; isRunning: boolean; isAsking: boolean; start: (question: object) => void; cancel: () => void }

/** A replay from the question to its result; it goes on at the server while this page looks away. */
export function useReplay(): ReplayRun {
  const [replay, setReplay] = useState<Replay | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isAsking, run] = useBusy();
  const isRunning = replay?.state === 'queued' || replay?.state === 'running';

  useEffect(() => {
    if (!replay || !isRunning) return;
    const timer = setTimeout(() => {
      get<Replay>(`/api/v1/replays/${encodeURIComponent(replay.id)}`).then(setReplay, e => { setError(wordsOf(e)); setReplay(isForgotten(e) ? null : { ...replay }); });
    }, askEveryMs);
    return () => clearTimeout(timer);
  }, [replay, isRunning]);

  const start = useCallback((question: object) => {
    setError(null);
    void run(() => post<{ id: string }>('/api/v1/rules/replay', question).then(
      ({ id }) => setReplay({ id, state: 'queued', progress: 0 }), e => setError(messageOf(e))));
  }, [run]);
  const cancel = useCallback(() => {
    if (replay) remove(`/api/v1/replays/${encodeURIComponent(replay.id)}`).then(() => setReplay({ ...replay, state: 'cancelled' }), e => { setError(wordsOf(e)); if (isForgotten(e)) setReplay(null); });
  }, [replay]);
  return { replay, error, isRunning, isAsking, start, cancel };
}

/** Replays are kept for a while only: then there is nothing to wait for or to stop. */
const isForgotten = (error: unknown): boolean => error instanceof ApiError && error.status === 404;
const wordsOf = (error: unknown): string => (isForgotten(error) ? 'The gateway has forgotten this replay. Ask again.' : messageOf(error));
