// Makes dashboards/*.json of source/*.mjs. With --check it only says which are stale.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const here = new URL('.', import.meta.url);
const columns = 24;

function layOut(parts) {
  let [x, y, rowHeight, id] = [0, 0, 0, 0];
  const panels = [];
  for (const part of parts) {
    const isRow = !part.panel;
    const width = isRow ? columns : part.width;
    if (x + width > columns || isRow) [x, y, rowHeight] = [0, y + rowHeight, 0];
    const gridPos = { x, y, w: width, h: isRow ? 1 : part.height };
    panels.push(isRow
      ? { id: ++id, type: 'row', title: part.title, collapsed: false, gridPos, panels: [] }
      : { id: ++id, ...part.panel, ...(part.quiet ? { tags: ['quiet'] } : {}), gridPos });
    [x, rowHeight] = [x + width, Math.max(rowHeight, gridPos.h)];
  }
  return panels;
}

const toJson = ({ uid, title, description, parts, variables }) => JSON.stringify({
  uid, title, description, tags: ['crypto-screener'], timezone: 'browser', schemaVersion: 39, version: 1, editable: true, refresh: '10s',
  time: { from: 'now-1h', to: 'now' }, templating: { list: variables },
  annotations: { list: [{
    name: 'Alerts firing', enable: true, iconColor: 'red', datasource: { type: 'prometheus', uid: 'screener-prometheus' },
    expr: 'ALERTS{alertstate="firing", severity=~"critical|warning"}', titleFormat: '{{alertname}}', step: '60s',
  }] },
  links: [{ type: 'dashboards', title: 'CryptoScreener', tags: ['crypto-screener'], asDropdown: true, keepTime: true }],
  panels: layOut(parts),
}, null, 1) + '\n';

let stale = 0;
for (const file of readdirSync(new URL('source/', here)).sort()) {
  const { default: described } = await import(new URL(`source/${file}`, here));
  const target = new URL(`dashboards/${file.replace('.mjs', '.json')}`, here);
  const text = toJson(described);
  if (!process.argv.includes('--check')) {
    writeFileSync(target, text);
    continue;
  }
  let current = '';
  try { current = readFileSync(target, 'utf8'); } catch { /* not there yet: stale */ }
  if (current !== text) {
    console.error(`dashboards/${file.replace('.mjs', '.json')} is not what source/${file} gives; run: node deploy/grafana/render.mjs`);
    stale = 1;
  }
}
process.exit(stale);
