// The words in which source/*.mjs describe a dashboard; render.mjs makes Grafana's JSON of them.
const prometheus = { type: 'prometheus', uid: 'screener-prometheus' };
const database = { type: 'grafana-postgresql-datasource', uid: 'screener-database' };

// Buckets carry trace ids of examples, which Grafana shows as points that lead to the trace.
const targetsOf = queries => queries.map(([expr, legendFormat = ''], index) => ({
  refId: String.fromCharCode(65 + index), datasource: prometheus, expr, legendFormat: legendFormat || '__auto', ...(expr.includes('_bucket') ? { exemplar: true } : {}),
}));

// `thresholds: [warning, critical]` for what must not grow, `least: [warning, critical]` for what must not shrink.
const thresholdsOf = ({ thresholds = [], least }) => ({
  mode: 'absolute',
  steps: least
    ? [{ color: 'red', value: null }, { color: 'orange', value: least[1] }, { color: 'green', value: least[0] }]
    : [{ color: 'green', value: null }, ...thresholds.map((value, index) => ({ color: ['orange', 'red'][index], value }))],
});

const hasLimits = options => options.thresholds || options.least;

const field = options => ({
  defaults: { unit: options.unit ?? 'short', min: options.min, max: options.max, decimals: options.decimals, thresholds: thresholdsOf(options), custom: {} }, overrides: [],
});

// `quiet: true` says that no data is what a healthy system shows; the test on a running one asks all others for some.
export const stat = (title, expr, options = {}) => ({
  width: options.width ?? 4, height: 4, quiet: options.quiet,
  panel: {
    type: 'stat', title, description: options.help, datasource: prometheus, targets: targetsOf([[expr]]), fieldConfig: field(options),
    options: { reduceOptions: { calcs: ['lastNotNull'] }, colorMode: hasLimits(options) ? 'background' : 'value', graphMode: 'area' },
  },
});

export const graph = (title, queries, options = {}) => ({
  width: options.width ?? 12, height: 8, quiet: options.quiet,
  panel: {
    type: 'timeseries', title, description: options.help, datasource: prometheus, targets: targetsOf(queries),
    fieldConfig: { ...field(options), defaults: { ...field(options).defaults, custom: { fillOpacity: 8, showPoints: 'never', thresholdsStyle: { mode: hasLimits(options) ? 'line' : 'off' } } } },
    options: { tooltip: { mode: 'multi', sort: 'desc' }, legend: { displayMode: 'table', placement: 'bottom', calcs: ['lastNotNull', 'max'] } },
  },
});

export const table = (title, expr, options = {}) => ({
  width: options.width ?? 12, height: 8, quiet: options.quiet,
  panel: {
    type: 'table', title, description: options.help, datasource: prometheus,
    targets: [{ ...targetsOf([[expr]])[0], format: 'table', instant: true }], fieldConfig: field(options), options: {},
    transformations: [{ id: 'organize', options: { excludeByName: { Time: true, __name__: true, environment: true } } }],
  },
});

export const sql = (title, rawSql, options = {}) => ({
  width: options.width ?? 12, height: options.height ?? 8, quiet: options.quiet,
  panel: {
    type: options.type ?? 'table', title, description: options.help, datasource: database, fieldConfig: field(options), options: {},
    targets: [{ refId: 'A', datasource: database, format: options.type === 'table' || !options.type ? 'table' : 'time_series', rawQuery: true, rawSql }],
  },
});

export const row = title => ({ title });

const variable = (name, label, datasource, query, more = {}) => ({ name, label, type: 'query', datasource, refresh: 1, query, definition: query, current: {}, options: [], ...more });

const all = { multi: true, includeAll: true, allValue: '.*', current: { text: 'All', value: '$__all' } };

export const dashboard = (uid, title, description, parts, { instruments, exchanges } = {}) => ({
  uid: `screener-${uid}`, title: `CryptoScreener / ${title}`, description, parts,
  variables: [
    ...(instruments ? [variable('instrument', 'Instrument', database, instruments)] : []),
    ...(exchanges ? [variable('exchange', 'Exchange', prometheus, exchanges, all)] : []),
  ],
});
