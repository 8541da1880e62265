import { expect, it } from 'vitest';
import { Busy } from './busy';

it('what is pressed again while it is under way happens once, and again when it has ended', async () => {
  const busy = new Busy();
  let times = 0;
  let end = (): void => undefined;
  const press = (): Promise<void> => busy.run(() => { times++; return new Promise<void>(done => { end = done; }); });
  const first = press();
  await press();
  expect([times, busy.isBusy.current]).toEqual([1, true]);
  end();
  await first;
  void press();
  expect(times).toBe(2);
});

it('what fails is over too', async () => {
  const busy = new Busy();
  await expect(busy.run(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(busy.isBusy.current).toBe(false);
});
