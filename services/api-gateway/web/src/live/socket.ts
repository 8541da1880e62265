import { reloadSession } from '../account/session';
import { token } from '../account/token';
import { SocketClient, type Transport } from './SocketClient';

const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws/v1`;

export const socket = new SocketClient(url, {
  open: address => new WebSocket(address) as unknown as Transport,
  token: () => token.current,
  tokenRefused: () => reloadSession(),
  now: () => Date.now(),
  random: Math.random,
  later: (ms, action) => window.setTimeout(action, ms),
  cancel: timer => clearTimeout(timer),
});

const sleptMs = 30_000;

/** Wakes the connection when the machine does: after sleep a socket may look open for minutes though nobody is there. */
export function startSocket(): void {
  socket.start();
  token.subscribe(() => socket.reconnect());
  addEventListener('online', () => socket.reconnect());
  document.addEventListener('resume', () => socket.check()); // unfrozen
  document.addEventListener('visibilitychange', () => { if (!document.hidden) socket.check(); });
  let last = Date.now();
  setInterval(() => {
    const now = Date.now();
    if (now - last > sleptMs) socket.check(); // slept, or hidden, whose timers come once a minute
    last = now;
  }, 5_000);
}
