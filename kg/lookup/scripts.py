"""Letters of other alphabets in Latin ones, near enough to find a name by: the tables, and Hangul by its parts."""

from __future__ import annotations


def _table(letters: str, spelled: str) -> dict[str, str]:
    """One spelling for each letter; "-" is a letter without a sound of its own."""
    return {
        letter: "" if latin == "-" else latin for letter, latin in zip(letters, spelled.split(), strict=True)
    }


#: Russian, Ukrainian and other Cyrillic letters, near the way English newspapers spell them.
CYRILLIC = _table(
    "абвгґдеєёжзиіїйклмнопрстуўфхцчшщыэюяъьљњћђџјѓќѕәғқңөұүһҷҳӯӣ",
    "a b v g g d e ye yo zh z i i yi y k l m n o p r s t u w f kh ts ch sh shch y e yu ya - - lj nj c dj dz "
    "y g k dz a gh q ng o u u h j h u i",
)
GREEK = _table(
    "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
    "a v g d e z i th i k l m n x o p r s s t y f ch ps o a e i i o y o i y i y",
)
#: Without its points, Hebrew leaves most vowels out; vav and yod stand for u and i, alef and ayin for none.
HEBREW = _table("אבגדהוזחטיךכלםמןנסעףפץצקרשת", "- v g d h u z h t i k k l m m n n s - p p ts ts k r sh t")
#: Arabic with the letters of Persian, Urdu, Pashto, Kurdish and Uyghur.
ARABIC = _table(
    "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژڤگکیەېۆۇۈۋھڭںہۃےٹڈڑݣڨټډړږښګڼۍئ",
    "- a a u i i a b a t th j h kh d dh r z s sh s d t z - gh f q k l m n h u a i p ch zh v g k i e e o u u v h "
    "ng n h h e t d r g g t d r zh sh g n i i",
)
ARMENIAN = _table(
    "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
    "a b g d e z e e t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f ev",
)
GEORGIAN = _table(
    "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h",
)
#: Latin letters whose mark is a sound of its own; the others only lose theirs. Turkish, Slavic, scientific.
LATIN = _table(
    "šśşșŝčćçĉžźżẑțţñňńğəŏŭœæøåđðþłı",
    "sh sh sh sh shch ch ch s ch zh zh zh zh ts ts n n n g a o u oe ae o o d d th l i",
)

ALPHABETS: dict[str, str] = {
    **CYRILLIC, **GREEK, **HEBREW, **ARABIC, **ARMENIAN, **GEORGIAN, **LATIN
}  # fmt: skip

#: Several letters for one sound, spelled before the letters are looked up one by one.
TOGETHER: dict[str, str] = {
    "ג׳": "j", "ג'": "j", "ז׳": "zh", "ז'": "zh", "צ׳": "ch", "צ'": "ch", "ץ׳": "ch", "ץ'": "ch",
    "וו": "v", "יי": "i", "נג": "ng", "μπ": "b", "ντ": "d", "γκ": "g", "γγ": "g", "τζ": "j", "τσ": "ts",
    "ου": "u", "ού": "u", "αι": "e", "ει": "i", "οι": "i", "ευ": "ev", "αυ": "av", "νγκ": "ng",
    "تش": "ch", "نغ": "ng", "نج": "nj", "دج": "j", "ու": "u", "дж": "j", "\u091c\u093c": "z",
    "\u092b\u093c": "f", "\u09af\u09bc": "y", "\u0a1c\u0a3c": "z", "\u0a2b\u0a3c": "f",
}  # fmt: skip

# Revised Romanisation of Korean, letter by letter (National Institute of Korean Language, 2000-08-04); "-" is
# no sound. A syllable's code point is 0xAC00 + (initial * 21 + vowel) * 28 + final.
_INITIALS = "g kk n d tt r m b pp s ss - j jj ch k t p h"
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i"
_FINALS = "- k k ks n nj nh t l lk lm lp ls lt lp lh m p ps t t ng t t k t p t"
HANGUL = tuple([("" if p == "-" else p) for p in column.split()] for column in (_INITIALS, _VOWELS, _FINALS))
_FIRST, _LAST = 0xAC00, 0xD7A3


def hangul_syllable(code: int) -> str | None:
    """A Hangul syllable in Latin letters, ``None`` for any other character.

    >>> "".join(hangul_syllable(ord(c)) for c in "북한")
    'bukhan'
    """
    if not _FIRST <= code <= _LAST:
        return None
    initial, rest = divmod(code - _FIRST, 21 * 28)
    vowel, final = divmod(rest, 28)
    return HANGUL[0][initial] + HANGUL[1][vowel] + HANGUL[2][final]
