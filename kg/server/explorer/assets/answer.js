// The answer of the endpoint: read, and shown as a table; every value is text, whatever it holds.
const ROWS = 200;
const XSD = 'http://www.w3.org/2001/XMLSchema#';
const NUMBERS = new Set(['integer', 'decimal', 'double', 'float', 'int', 'long', 'nonNegativeInteger'].map((name) => XSD + name));
const FORMATS = {
  rows: {CSV: ['text/csv', 'csv'], TSV: ['text/tab-separated-values', 'tsv'], JSON: ['application/sparql-results+json', 'srj'], XML: ['application/sparql-results+xml', 'srx']},
  triples: {Turtle: ['text/turtle', 'ttl'], 'N-Triples': ['application/n-triples', 'nt'], 'JSON-LD': ['application/ld+json', 'jsonld'], 'RDF/XML': ['application/rdf+xml', 'rdf']},
  truth: {JSON: ['application/sparql-results+json', 'srj'], XML: ['application/sparql-results+xml', 'srx']},
};
const ACCEPTED = 'application/sparql-results+json, application/n-triples;q=0.9';
const TRIPLE = /^(<[^>]*>|_:\S+) <([^>]*)> (<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^<[^>]*>)?) \.$/;
const ESCAPED = {t: '\t', n: '\n', r: '\r', b: '\b', f: '\f'};

const unescaped = (text) => text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, one) => (
  four || eight ? String.fromCodePoint(parseInt(four || eight, 16)) : ESCAPED[one] || one));

function termOf(text) {
  if (text.startsWith('<')) return {type: 'uri', value: unescaped(text.slice(1, -1))};
  if (text.startsWith('_:')) return {type: 'bnode', value: text.slice(2)};
  const end = text.lastIndexOf('"');
  const rest = text.slice(end + 1);
  const term = {type: 'literal', value: unescaped(text.slice(1, end))};
  if (rest.startsWith('@')) term['xml:lang'] = rest.slice(1);
  if (rest.startsWith('^^')) term.datatype = rest.slice(3, -1);
  return term;
}

function triplesOf(text) {
  return text.split('\n').map((line) => line.match(TRIPLE)).filter(Boolean)
    .map(([, s, p, o]) => ({s: termOf(s), p: {type: 'uri', value: p}, o: termOf(o)}));
}

// What kind of answer it is: rows, triples or a yes and no; rows with ?s ?p ?o are triples too.
function read(media, body) {
  if (!media.includes('json')) {
    const triples = triplesOf(body);
    return {kind: 'triples', variables: ['s', 'p', 'o'], heads: [SAY.subject, SAY.predicate, SAY.object], rows: triples, triples};
  }
  const told = JSON.parse(body);
  if (told.boolean !== undefined) return {kind: 'truth', truth: told.boolean, variables: [], rows: [], triples: []};
  const variables = told.head.vars || [];
  const rows = told.results.bindings;
  const drawable = ['s', 'p', 'o'].every((name) => variables.includes(name));
  const triples = drawable ? rows.filter((row) => row.s && row.p && row.o) : [];
  return {kind: 'rows', variables, heads: variables.map((name) => `?${name}`), rows, triples};
}

// Ours lead to their document, others to where they say, if that can be followed.
function hrefOf(iri) {
  const short = shortOf(iri);
  if (/^(id|claim|source|statement|stance|evidence):/.test(short)) {
    const words = String(askedWords(true));
    const chosen = short.startsWith('id:') ? `#${new URLSearchParams({thing: short})}` : '';
    return {href: `/things/${encodeURIComponent(short)}${words ? `?${words}` : ''}${chosen}`};
  }
  const href = short === iri ? followable(iri) : null;
  return href ? {href, rel: 'noopener noreferrer', target: '_blank'} : null;
}

function cell(term) {
  if (!term) return el('td', {});
  if (term.type === 'uri') {
    const where = hrefOf(term.value);
    return el('td', {}, where ? el('a', where, shortOf(term.value)) : shortOf(term.value));
  }
  if (term.type === 'bnode') return el('td', {}, `_:${term.value}`);
  if (term.type === 'triple') return el('td', {}, JSON.stringify(term.value));
  const note = term['xml:lang'] || (term.datatype && !NUMBERS.has(term.datatype) && term.datatype !== `${XSD}string` ? shortOf(term.datatype) : '');
  return el('td', NUMBERS.has(term.datatype) ? {class: 'number'} : {}, term.value, note ? [' ', el('small', {}, note)] : null);
}

function showTable(answer, limit) {
  const table = byId('table');
  byId('rest').hidden = answer.rows.length <= limit;
  if (answer.kind === 'truth') {
    table.replaceChildren(el('p', {class: 'verdict'}, answer.truth ? SAY.yes : SAY.no));
    return;
  }
  const shown = answer.rows.slice(0, limit);
  table.replaceChildren(el('table', {},
    answer.rows.length > limit ? el('caption', {}, say('rows_shown', {shown: limit, count: answer.rows.length})) : null,
    el('thead', {}, el('tr', {}, answer.heads.map((head) => el('th', {scope: 'col'}, head)))),
    el('tbody', {}, shown.map((row) => el('tr', {}, answer.variables.map((name) => cell(row[name])))))));
  if (!answer.rows.length) table.append(el('p', {class: 'verdict'}, SAY.no_rows));
  byId('more').textContent = say('more_rows', {count: Math.min(ROWS, answer.rows.length - limit)});
}
