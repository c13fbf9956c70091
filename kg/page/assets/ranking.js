// What a name is worth as an answer, by the rules of kg.lookup: nearness of words, then of whole names.
function byLetters(sought, word) {
  if (sought === word) return {value: WEIGHTS.same, how: 'same'};
  if (word.startsWith(sought)) {
    if (sought.length === 1) return {value: WEIGHTS.initial, how: 'initial'};
    return {value: sought.length < NAMES.long ? WEIGHTS.beginning : WEIGHTS.long_beginning, how: 'beginning'};
  }
  return word.length === 1 && sought.startsWith(word) ? {value: WEIGHTS.initial, how: 'initial'} : null;
}

function bySound(sought, word) {
  if (!isAscii(sought) || !isAscii(word)) return null;
  const [one, other] = [sound(sought), sound(word)];
  const shared = skeletons(sought).filter((each) => skeletons(word).includes(each));
  if (other.length > 1 && one === other) return {value: WEIGHTS.sound, how: 'sound'};
  if (!shared.length) return null;
  const alike = alikeness(one, other);
  return alike >= leastAlike(shared) ? {value: romanised(alike), how: 'romanised'} : null;
}

function byTypo(sought, word) {
  const usual = /\p{N}/u.test(sought) || sought.length < 4 ? 0 : sought.length < 8 ? 1 : 2;
  const ends = sought.startsWith(word) && sought.length === word.length + 2 && word.length > NAMES.long;
  const allowed = ends ? 2 : usual;
  if (!allowed || Math.abs(sought.length - word.length) > allowed) return null;
  const typos = typosBetween(sought, word);
  return typos && typos <= allowed ? {value: WEIGHTS.typo - WEIGHTS.each_typo * typos, how: 'typo'} : null;
}

const better = (one, other) => (!other || (one && one.value >= other.value) ? one : other);

function nearWords([own, romanisedWord], vocabulary) {
  const found = new Map();
  for (const word of vocabulary) {
    let near = better(bySound(romanisedWord, word), byTypo(romanisedWord, word));
    if (!near && own !== romanisedWord) near = byTypo(own, word);
    if (near) found.set(word, near);
  }
  return found;
}

function matched(sought, name, nearby) {
  const found = [];
  sought.forms.forEach(([own], place) => name.forms.forEach(([its, inLatin], other) => {
    const near = better(better(byLetters(own, its), nearby && nearby[place].get(its)), nearby && nearby[place].get(inLatin));
    if (near) found.push({place, other, ...near});
  }));
  found.sort((one, two) => two.value - one.value || one.place - two.place || one.other - two.other);
  const pairs = [];
  for (const pair of found) if (!pairs.some((held) => held.place === pair.place || held.other === pair.other)) pairs.push(pair);
  return pairs;
}

const weighed = (value, isWeak) => Math.round(value * (isWeak ? WEIGHTS.weak_part : 1) * 1e6) / 1e6;
const sameWords = (one, other) => [...one].sort().join(' ') === [...other].sort().join(' ');

function score(sought, name, isWeak, nearby) {
  if (sought.joined === name.joined && !sameWords(sought.own, name.own)) return weighed(WEIGHTS.spacing, isWeak);
  const pairs = matched(sought, name, nearby);
  const missing = sought.forms.length - pairs.length;
  const isExtra = pairs.length === name.forms.length && pairs.length > 1 && missing <= (pairs.length < 3 ? 1 : 2);
  if (missing && !isExtra) return 0;
  const values = pairs.map((pair) => pair.value);
  if (missing && Math.min(...values) < WEIGHTS.initials) return 0;
  let value = 0.7 * Math.min(...values) + 0.3 * (values.reduce((sum, each) => sum + each, 0) / values.length);
  const others = [...pairs].sort((one, two) => one.place - two.place).map((pair) => pair.other);
  const inOrder = others.every((other, at) => !at || others[at - 1] < other);
  if (pairs.length === name.forms.length && pairs.every((pair) => pair.how !== 'beginning')) {
    if (!inOrder) value = value === 1 && !missing ? WEIGHTS.order : value * WEIGHTS.other_order;
    value -= WEIGHTS.extra_word * missing;
  } else {
    value *= WEIGHTS.part + WEIGHTS.share * Math.min(1, sought.joined.length / Math.max(1, name.joined.length));
    if (inOrder && pairs.some((pair) => !pair.place && !pair.other)) value += WEIGHTS.front;
  }
  if (pairs.some((pair) => pair.how === 'typo') && sought.script !== name.script) value *= WEIGHTS.other_script;
  return weighed(value, isWeak);
}

function scoreJoined(sought, name, isWeak) {
  const theirs = joinedSkeletons(name.latin);
  const shared = joinedSkeletons(sought.latin).filter((each) => theirs.includes(each));
  if (!shared.length) return 0;
  const [one, other] = [sound(sought.latin.join('')), sound(name.latin.join(''))];
  const alike = alikeness(one, other);
  if (alike < (sought.script === name.script ? NAMES.alikeInOneScript : leastAlike(shared))) return 0;
  return weighed(one === other ? WEIGHTS.sound : romanised(alike), isWeak);
}
