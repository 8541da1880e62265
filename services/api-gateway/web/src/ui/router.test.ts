import { expect, it, vi } from 'vitest';

vi.stubGlobal('addEventListener', () => undefined);
const here = { pathname: '/alerts', search: '?rule=r1' };
vi.stubGlobal('location', here);
vi.stubGlobal('history', { pushState: (_: unknown, __: string, to: string) => { [here.pathname, here.search] = [to.split('?')[0]!, to.includes('?') ? `?${to.split('?')[1]}` : '']; } });
const { navigate, previousAddress } = await import('./router');

it('who was led away from a page can be led back to it', () => {
  expect(previousAddress()).toBeNull();
  navigate('/account');
  expect(previousAddress()).toBe('/alerts?rule=r1');
});
