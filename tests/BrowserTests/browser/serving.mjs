import assert from 'node:assert/strict';
import { get } from 'node:http';

const ask = (address, headers = {}) => new Promise((done, failed) => {
  get(address, { headers }, answer => { answer.resume(); answer.on('end', () => done(answer)); }).on('error', failed);
});

/** How the files travel: compressed, kept for ever under a name that changes with them, under a policy that trusts nobody else. */
export async function serving(session) {
  await session.open('/');
  const assets = await session.page.evaluate(() => [...document.querySelectorAll('script[src], link[rel=stylesheet]')].map(e => e.src || e.href).filter(a => a.includes('/assets/')));
  assert.ok(assets.length >= 2, 'the page has a script and a style sheet');
  for (const asset of assets) {
    const plain = await ask(asset);
    assert.equal(plain.statusCode, 200);
    assert.match(plain.headers['cache-control'], /immutable/, 'an asset is kept for ever');
    const small = await ask(asset, { 'Accept-Encoding': 'gzip, br' });
    assert.equal(small.headers['content-encoding'], 'br');
    assert.ok(Number(small.headers['content-length']) < Number(plain.headers['content-length']) / 2, 'compression halves it');
    assert.equal((await ask(asset, { 'Accept-Encoding': 'br;q=0' })).headers['content-encoding'], undefined);
  }

  const page = await ask(`${session.address}/alerts`);
  assert.equal(page.statusCode, 200, 'a view has an address of its own');
  assert.equal(page.headers['cache-control'], 'no-cache');
  assert.match(page.headers['content-security-policy'], /default-src 'none'/);
  assert.doesNotMatch(page.headers['content-security-policy'], /unsafe|https?:/);
  assert.equal((await ask(`${session.address}/alerts`, { 'If-None-Match': page.headers.etag })).statusCode, 304);
  assert.equal((await ask(`${session.address}/assets/no-such-file.js`)).statusCode, 404);
  const unknown = await ask(`${session.address}/no-such-view`);
  assert.equal(unknown.statusCode, 404);
  assert.match(unknown.headers['content-type'], /problem\+json/, 'what is no view is the API’s to refuse');
  const first = await session.page.evaluate(() => performance.getEntriesByType('resource').reduce((sum, entry) => sum + (entry.name.includes('/assets/') ? entry.encodedBodySize : 0), 0));
  assert.ok(first > 0 && first < 300 * 1024, `the first view takes ${first} bytes`);
}
