import { Signal } from '../ui/signal';

const key = 'screener.token';

/** The API key or token this browser signs its requests with. */
export const token = new (class extends Signal<string | null> {
  constructor() {
    super(typeof localStorage === 'undefined' ? null : localStorage.getItem(key));
  }

  signIn(value: string): void {
    localStorage.setItem(key, value);
    this.set(value);
  }

  signOut(): void {
    localStorage.removeItem(key);
    this.set(null);
  }
})();
