// The words in which source/*.mjs describe a dashboard; render.mjs makes Grafana's JSON of them.
const prometheus = { type: 'prometheus', uid: 'screener-prometheus' };
const database = { type: 'grafana-postgresql-datasource', uid: 'screener-database' };

const targetsOf = queries => queries.map(([expr, legendFormat = ''], index) => ({
  refId: String.fromCharCode(65 + index), datasource: prometheus, expr, legendFormat, ...(legendFormat ? {} : { legendFormat: '__auto' }),
}));

const thresholdsOf = steps => ({
  mode: 'absolute',
  steps: [{ color: 'green', value: null }, ...(steps ?? []).map((value, index) => ({ color: ['orange', 'red'][index], value }))],
});

const field = ({ unit = 'short', thresholds, min, max, decimals }) => ({
  defaults: { unit, min, max, decimals, thresholds: thresholdsOf(thresholds), custom: {} }, overrides: [],
});

// `quiet: true` says that no data is what a healthy system shows; the test on a running one asks all others for some.
export const stat = (title, expr, options = {}) => ({
  width: options.width ?? 4, height: 4, quiet: options.quiet,
  panel: {
    type: 'stat', title, description: options.help, datasource: prometheus, targets: targetsOf([[expr]]), fieldConfig: field(options),
    options: { reduceOptions: { calcs: ['lastNotNull'] }, colorMode: options.thresholds ? 'background' : 'value', graphMode: 'area' },
  },
});

export const graph = (title, queries, options = {}) => ({
  width: options.width ?? 12, height: 8, quiet: options.quiet,
  panel: {
    type: 'timeseries', title, description: options.help, datasource: prometheus, targets: targetsOf(queries),
    fieldConfig: { ...field(options), defaults: { ...field(options).defaults, custom: { fillOpacity: 8, showPoints: 'never', thresholdsStyle: { mode: options.thresholds ? 'line' : 'off' } } } },
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

const variable = query => ({
  name: 'instrument', label: 'Instrument', type: 'query', datasource: database, refresh: 1, query, definition: query, current: {}, options: [],
});

export const dashboard = (uid, title, description, parts, { instruments } = {}) => ({
  uid: `screener-${uid}`, title: `CryptoScreener / ${title}`, description, parts, variables: instruments ? [variable(instruments)] : [],
});
