// Names compared as kg find compares them: folded, in Latin letters, by their sound. The tables are those of kg.lookup.
// Of the letters each stands before what it is spelled.
const spellings = (letters) => Object.fromEntries(letters.split(' ').map((pair) => [[...pair][0], [...pair].slice(1).join('')]));
let NAMES, WEIGHTS, TOGETHER, KINDS, SOUNDS;
const MARKS_ARE_LIGHT = /(?<=[A-Za-zΑ-ωЀ-ӿא-תء-ي])[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]+/gu;
const DROPPED = /['\u2018\u2019\u201a\u201b\u2032\u2033`\u00b4\u02b9-\u02bc\u02be\u02bf\u00ad\u200b-\u200f\u2060\ufeff]/gu;
const ARTICLE = /^(?:(?:the|le|la|les|der|die|das|den|el|los|las|il|lo|gli|o|os|as) |(?:l|d)['\u2019])/iu;
const PLACED = [[/(?<![א-ת])ו(?=[א-ת])/gu, 'v'], [/ב(?![א-ת])/gu, 'v']];
const pieces = (table) => new RegExp(Object.keys(table).sort((one, other) => other.length - one.length || (one < other ? -1 : 1)).join('|'), 'gu');

// The tables, and what things are called in other languages, travel deflated: a browser that cannot inflate has no search.
async function startNames() {
  let read;
  try {
    read = JSON.parse(await inflated('names-packed'));
  } catch {
    byId('search').disabled = true;
    return;
  }
  const [tables, others] = read;
  NAMES = {...tables, letters: spellings(tables.letters)};
  WEIGHTS = NAMES.weights;
  [TOGETHER, KINDS, SOUNDS] = [NAMES.together, NAMES.kinds, NAMES.sounds].map(pieces);
  for (const [number, [n, a, v]] of Object.entries(others)) Object.assign(THINGS[number], {n, a, v});
  if (state.thing !== null) drawPanel(state);
  // of what is too large to be drawn one begins by seeking
  if (DATA.omitted && !location.hash) byId('search').focus();
}

const caseless = (text) => text.toLowerCase().replace(/ß/g, 'ss').replace(/ς/g, 'σ');
const words = (text) => text.split(/\s+/u).filter(Boolean).join(' ');
const isAscii = (text) => !/[^\x00-\x7f]/.test(text); // eslint-disable-line no-control-regex

function fold(text) {
  const apart = caseless(text.normalize('NFKC')).normalize('NFKD').replace(DROPPED, '');
  const bare = apart.replace(MARKS_ARE_LIGHT, '').normalize('NFC').replace(/./gsu, (letter) => NAMES.whole[letter] ?? letter);
  const parted = bare.replace(/[^\p{L}\p{N}]+/gu, (gap) => {
    const marks = gap.match(/^\p{M}*/u)[0];
    return marks === gap ? gap : `${marks} `;
  });
  return words(parted) || words(text);
}

function spelled(letter) {
  if (letter in NAMES.letters) return NAMES.letters[letter];
  const code = letter.codePointAt(0) - 0xac00;
  if (code < 0 || code > 11171) return letter;
  const [first, vowels, last] = NAMES.hangul;
  return first[Math.floor(code / 588)] + vowels[Math.floor((code % 588) / 28)] + last[code % 28];
}

function latin(text) {
  if (isAscii(text)) return fold(text);
  let letters = caseless(text.normalize('NFKC')).normalize('NFC').replace(/([เแโใไເແໂໃໄ])([\u0e01-\u0e2e\u0e81-\u0eae])/gu, '$2$1');
  for (const [place, sound] of PLACED) letters = letters.replace(place, sound);
  letters = letters.replace(TOGETHER, (match) => NAMES.together[match]).replace(/[ーｰـ\u0e4c\u0e47]/gu, '').replace(/./gsu, spelled);
  return fold(letters.replace(/(?<![a-z])u~(?=[aeo])/g, 'w').replace(/[aeiou]~y?(?=[aeiou])/g, '')) || fold(text);
}

const squeezed = (text) => text.replace(/(.)\1+/gu, '$1');

function most(lists) {
  let found = [''];
  for (const list of lists) found = found.flatMap((start) => list.map((end) => start + end));
  return found.slice(0, 6);
}

const kept = new Map();
function remembered(key, make) {
  if (!kept.has(key)) kept.set(key, make());
  return kept.get(key);
}

const skeletons = (word) => remembered(`k${word}`, () => {
  const heard = [...word.matchAll(KINDS)].map((match) => (match[0] === 'h' && !match.index ? ['', 'K'] : NAMES.kinds[match[0]]));
  const found = [...new Set(most(heard.filter((each) => each.length > 1 || each[0])).map(squeezed).filter(Boolean))];
  return found.length ? found : [word];
});

const joinedSkeletons = (list) => [...new Set(most(list.map(skeletons)).map(squeezed))];

const sound = (word) => remembered(`s${word}`, () => {
  let heard = word.replace(/(?:^|(?<=[mng]))j(?=[aeiou])/g, 'S').replace(SOUNDS, (match) => NAMES.sounds[match]);
  for (const end of ['ff', 'f']) if (heard.endsWith(end) && heard.length > 3) heard = `${heard.slice(0, -end.length)}v`;
  return heard.replace(/(.)(?<!\1\1)\1(?!\1)/gu, '$1') || word;
});

// Jaro-Winkler: letters that both have within a window, less those out of order; a common beginning counts more.
function jaroWinkler(one, other) {
  if (one === other) return 1;
  const window = Math.max(0, Math.floor(Math.max(one.length, other.length) / 2) - 1);
  const taken = new Set();
  const mine = [...one].filter((letter, at) => {
    for (let there = Math.max(0, at - window); there <= Math.min(other.length - 1, at + window); there += 1) {
      if (!taken.has(there) && other[there] === letter) return taken.add(there);
    }
    return false;
  });
  if (!mine.length) return 0;
  const theirs = [...other].filter((_, at) => taken.has(at));
  const moved = Math.floor(mine.filter((letter, at) => letter !== theirs[at]).length / 2);
  const jaro = (mine.length / one.length + mine.length / other.length + (mine.length - moved) / mine.length) / 3;
  let same = 0;
  while (same < 4 && same < one.length && one[same] === other[same]) same += 1;
  return jaro > 0.7 ? jaro + same * 0.1 * (1 - jaro) : jaro;
}

// Letters wrong, missing or too many; two that changed places count once.
function typosBetween(one, other) {
  const rows = [Array.from({length: other.length + 1}, (_, at) => at)];
  for (let here = 1; here <= one.length; here += 1) {
    rows.push([here]);
    for (let there = 1; there <= other.length; there += 1) {
      let least = Math.min(rows[here - 1][there] + 1, rows[here][there - 1] + 1, rows[here - 1][there - 1] + (one[here - 1] === other[there - 1] ? 0 : 1));
      if (here > 1 && there > 1 && one[here - 1] === other[there - 2] && one[here - 2] === other[there - 1]) least = Math.min(least, rows[here - 2][there - 2] + 1);
      rows[here].push(least);
    }
  }
  return rows[one.length][other.length];
}

const alikeness = (one, other) => (jaroWinkler(one, other) + 1 - typosBetween(one, other) / (Math.max(one.length, other.length) || 1)) / 2;
const romanised = (alike) => WEIGHTS.romanised + WEIGHTS.alike * (Math.max(0, alike - NAMES.alike) / (1 - NAMES.alike));
const leastAlike = (shared) => (Math.max(...shared.map((each) => each.length)) >= NAMES.many ? NAMES.alikeIfLong : NAMES.alike);
const scriptOf = (word) => (isAscii(word) ? 'Latin' : ['Latin', 'Cyrillic', 'Greek', 'Hangul', 'Han', 'Katakana', 'Hiragana', 'Arabic', 'Hebrew', 'Thai', 'Georgian', 'Armenian', 'Devanagari', 'Bengali'].find((name) => new RegExp(`^\\p{Script=${name}}`, 'u').test(word)));

function wordsOf(text) {
  const own = fold(text.slice(0, 300)).split(' ');
  const romanised = isAscii(text) ? own : latin(text.slice(0, 300)).split(' ');
  const forms = own.length === romanised.length ? own.map((word, at) => [word, romanised[at]]) : romanised.map((word) => [word, word]);
  return {own, latin: romanised, forms, joined: own.join(''), script: scriptOf(own[0])};
}
