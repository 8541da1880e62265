import { anInstrument } from './lib.mjs';

/** Each view, how one knows that it has filled, and whether it wants an account. */
const viewsOf = instrument => [
  ['screener', '/', '.grid .rows .row .cell.price'],
  ['instrument', `/instrument/${instrument.exchange}/${instrument.symbol}`, '.chart-canvas canvas'],
  ['alerts', '/alerts', '.alert-card, .alert-burst, .alert-list .empty'],
  ['rules', '/rules', '.rules-table tbody tr'],
  ['rule-new', '/rules/new?expression=change(1h)%20%3E%200', '.matches table tbody tr, .matches .quiet'],
  ['rule', '/rules/futures_pioneer_bull', '.editor-form textarea'],
  ['replay', '/rules/futures_pioneer_bull/replay', '.replay-ask'],
  ['versions', '/rules/futures_pioneer_bull/versions', '.versions li'],
  ['delivery', '/delivery', '.delivery-page .panel'],
  ['system', '/system', '.dial'],
  ['account', '/account', '.preferences'],
];

export async function everyView(session) {
  await visit(session, { signedIn: true, settings: { theme: 'dark' } }, 'dark', ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']);
}

export async function light(session) {
  await visit(session, { signedIn: true, settings: { theme: 'light' } }, 'light', ['color-contrast']);
}

export async function phone(session) {
  await visit(session, { signedIn: true, settings: { theme: 'dark' }, width: 390, height: 844, touch: true }, 'phone', ['scrollable-region-focusable']);
  const views = [{ name: 'Mornings', filter: '', columns: ['price'], sort: '-price' }];
  const page = await session.fresh({ width: 390, height: 844, touch: true, settings: { views } });
  await session.open('/');
  await page.getByRole('button', { name: 'Mornings', exact: true }).click();
  await session.until('the saved view is shown', () => document.querySelector('[aria-sort="descending"]')?.textContent.includes('Price'));
}

async function visit(session, options, suffix, checks) {
  const instrument = await anInstrument(session);
  await session.fresh(options);
  for (const [name, where, filled] of viewsOf(instrument)) {
    await session.open(where);
    await session.page.locator(filled).first().waitFor({ state: 'attached' });
    await session.page.waitForTimeout(300); // for the picture only: pages fill from several answers
    await session.shot(`${name}-${suffix}`);
    await session.expectAccessible(`${name} (${suffix})`, checks);
    const overflow = await session.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (overflow > 1) throw new Error(`${name} (${suffix}) is ${overflow} px wider than its window`);
    session.expectNoErrors();
  }
}
