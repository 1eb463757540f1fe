import json
from pathlib import Path

import pytest

from newsparse import locales
from newsparse.errors import RecordError
from newsparse.lines import normalise
from newsparse.locales import GENERAL, KINDS, Locale, core_locales, merge_locales, read_locale

LOCALES = {locale.name: locale for locale in core_locales()}
LANGUAGES = [locale for name, locale in LOCALES.items() if name != GENERAL]
# English leans on the general locale, which holds the names that English papers print.
FULL_LANGUAGES = [locale for locale in LANGUAGES if locale.name != "en"]

NAMES = "ar cs da de en es fa fr he hi id it ja ko nb nl pl pt ru sv th tr uk vi zh"

SCRIPTS = "Arabic Cyrillic Devanagari Han Hangul Hebrew Hiragana Katakana Latin Thai"

# Where the case of a word tells what it is, or is how a name is written.
CASED = ("agencies.names", "dates.zones", "datelines.cities")

# What only some languages have, and who.
ONLY = {
    "dates.signs": "ja ko zh",
    "datelines.closers": "ja ko zh",
    "names.articles": "de es fr it nl pt",
    # Persons of every country stand in every paper: the general locale holds them all.
    "names.given": "",
}
# What a language truly has not, and why.
LACKING = (
    ("dates.fillers", "ko", "nothing stands between the parts of its dates"),
    ("dates.ordinals", "ar cs da de fa he hi id ja ko nb pl th tr vi", "a day's number takes a full stop or no ending"),
    ("dates.at", "ja ko zh", "the time follows the date without a word"),
    ("dates.hours", "da he id nb sv tr", "a time stands bare, or its word stands before it"),
    ("captions.clients", "ja ko zh", "a particle hangs on the paper's name"),
    ("names.particles", "ja ko th vi zh", "its names hold no small words"),
)


def month_numbers(locale: Locale) -> dict[str, set[int]]:
    numbers: dict[str, set[int]] = {}
    for number, names in enumerate(locale.months, start=1):
        for name in names:
            numbers.setdefault(name, set()).add(number)
    return numbers


def test_the_core_ships_the_general_locale_first_and_these_languages() -> None:
    assert list(LOCALES) == [GENERAL, *NAMES.split()]


@pytest.mark.parametrize("kind", KINDS)
def test_every_language_fills_every_kind_it_has(kind: str) -> None:
    lacking = {name for lacked, names, _ in LACKING if lacked == kind for name in names.split()}
    if kind in ONLY:
        lacking = set(NAMES.split()) - set(ONLY[kind].split())
    assert {locale.name for locale in FULL_LANGUAGES if not locale.of(kind)} == lacking - {"en"}


def test_the_parsed_tables_are_those_of_the_files() -> None:
    files = locales.locale_files()
    # Else run: python tools/locales.py
    parsed = Path(locales.__file__).with_name(locales.PARSED).read_text(encoding="utf-8")
    assert json.loads(parsed.split("\n")[0]) == locales.digest_of(files)
    assert core_locales() == [read_locale(text.decode()) for text in files]


