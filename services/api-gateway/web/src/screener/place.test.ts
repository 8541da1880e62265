import { expect, it } from 'vitest';
import { leave, placeAt, screenerAddress } from './place';

it('who comes back finds filter, search, watchlist and scroll as they were', () => {
  const place = { address: '/?filter=rsi(14%2C1h)%20%3C%2030', search: 'so', isWatchOnly: true, active: 'x:SOLUSDT', scrollTop: 680 };
  expect(screenerAddress()).toBe('/');
  leave(place);
  expect(screenerAddress()).toBe(place.address);
  expect(placeAt(place.address)).toEqual(place);
});

it('another filter begins at the top', () => {
  leave({ address: '/?filter=a', search: 'so', isWatchOnly: true, active: 'x:A', scrollTop: 680 });
  expect(placeAt('/')).toEqual({ address: '/', search: '', isWatchOnly: false, active: null, scrollTop: 0 });
});
