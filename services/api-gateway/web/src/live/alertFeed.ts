import { token } from '../account/token';
import { get } from '../api/http';
import type { Alert } from '../api/types';
import { Signal } from '../ui/signal';
import { isAcknowledgement, mergeAlerts, unseen } from './alertBook';
import type { Cursor } from './protocol';
import { socket } from './socket';

const kept = 1_000;
const keptTaken = 200;
const pollMs = 5_000;
const alertsPath = '/api/v1/alerts?limit=200';

/** The newest alerts, live. Where the socket cannot resume, or is down, the list is asked for: nothing is missed. */
class AlertFeed {
  readonly alerts = new Signal<readonly Alert[]>([]);
  /** The newest acknowledgements: for alerts that are on the screen and no longer among the newest. */
  readonly taken = new Signal<readonly Alert[]>([]);
  readonly error = new Signal<string | null>(null);
  readonly isReady = new Signal(false);
  #cursor: Cursor | null = null;
  #isFollowed = false;
  #arrivals = new Set<(fresh: readonly Alert[]) => void>();

  start(): void {
    socket.subscribe('alerts', {}, {
      accepted: data => {
        this.#isFollowed = true;
        this.#follow(data as Partial<Cursor>);
        if (data.recovered !== true) void this.#load();
      },
      update: data => { this.#follow(data as Partial<Cursor>); this.#arrived([data.alert as Alert]); },
      lost: () => { this.#isFollowed = false; },
    }, () => this.#cursor);
    token.subscribe(() => { this.#cursor = null; this.alerts.set([]); this.isReady.set(false); void this.#load(); });
    void this.#load();
    setInterval(() => { if (!this.#isFollowed) void this.#load(); }, pollMs);
  }

  onArrival(listener: (fresh: readonly Alert[]) => void): () => void {
    this.#arrivals.add(listener);
    return () => this.#arrivals.delete(listener);
  }

  change(alert: Alert): void { this.alerts.set(mergeAlerts(this.alerts.current, [alert], kept)); }

  async #load(): Promise<void> {
    try {
      const found = await get<Alert[]>(alertsPath);
      this.#arrived(found);
      this.isReady.set(true);
      this.error.set(null);
    } catch (error) {
      this.error.set(error instanceof Error ? error.message : String(error));
    }
  }

  #follow({ epoch, sequence }: Partial<Cursor>): void {
    if (epoch !== undefined && typeof sequence === 'number') this.#cursor = { epoch, sequence };
  }

  #arrived(alerts: readonly Alert[]): void {
    const taken = alerts.filter(isAcknowledgement);
    if (taken.length > 0) this.taken.set([...taken, ...this.taken.current].slice(0, keptTaken));
    const fresh = unseen(this.alerts.current, alerts);
    this.alerts.set(mergeAlerts(this.alerts.current, alerts, kept));
    if (this.isReady.current && fresh.length > 0) this.#arrivals.forEach(tell => tell(fresh));
  }
}

export const alertFeed = new AlertFeed();