def test_a_file_that_was_changed_counts_and_not_its_parsed_table(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = [*locales.locale_files()[:-1], b'name = "zz"']
    monkeypatch.setattr(locales, "locale_files", lambda: changed)
    assert core_locales()[-1].name == "zz"


every_language = pytest.mark.parametrize("locale", LANGUAGES, ids=lambda locale: locale.name)


@every_language
def test_a_language_has_twelve_months_and_seven_weekdays_with_names(locale: Locale) -> None:
    assert [bool(names) for names in locale.months] == [True] * 12
    assert [bool(names) for names in locale.weekdays] == [True] * 7


@every_language
def test_a_language_has_a_title_scripts_and_an_order_of_dates(locale: Locale) -> None:
    assert locale.title
    assert locale.scripts
    assert set(locale.scripts) <= set(SCRIPTS.split())
    # London and New York write figures in different orders, so English has none.
    assert locale.order in (("",) if locale.name == "en" else ("dmy", "mdy", "ymd"))


@every_language
def test_a_language_writes_its_words_in_small_letters_without_blanks_around_them(locale: Locale) -> None:
    words = [word for kind in KINDS if kind not in CASED for word in locale.of(kind)]
    words += [word for names in (*locale.months, *locale.weekdays) for word in names]
    assert [word for word in words if word != word.lower() or word != word.strip()] == []


@every_language
def test_a_language_gives_each_word_of_a_kind_once(locale: Locale) -> None:
    doubled = []
    for kind in KINDS:
        keys = [word if kind in CASED else normalise(word) for word in locale.of(kind)]
        doubled += [(kind, key) for key in set(keys) if keys.count(key) > 1]
    assert doubled == []


@every_language
def test_a_language_gives_months_and_weekdays_without_a_final_stop_and_each_once(locale: Locale) -> None:
    names = [name for group in (*locale.months, *locale.weekdays) for name in group]
    assert [name for name in names if name.endswith(".")] == []
    assert len(names) == len(set(names))


@every_language
def test_a_language_has_function_words_enough_to_tell_it(locale: Locale) -> None:
    assert 40 <= len(locale.of("language.function_words")) <= 60


def test_scripts_without_blanks_are_marked() -> None:
    assert {locale.name for locale in LANGUAGES if not locale.spaced} == {"ja", "th", "zh"}


def test_no_line_of_furniture_is_a_function_word_of_another_language() -> None:
    owners = {word: locale.name for locale in LANGUAGES for word in locale.of("language.function_words")}
    clashes = [
        (locale.name, kind, word, owners[word])
        for locale in LANGUAGES
        for kind in KINDS
        if kind.startswith("lines.")
        for word in locale.of(kind)
        if owners.get(word, locale.name) != locale.name
    ]
    assert clashes == []


HEADS = (
    "lines.more",
    "lines.related",
    "lines.paywall",
    "lines.newsletter",
    "lines.legal",
    "lines.topics",
    "lines.correction",
    "lines.biography",
    "dates.published",
    "dates.updated",
    "captions.file",
    "captions.handout",
    "captions.screenshot",
    "captions.illustration",
)


# A line's start is enough for these kinds, so one that opens ordinary sentences would throw text away.
@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Mehr als vierzig Boote liefen am Morgen aus.", "de"),
        ("Von dort aus ist die Küste zu sehen.", "de"),
        ("En ce moment, la marée est basse.", "fr"),
        ("Más de cuarenta barcos salieron al alba.", "es"),
        ("Además, el puerto sigue cerrado.", "es"),
        ("Mais de quarenta barcos saíram cedo.", "pt"),
        ("Data shows that the tide is late.", "it"),
        ("Still, the harbour stays closed.", "nl"),
        ("Terkait banjir itu, pelabuhan ditutup.", "id"),
        ("Na ten temat mówił kapitan portu.", "pl"),
        ("Главное событие дня прошло тихо.", "ru"),
        ("更多的船只在清晨出海。", "zh"),
        ("个人信息保护法草案周一公布。", "ja"),
        ("نشر الجيش قواته قرب المرفأ.", "ar"),
    ],
)
def test_no_head_opens_an_ordinary_sentence(sentence: str, name: str) -> None:
    key = normalise(sentence)
    unspaced = not LOCALES[name].spaced
    found = [
        (kind, word)
        for kind in HEADS
        for word in LOCALES[name].of(kind)
        if key.startswith(normalise(word)) and (unspaced or not key[len(normalise(word)) :][:1].isalnum())
    ]
    assert found == []


def test_the_merged_locale_gives_every_month_name_one_month() -> None:
    merged = merge_locales(LOCALES.values())
    assert {name: numbers for name, numbers in month_numbers(merged).items() if len(numbers) > 1} == {}
    for locale in LANGUAGES:
        assert month_numbers(locale).items() <= month_numbers(merged).items()


def test_no_name_of_a_month_is_a_weekday_elsewhere() -> None:
    merged = merge_locales(LOCALES.values())
    weekdays = {name for names in merged.weekdays for name in names}
    assert weekdays.isdisjoint(month_numbers(merged))


@pytest.mark.parametrize(
    ("native", "foreign"),
    [
        ("zh", "港の封鎖について市は説明していない。"),
        ("ja", "这座港口已经关闭，我们没有得到说明。"),
    ],
)
def test_chinese_and_japanese_do_not_take_each_other_for_their_own(native: str, foreign: str) -> None:
    assert [word for word in LOCALES[native].of("language.function_words") if word in foreign] == []


