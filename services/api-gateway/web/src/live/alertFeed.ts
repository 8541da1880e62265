import { token } from '../account/token';
import { get } from '../api/http';
import { messageOf } from '../api/problem';
import type { Alert } from '../api/types';
import { Signal } from '../ui/signal';
import { isHole, mergeAlerts, unseen } from './alertBook';
import { Batch } from './Batch';
import type { Cursor } from './protocol';
import { socket } from './socket';

const kept = 1_000;
const pollMs = 5_000;
const pageSize = 200;

/** The newest alerts, live. Where the socket cannot resume, or is down, the list is asked for: nothing is missed. */
class AlertFeed {
  readonly alerts = new Signal<readonly Alert[]>([]);
  readonly error = new Signal<string | null>(null);
  readonly isReady = new Signal(false);
  /** Rises when alerts were missed that the newest page does not reach: longer lists must be asked for again. */
  readonly gaps = new Signal(0);
  #cursor: Cursor | null = null;
  #isFollowed = false;
  #isBehind = true;
  /** Up to here nothing is missing. */
  #reach: string | null = null;
  readonly #arrivals = new Set<(fresh: readonly Alert[]) => void>();
  readonly #news = new Set<(news: readonly Alert[]) => void>();
  readonly #batch = new Batch<Alert>(alerts => this.#arrived(alerts)); // a burst comes as hundreds of messages

  start(): void {
    socket.subscribe('alerts', {}, {
      accepted: data => {
        this.#isFollowed = true;
        this.#follow(data as Partial<Cursor>);
        if (data.recovered === true) return;
        this.#isBehind = true;
        void this.#load();
      },
      update: data => { this.#follow(data as Partial<Cursor>); this.#batch.add(data.alert as Alert); },
      lost: () => {
        this.#isFollowed = false;
        if (!this.#isBehind) this.#reach = this.alerts.current[0]?.timestamp ?? this.#reach;
      },
    }, () => this.#cursor);
    token.subscribe(() => this.#restart());
    void this.#load();
    setInterval(() => { if (!this.#isFollowed || this.#isBehind) void this.#load(); }, pollMs);
  }

  /** Alerts that nobody has seen: what may make a sound. */
  onArrival(listener: (fresh: readonly Alert[]) => void): () => void {
    this.#arrivals.add(listener);
    return () => this.#arrivals.delete(listener);
  }

  /** Everything that comes, acknowledgements and what is known included. */
  onNews(listener: (news: readonly Alert[]) => void): () => void {
    this.#news.add(listener);
    return () => this.#news.delete(listener);
  }

  change(alert: Alert): void {
    this.alerts.set(mergeAlerts(this.alerts.current, [alert], kept));
    this.#news.forEach(tell => tell([alert]));
  }

  #restart(): void {
    this.#cursor = this.#reach = null;
    this.#batch.clear();
    this.alerts.set([]);
    this.isReady.set(false);
    void this.#load();
  }

  async #load(): Promise<void> {
    const secret = token.current;
    try {
      const found = await get<Alert[]>(`/api/v1/alerts?limit=${pageSize}`);
      if (token.current !== secret) return;
      const isHoled = isHole(this.#reach, found, pageSize);
      this.#reach = found[0]?.timestamp ?? this.#reach;
      this.#arrived(found);
      this.#isBehind = false;
      this.isReady.set(true);
      this.error.set(null);
      if (isHoled) this.gaps.set(this.gaps.current + 1);
    } catch (error) {
      this.error.set(messageOf(error));
    }
  }

  #follow({ epoch, sequence }: Partial<Cursor>): void {
    if (epoch !== undefined && typeof sequence === 'number') this.#cursor = { epoch, sequence };
  }

  #arrived(alerts: readonly Alert[]): void {
    const fresh = unseen(this.alerts.current, alerts);
    this.alerts.set(mergeAlerts(this.alerts.current, alerts, kept));
    this.#news.forEach(tell => tell(alerts));
    if (this.isReady.current && fresh.length > 0) this.#arrivals.forEach(tell => tell(fresh));
  }
}

export const alertFeed = new AlertFeed();
