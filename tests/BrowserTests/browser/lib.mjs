import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';

const patience = 30_000;
const everyRule = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

function findChromium() {
  const found = process.env.CHROMIUM ?? places.find(existsSync);
  assert.ok(found, 'Chromium is missing. Install it: apt-get install --no-install-recommends chromium');
  return found;
}

/** One browser, the page in it, and everything it complained about. */
export class Session {
  errors = [];

  static async start(address, key, folder) {
    const session = new Session();
    session.address = address.replace(/\/$/, '');
    session.key = key;
    session.folder = folder;
    session.browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb'] });
    await session.fresh();
    return session;
  }

  /** A browser that was never here: no key, no choices. */
  async fresh({ width = 1440, height = 900, signedIn = false, settings = {}, touch = false } = {}) {
    await this.context?.close();
    this.context = await this.browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce', hasTouch: touch, isMobile: touch, timezoneId: 'Europe/Berlin' });
    this.context.setDefaultTimeout(patience);
    await this.context.addInitScript(([key, chosen]) => {
      if (key) localStorage.setItem('screener.token', key);
      if (!localStorage.getItem('screener.settings')) localStorage.setItem('screener.settings', JSON.stringify(chosen));
      document.addEventListener('securitypolicyviolation', event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
    }, [signedIn ? this.key : null, settings]);
    this.page = await this.context.newPage();
    this.page.on('console', message => { if (message.type() === 'error') this.errors.push(`${message.text()} (${message.location().url})`); });
    this.page.on('pageerror', error => this.errors.push(String(error)));
    return this.page;
  }

  async open(where) {
    await this.page.goto(this.address + where, { waitUntil: 'domcontentloaded' });
  }

  /** Waits until a function in the page answers with something true. */
  async until(what, condition, argument) {
    await this.page.waitForFunction(condition, argument, { timeout: patience, polling: 100 }).catch(error => { throw new Error(`Still not so: ${what}\n${error.message}`); });
  }

  async text(selector) { return (await this.page.locator(selector).first().textContent()).trim(); }

  async shot(name) { await this.page.screenshot({ path: path.join(this.folder, `${name}.png`) }); }

  /** Nothing is on its way any more: what is shown is what a reader would see. */
  async settle() {
    await this.until('everything has arrived', () => document.querySelector('.skeleton, [aria-busy="true"]') === null && !/(Looking|Checking) …/.test(document.querySelector('main')?.textContent ?? ''));
    await this.page.evaluate(() => document.fonts.ready.then(() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(() => drawn(null))))));
  }

  /** A picture, and what axe says of it; of a part of the page when one is named. */
  async look(name, part) {
    await this.settle();
    await this.shot(name);
    await this.expectAccessible(name, everyRule, part);
  }

  /** axe's findings of serious and critical impact are failures. */
  async expectAccessible(where, checks = everyRule, part = undefined) {
    this.axe ??= await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    await this.page.evaluate(this.axe); // by the debugger's door: the page's own policy forbids foreign scripts
    const { violations } = await this.page.evaluate(([only, within]) => globalThis.axe.run({ ...(within ? { include: [within] } : {}), exclude: [
      // Long lists repeat themselves: their first rows speak for the rest.
      ['.grid .rows .row:nth-child(n+8)'], ['.alert-card:nth-of-type(n+8)'], ['.metrics-scroll tr:nth-child(n+8)'], ['.rules-table tr:nth-child(n+6)'], ['.side-alert:nth-child(n+6)'],
    ] }, { runOnly: only, resultTypes: ['violations'] }), [checks, part]);
    const serious = violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
      .map(v => `${v.id}: ${v.help}\n${v.nodes.slice(0, 4).map(node => `    ${node.html.slice(0, 160)}\n    ${node.failureSummary?.split('\n')[1]?.trim()}`).join('\n')}`);
    assert.deepEqual(serious, [], `${where} is not accessible:\n${serious.join('\n')}`);
  }

  /** A lost connection is told in the console by the browser itself; scenarios that cut it expect that. */
  expectNoErrors(allowed = /$^/) {
    const unexpected = this.errors.filter(error => !allowed.test(error));
    assert.deepEqual(unexpected, [], `the browser complained:\n${unexpected.join('\n')}`);
    this.errors = [];
  }

  /** The API as the administrator, beside the page. */
  async api(method, where, body) {
    const response = await fetch(this.address + where, {
      method, headers: { Authorization: `Bearer ${this.key}`, 'Content-Type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    assert.ok(response.ok, `${method} ${where}: ${response.status} ${response.ok ? '' : await response.text()}`);
    return response.status === 204 ? null : response.json();
  }

  async end() { await this.browser.close(); }
}

/** The most traded instrument: it is always there. */
export async function anInstrument(session) {
  const frames = await session.api('GET', '/api/v1/metrics?columns=volume(1d)');
  frames.sort((a, b) => (b.metrics['volume(1d)'] ?? 0) - (a.metrics['volume(1d)'] ?? 0));
  return frames[0];
}