@pytest.mark.parametrize(
    "pair",
    ["da nb", "da sv", "nb sv", "cs pl", "ru uk", "es pt", "es it", "it pt", "ar fa"],
)
def test_sister_languages_have_frequent_words_that_the_other_has_not(pair: str) -> None:
    left, right = (set(LOCALES[name].of("language.function_words")) for name in pair.split())
    assert len(left - right) >= 18
    assert len(right - left) >= 18


# Each language must count more of its own words in its sentence than any other language does.
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("ar", "قال رئيس الميناء إن السفن التي وصلت من الشمال لم تغادر بعد"),
        ("cs", "Podle kapitána není jisté, že se lodě vrátí, protože přístav je zavřený"),
        ("da", "Havnen blev lukket efter stormen, og skibene kunne ikke sejle ud, siger kaptajnen"),
        ("de", "Der Hafen wurde nach dem Sturm geschlossen, und die Boote sind nicht ausgelaufen"),
        ("en", "The harbour was closed after the storm and the boats have not left, said its captain"),
        ("es", "El puerto fue cerrado tras la tormenta y los barcos no han salido, según su capitán"),
        ("fa", "بندر پس از توفان بسته شد و کشتی‌ها هنوز از آن بیرون نرفته است"),
        ("fr", "Le port a été fermé après la tempête et les bateaux ne sont pas sortis, selon le capitaine"),
        ("he", "הנמל נסגר לאחר הסערה, אבל לפי רב החובל גם הספינות לא יצאו"),
        ("hi", "तूफान के बाद बंदरगाह को बंद कर दिया गया है और नावें नहीं निकली हैं"),
        ("id", "Pelabuhan itu telah ditutup setelah badai dan kapal yang ada tidak bisa keluar"),
        ("it", "Il porto è stato chiuso dopo la tempesta e le barche non sono uscite, secondo il capitano della nave"),
        ("ko", "항구는 폭풍 때문에 닫혔다 그러나 배가 모두 돌아온 것으로 따르면 있다"),
        ("nb", "Havnen ble stengt etter uværet, og båtene har ikke kommet ut, sier kapteinen"),
        ("nl", "De haven werd na de storm gesloten en de boten zijn niet uitgevaren, zegt een kapitein"),
        ("pl", "Port został zamknięty po burzy, a łodzie nie wypłynęły, powiedział kapitan, który jest na miejscu"),
        ("pt", "O porto foi fechado após a tempestade e os barcos não saíram, segundo um capitão"),
        ("ru", "После шторма порт был закрыт, но корабли, которые были в море, уже вернулись"),
        ("sv", "Hamnen stängdes efter stormen och båtarna har inte gått ut, säger kaptenen som är där"),
        ("tr", "Liman fırtınadan sonra kapatıldı ve tekneler için yeni bir karar olduğu ifade edildi"),
        ("uk", "Після шторму порт був закритий, але кораблі, які були в морі, вже повернулися"),
        ("vi", "Cảng đã bị đóng sau cơn bão và các tàu không được ra khơi, theo lời của thuyền trưởng"),
    ],
)
def test_a_sentence_holds_most_function_words_of_its_own_language(name: str, sentence: str) -> None:
    words = {word.strip(",.") for word in sentence.lower().split()}
    counts = {locale.name: len(words & set(locale.of("language.function_words"))) for locale in LANGUAGES}
    own = counts.pop(name)
    assert own >= 3
    assert own > max(counts.values())


def test_merging_keeps_each_word_once_in_the_order_given() -> None:
    merged = merge_locales([LOCALES["de"], LOCALES["nl"]])
    credits = merged.of("captions.credits")
    assert credits[0] == "foto"
    assert len(credits) == len(set(credits))
    assert "beeld" in credits
    assert merged.name == "de"


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [
        ("name = ", "no TOML"),
        ("title = 'x'", "without a name"),
        ("name = 'xx'\n[lines]\nshares = ['x']", "unknown key lines.shares"),
        ("name = 'xx'\n[lines]\nshare = 'x'", "must be a list"),
        ("name = 'xx'\n[lines]\nshare = ['']", "must be a list"),
        ("name = 'xx'\n[dates]\nmonths = [['jan']]", "needs 12 lists"),
    ],
    ids=["broken", "nameless", "unknown", "text", "empty-word", "one-month"],
)
def test_a_faulty_locale_is_refused_with_the_reason(toml: str, complaint: str) -> None:
    with pytest.raises(RecordError, match=complaint):
        read_locale(toml)
