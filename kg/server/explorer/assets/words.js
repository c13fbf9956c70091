// SPARQL in words: enough of the grammar to colour it, and to know what stands before the caret.
const KEYWORDS = ('SELECT ASK CONSTRUCT DESCRIBE WHERE DISTINCT REDUCED PREFIX BASE FROM NAMED GRAPH OPTIONAL UNION MINUS FILTER BIND VALUES AS '
  + 'GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET EXISTS NOT IN UNDEF SEPARATOR COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG LANGMATCHES '
  + 'DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER '
  + 'YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI '
  + 'ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE TRUE FALSE SERVICE SILENT').split(' ');
const KNOWN = new Set(KEYWORDS);
const WORDS = new RegExp([
  '(?<iri><[^<>"{}|\\\\^`\\s]*>)',
  '(?<comment>#[^\\n]*)',
  '(?<text>"""[\\s\\S]*?(?:"""|$)|\'\'\'[\\s\\S]*?(?:\'\'\'|$)|"(?:[^"\\\\\\n]|\\\\.)*"?|\'(?:[^\'\\\\\\n]|\\\\.)*\'?)',
  '(?<var>[?$]\\w+)',
  '(?<name>[A-Za-z_][\\w.-]*:[\\w.:%/-]*|:[\\w.-]+)',
  '(?<number>[+-]?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)',
  '(?<word>[A-Za-z_]\\w*)',
].join('|'), 'gu');

// The text in parts, each with its kind; what is none of ours has none.
function partsOf(text) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(WORDS)) {
    if (match.index > at) parts.push(['', text.slice(at, match.index)]);
    const [kind] = Object.entries(match.groups).find(([, value]) => value !== undefined);
    parts.push([kind === 'word' && !KNOWN.has(match[0].toUpperCase()) ? (match[0] === 'a' ? 'word' : '') : kind, match[0]]);
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push(['', text.slice(at)]);
  return parts;
}

// The variables that a query names, each once.
const variablesOf = (text) => [...new Set(partsOf(text).filter(([kind]) => kind === 'var').map(([, word]) => `?${word.slice(1)}`))];

// Our prefixes, the longest address first, so that the shortest form is found.
const DATA = JSON.parse(byId('query-data').textContent);
const SAY = DATA.say;
const PREFIXES = Object.entries(DATA.prefixes).sort((one, other) => other[1].length - one[1].length);
const LOCAL = /^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?$/;
const say = (name, values) => SAY[name].replace(/\{(\w+)\}/g, (_, key) => String((values || {})[key]));

function shortOf(iri) {
  for (const [name, start] of PREFIXES) if (iri.startsWith(start) && LOCAL.test(iri.slice(start.length))) return `${name}:${iri.slice(start.length)}`;
  return iri;
}
