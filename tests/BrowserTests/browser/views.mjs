import { anInstrument } from './lib.mjs';

/** Each view, how one knows that it has filled, and whether it wants an account. */
const viewsOf = instrument => [
  ['screener', '/', '.grid .rows .row .cell.price span'],
  ['instrument', `/instrument/${instrument.exchange}/${instrument.symbol}`, '.chart-canvas canvas'],
  ['alerts', '/alerts', '.alert-card, .alert-list .empty'],
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
  await visit(session, { signedIn: true, settings: { theme: 'dark' } }, 'dark', true);
}

export async function lightAndPhone(session) {
  await visit(session, { signedIn: true, settings: { theme: 'light' } }, 'light', true);
  await visit(session, { signedIn: true, settings: { theme: 'dark' }, width: 390, height: 844, touch: true }, 'phone', false);
}

async function visit(session, options, suffix, isChecked) {
  const instrument = await anInstrument(session);
  await session.fresh(options);
  for (const [name, where, filled] of viewsOf(instrument)) {
    await session.open(where);
    await session.page.locator(filled).first().waitFor({ state: 'attached' });
    await session.page.waitForTimeout(700); // for the picture only: pages fill from several answers
    await session.shot(`${name}-${suffix}`);
    if (isChecked) await session.expectAccessible(`${name} (${suffix})`);
    const overflow = await session.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (overflow > 1) throw new Error(`${name} (${suffix}) is ${overflow} px wider than its window`);
    session.expectNoErrors();
  }
}
