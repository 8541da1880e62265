export interface Clock { now(): number; later(ms: number, action: () => void): number; cancel(timer: number): void }

const askEveryMs = 15_000;
const answerWithinMs = 10_000;

/**
 * Tells a living connection from a dead one by what is heard alone: the timers of a hidden tab come once a minute, its messages do not wait.
 * Only a question that found no answer ends the connection.
 */
export class Heartbeat {
  #heardAt = 0;
  #askedAt: number | null = null;
  #timer = 0;

  constructor(readonly clock: Clock, readonly ask: () => void, readonly lost: () => void) {}

  begin(): void {
    this.heard();
    this.#wait(askEveryMs);
  }

  heard(): void {
    this.#heardAt = this.clock.now();
    this.#askedAt = null;
  }

  /** The machine may have slept: asks at once instead of at the next beat. */
  check(): void {
    if (this.#askedAt === null) this.#question();
  }

  end(): void { this.clock.cancel(this.#timer); }

  #question(): void {
    this.#askedAt = this.clock.now();
    this.ask();
    this.#wait(answerWithinMs);
  }

  #beat(): void {
    const now = this.clock.now();
    if (this.#askedAt !== null) return now - this.#askedAt < answerWithinMs ? this.#wait(answerWithinMs) : this.lost();
    if (now - this.#heardAt >= askEveryMs) this.#question();
    else this.#wait(askEveryMs);
  }

  #wait(ms: number): void {
    this.clock.cancel(this.#timer);
    this.#timer = this.clock.later(ms, () => this.#beat());
  }
}
