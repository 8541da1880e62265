import { Signal } from '../ui/signal';

const key = 'screener.token';

/** The API key or token this browser signs its requests with. */
export const token = new (class extends Signal<string | null> {
  constructor() {
    super(typeof localStorage === 'undefined' ? null : localStorage.getItem(key));
    if (typeof addEventListener === 'function') addEventListener('storage', event => { if (event.key === key) this.set(event.newValue); }); // signed in or out in another tab
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
