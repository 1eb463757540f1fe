"""The language of a text: told by function words, by a script of its own, or not at all."""

import pytest

from newsparse.languages import Languages
from newsparse.locales import core_locales

LANGUAGES = Languages(core_locales())


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("en", "The harbour office said on Monday that the ferries would run again after the storm had passed."),
        (
            "de",
            "Das Hafenamt teilte am Montag mit, dass die Fähren nach dem Sturm wieder fahren und nicht mehr warten.",
        ),
        ("fr", "Le port a annoncé lundi que les bateaux reprendraient la mer après la tempête dans la région."),
        ("es", "El puerto dijo el lunes que los barcos volverán a salir después de la tormenta en la región."),
        ("ru", "Управление порта сообщило в понедельник, что паромы снова пойдут после того, как буря прошла."),
        ("ko", "항만청은 월요일에 폭풍이 지나간 뒤 여객선 운항을 다시 시작한다고 밝혔다."),
        ("he", "רשות הנמל הודיעה ביום שני כי המעבורות ישובו להפליג לאחר הסערה."),
        ("ja", "港湾局は月曜日、嵐が過ぎたあとにフェリーの運航を再開すると発表した。"),
        (None, "Inkosi yathi ngoMsombuluko ukuthi imikhumbi izophinde ihambe ngemva kwesiphepho."),
        (None, "Harbour 2024: 14:3"),
        (None, ""),
    ],
    ids=lambda value: value[:12] if value else "none",
)
def test_the_language_of_a_text(expected: str | None, text: str) -> None:
    assert expected == LANGUAGES.language([text])


RESULTS = [
    ("en", "Port Amaro {} beat the {} of Lake Ister in the final of the cup."),
    ("de", "Hafen {} gegen {} Seestadt: das Finale der Pokalrunde an der Förde."),
    (None, "Umdlalo {} no {} eThekwini: owamanqamu wendebe ngeSonto ntambama."),
]


@pytest.mark.parametrize(("expected", "pattern"), RESULTS, ids=lambda value: str(value)[:12])
def test_a_list_of_results_has_the_language_of_the_words_between_the_names(expected: str | None, pattern: str) -> None:
    names = [f"Club{letter}{number}" for letter in "ABCDEFGH" for number in range(10)]
    paragraphs = [pattern.format(one, other) for one, other in zip(names[::2], names[1::2], strict=True)]
    assert expected == LANGUAGES.language(paragraphs)
