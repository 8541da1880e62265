// The reference page: everything on it comes from the OpenAPI document of this gateway.
'use strict';

const make = (tag, props = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
};

const sample = value => make('pre', { textContent: JSON.stringify(value, null, 2) });

const table = rows => make('table', {}, ...rows.map(cells => make('tr', {}, ...cells.map(cell => make('td', {}, cell)))));

function parameters(operation) {
  const rows = (operation.parameters ?? []).map(p => [
    make('code', { textContent: p.name + (p.required ? ' *' : '') }),
    `${p.in}${p.schema?.enum ? ': ' + p.schema.enum.join(', ') : ''}`,
    p.description ?? '',
  ]);
  return rows.length ? [make('h4', { textContent: 'Parameters' }), table(rows)] : [];
}

function answers(operation) {
  const rows = Object.entries(operation.responses ?? {}).map(([status, response]) => [make('code', { textContent: status }), response.description ?? '']);
  const parts = [make('h4', { textContent: 'Answers' }), table(rows)];
  for (const response of Object.values(operation.responses ?? {}))
    for (const content of Object.values(response.content ?? {})) if (content.example !== undefined) parts.push(sample(content.example));
  return parts;
}

function body(operation) {
  const content = operation.requestBody?.content?.['application/json'];
  if (!content) return [];
  return [make('h4', { textContent: 'Body' }), content.example === undefined ? make('p', { textContent: 'JSON' }) : sample(content.example)];
}

// Reading only: what changes something is better typed where one sees what one does.
function trial(path, operation) {
  const address = make('input', { value: path, size: 60, ariaLabel: 'Address' });
  const result = make('pre', { hidden: true });
  const send = make('button', { type: 'button', textContent: 'Send' });
  send.onclick = async () => {
    const key = document.getElementById('key').value.trim();
    const response = await fetch(address.value, { headers: key ? { 'X-API-Key': key } : {} });
    const text = await response.text();
    result.hidden = false;
    result.textContent = `${response.status} ${response.statusText}\n\n${text.slice(0, 20000)}`;
  };
  return [make('h4', { textContent: 'Try' }), make('p', {}, address, ' ', send), result];
}

function route(path, method, operation) {
  const head = make('summary', {}, make('code', { className: 'method', textContent: method.toUpperCase() }), make('code', { textContent: path }), ' ',
    make('span', { textContent: operation.summary ?? '' }));
  const details = make('details', { id: operation.operationId }, head);
  details.dataset.words = `${method} ${path} ${operation.summary ?? ''}`.toLowerCase();
  details.addEventListener('toggle', () => {
    if (details.childElementCount > 1) return;
    details.append(make('p', { textContent: operation.description ?? '' }), ...parameters(operation), ...body(operation), ...answers(operation),
      ...(method === 'get' ? trial(path, operation) : []));
  });
  return details;
}

function show(api) {
  document.getElementById('about').textContent = `Version ${api.info.version}. ${api.info.description}`;
  const tags = new Map();
  for (const [path, methods] of Object.entries(api.paths))
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags?.[0] ?? 'other';
      if (!tags.has(tag)) tags.set(tag, []);
      tags.get(tag).push(route(path, method, operation));
    }
  document.getElementById('routes').replaceChildren(
    ...[...tags.entries()].map(([tag, routes]) => make('section', {}, make('h2', { textContent: tag }), ...routes)));
}

document.getElementById('search').onsubmit = event => event.preventDefault();
document.getElementById('find').oninput = event => {
  const words = event.target.value.toLowerCase().split(/\s+/);
  for (const details of document.querySelectorAll('details')) details.hidden = !words.every(word => details.dataset.words.includes(word));
};

fetch('/openapi/v1.json')
  .then(response => response.json())
  .then(show)
  .catch(error => { document.getElementById('routes').textContent = `The description could not be read: ${error}`; });
