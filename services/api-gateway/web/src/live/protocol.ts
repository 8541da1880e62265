/** The messages of /ws/v1, as far as the page uses them. */
export interface Cursor { epoch: string | number; sequence: number }

export type Outgoing =
  | { op: 'auth'; id: string; token: string }
  | { op: 'subscribe'; id: string; channel: string; params: Record<string, unknown>; resume?: Cursor }
  | { op: 'unsubscribe'; id: string; subscription: string }
  | { op: 'ping'; id: string };

/** What the server takes of one client; its operator may have changed it. */
export interface Limits { screener_rows: number; [name: string]: number }

export interface Data { [name: string]: unknown }

export type Answer =
  | ({ type: 'ok'; id: string; subscription?: string } & Data)
  | ({ type: 'error'; id?: string; code: string; message: string } & Data)
  | ({ type: 'snapshot' | 'update'; subscription: string; sequence: number } & Data);

export type Incoming =
  | Answer
  | ({ type: 'welcome'; connection: string; epoch: string | number; limits: Limits } & Data)
  | { type: 'pong'; id: string }
  | { type: 'shutdown'; reconnect_after_ms: number };

export function decode(text: string): Incoming | null {
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === 'object' && message !== null && 'type' in message ? (message as Incoming) : null;
  } catch {
    return null; // one unreadable message costs itself, not the connection
  }
}
