const keptMs = 60_000;
const keptAtMost = 20;

const newKey = (): string => crypto.randomUUID?.() ?? String(Math.random()); // pages of plain http have no such source

/** Idempotency keys of requests whose answer was lost: who sends the same again soon has it done once. */
export class RetryKeys {
  readonly #lost = new Map<string, { key: string; at: number }>();

  take(request: string, now: number): string {
    const lost = this.#lost.get(request);
    this.#lost.delete(request);
    return lost && now - lost.at < keptMs ? lost.key : newKey();
  }

  lost(request: string, key: string, now: number): void {
    this.#lost.set(request, { key, at: now });
    if (this.#lost.size > keptAtMost) this.#lost.delete(this.#lost.keys().next().value!);
  }
}
