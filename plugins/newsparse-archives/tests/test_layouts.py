"""What each layout states comes out, and nothing of it is guessed again."""

from typing import Any

import pytest

from newsparse import Article, Role

# What every invented story says.
WORDS = (
    "The ferry to the northern isle was late again on Monday, said the harbour master, who blamed the fog and the tide."
)

CLASSIC = {
    "headline": "Ferry Late Again",
    "byline": "Jane Doe and John Roe",
    "authors": ("Jane Doe", "John Roe"),
    "section": "NEWS; Pg. 7",
    "source": "The Harbour Post (Northport)",
    "published": "2011-03-04",
    "dateline": "NORTHPORT",
    "language": "en",
    "word_count": 1355,
    "edition": "Late Edition; North",
    "load_date": "March 4, 2011",
    "publication_type": "Newspaper",
    "journal_code": "HPN",
    "copyright": "Copyright 2011 Harbour Press Ltd All Rights Reserved",
    "body": (WORDS, f"Story 1 goes on: {WORDS}"),
}
INDEXED = {
    "headline": "Ferry late again",
    "byline": "By Jane Doe",
    "authors": ("Jane Doe",),
    "section": "News",
    "source": "The Harbour Post",
    "published": "2011-03-04T15:32",
    "language": "en",
    "word_count": 295,
    "time": "15:32",
    "source_code": "HARBP",
    "page": "7",
    "copyright": "(c) 2011 Harbour Press Ltd",
    "accession": "HARBP00020110304e7340001r",
}

CASES = {
    "classic": (
        "lexisnexis",
        "lexisnexis.txt",
        [CLASSIC, {"headline": "Ferry Late Again", "authors": ("Jane Doe", "John Roe")}],
    ),
    "classic-german": (
        "lexisnexis",
        "lexisnexis-german.txt",
        [
            {
                "headline": "Fähre wieder zu spät",
                "byline": "Von Anna Kunz",
                "authors": ("Anna Kunz",),
                "section": "LOKALES; S. 3",
                "source": "Hafenblatt",
                "published": "2011-03-04",
                "edition": "Gesamtausgabe",
                "word_count": 210,
                "language": "de",
                "captions": ("Die Fähre im Nebel Foto: Kunz",),
            },
            {"headline": "Nebel lichtet sich", "published": "2011-03-05", "word_count": 90, "byline": None},
        ],
    ),
    "classic-french": (
        "lexisnexis",
        "lexisnexis-french.txt",
        [
            {
                "headline": "Le bac encore en retard",
                "byline": "Jean Dupont",
                "section": "RÉGIONS; Pg. 4",
                "source": "La Gazette du Port",
                "published": "2011-03-04",
                "word_count": 180,
                "language": "fr",
            }
        ],
    ),
    "classic-html": (
        "lexisnexis",
        "lexisnexis.html",
        [
            {
                "headline": "Ferry Late; Again",
                "byline": "By JANE DOE",
                "published": "2011-03-04",
                "edition": "Late Edition; Corrected",
                "word_count": 584,
                "captions": ("Map: the isle",),
                "body": ("Some text.", '"More" text.'),
                "copyright": "Copyright 2011 Harbour Press",
            }
        ],
    ),
    "nexis-uni": (
        "lexisnexis",
        "nexis-uni.txt",
        [
            {
                "headline": "Ferry Late Again",
                "deck": ("Passengers wait for hours at the pier",),
                "byline": "Jane Doe",
                "section": "NEWS; Pg. 7",
                "source": "The Harbour Post (Northport)",
                "published": "2011-03-04T10:15",
                "word_count": 1355,
                "captions": ("The ferry in fog",),
                "subjects": ["FERRIES", "FOG"],
                "load_date": "March 5, 2011",
                "body": (WORDS, f"{WORDS} Twice."),
            },
            {"headline": "Fog Lifts", "published": "2011-03-05", "byline": None, "word_count": 80},
        ],
    ),
    "factiva-indexed": (
        "factiva",
        "factiva-indexed.txt",
        [
            INDEXED
            | {
                "lead": WORDS,
                "subjects": ["Ferries", "Fog"],
                "regions": ["Northport", "Europe"],
                "captions": ("The ferry in fog",),
                "body": (WORDS, f"{WORDS} Twice."),
            },
            {"headline": "Fog lifts", "published": "2011-03-05", "byline": None, "body": (WORDS,)},
        ],
    ),
    "factiva-plain": (
        "factiva",
        "factiva-plain.txt",
        [
            INDEXED | {"headline": "Ferry late again after night of fog"},
            {"headline": "Fog lifts over the northern isle", "published": "2011-03-05", "section": None},
        ],
    ),
    "factiva-html": (
        "factiva",
        "factiva-plain.html",
        [
            INDEXED | {"body": (WORDS, f"A & B é {WORDS}")},
            {"headline": "Fog lifts", "source": "The Harbour Post", "body": (WORDS,)},
        ],
    ),
    "factiva-xml": (
        "factiva",
        "factiva.xml",
        [
            {
                "headline": "Ferry late again",
                "byline": "By Jane Doe",
                "authors": ("Jane Doe",),
                "published": "2011-03-04T01:35:58Z",
                "source": "The Harbour Post",
                "language": "en",
                "lead": WORDS,
                "regions": ["Northport", "Europe"],
                "body": (WORDS, f"A & <B> {WORDS}"),
                "word_count": 295,
            },
            {"headline": "Fog lifts", "accession": "HARBP00020110305e7350002s", "body": (WORDS,)},
        ],
    ),
    "proquest": (
        "proquest",
        "proquest.txt",
        [
            {
                "headline": "Ferry late again",
                "byline": "Doe, Jane; Roe, John",
                "authors": ("Jane Doe", "John Roe"),
                "published": "2011-03-04",
                "source": "The Harbour Post",
                "page": "A7",
                "subjects": ["Ferries", "Fog"],
                "regions": ["Northport"],
                "language": "en",
                "accession": "430000001",
                "abstract": "A ferry was late.",
            },
            {"headline": "Fog lifts", "published": "2011-03-05", "source": "The Harbour Post", "authors": ()},
        ],
    ),
    "europresse": (
        "europresse",
        "europresse.html",
        [
            {
                "headline": "Le bac en retard",
                "deck": ("Le brouillard en cause",),
                "byline": "Jean Dupont",
                "source": "La Gazette",
                "issue": "4301",
                "section": "Régions",
                "published": "2011-03-04",
                "word_count": 450,
                "page": "4",
                "accession": "news·20110304·GP·0001",
                "body": ("Le bac est arrivé en retard.", "Le capitaine accuse le brouillard."),
            },
            {"headline": "Le brouillard se lève", "published": "2011-03-05", "body": ("Tous les bateaux sortent.",)},
        ],
    ),
    "europresse-before": (
        "europresse",
        "europresse-before.html",
        [
            {
                "headline": "Le bac encore en retard",
                "byline": "Jean Dupont",
                "authors": ("Jean Dupont",),
                "source": "La Gazette",
                "section": "Régions",
                "published": "2011-03-04",
                "page": "4",
                "accession": "news·20110304·GP·0001",
                "copyright": "© 2011 La Gazette. Tous droits réservés.",
                "body": (
                    "Le bac est arrivé en retard, a dit le capitaine du port lundi matin.",
                    "Il accuse le brouillard et la marée.",
                ),
            },
            {"headline": "Le brouillard se lève", "byline": None, "published": "2011-03-05"},
        ],
    ),
}


def value(article: Article, name: str) -> Any:
    """A field of an article as the cases write it, or a name in `extra`."""
    if name == "published":
        return article.published and article.published.iso
    if name == "dateline":
        return article.dateline and article.dateline.raw
    if name == "captions":
        return tuple(caption.text for caption in article.captions)
    return getattr(article, name) if hasattr(article, name) else article.extra.get(name)


@pytest.mark.parametrize(("reader", "name", "expected"), CASES.values(), ids=CASES.keys())
def test_what_a_record_states_comes_out(read, export, reader, name, expected):
    articles = [article for dump in read(reader, export(name)) for article in dump.articles]
    assert [
        {name: value(article, name) for name in want} for article, want in zip(articles, expected, strict=True)
    ] == [*expected]


@pytest.mark.parametrize(("reader", "name", "expected"), CASES.values(), ids=CASES.keys())
def test_every_line_has_the_role_that_the_layout_gives_it(read, export, reader, name, expected):
    for dump in read(reader, export(name)):
        assert len(dump.articles) <= 1
        for line in dump.lines:
            assert bool(line.text) or line.role is Role.BLANK
            assert line.role in {
                Role.FIELD,
                Role.HEADLINE,
                Role.DECK,
                Role.BYLINE,
                Role.BODY,
                Role.OTHER,
                Role.FURNITURE,
                Role.BLANK,
            }


def test_a_label_inside_of_the_text_is_text(read, classic, export):
    first = read("proquest", export("proquest.txt"))[0].articles[0]
    assert any(paragraph.startswith("Title: the play") for paragraph in first.body)
    text = classic().replace("Story 1 goes on", "LANGUAGE: she asked.\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n\nAnd")
    assert "LANGUAGE: she asked." in read("lexisnexis", text)[0].articles[0].body


def test_a_headline_may_look_like_a_label(read, classic):
    (dump,) = read("lexisnexis", classic(headline="WAR: A Ferry Is Late"))
    assert dump.articles[0].headline == "WAR: A Ferry Is Late"


def test_a_headline_over_two_lines_is_one(read, classic):
    (dump,) = read("lexisnexis", classic(headline="Ferry Late Again; Harbour Master\nBlames the Fog"))
    assert dump.articles[0].headline == "Ferry Late Again; Harbour Master Blames the Fog"


def test_blank_lines_in_the_text_part_nothing_but_paragraphs(read, classic):
    (dump,) = read("lexisnexis", classic().replace("Story 1", "\n\n\nStory 1"))
    assert len(dump.articles) == 1
    assert len(dump.articles[0].body) == 2


def test_a_record_without_a_length_is_read_by_its_other_labels(read, classic):
    text = classic(more="GRAPHIC: Map of the isle\n\n").replace("LENGTH: 1,355 words\n", "")
    article = read("lexisnexis", text)[0].articles[0]
    assert article.headline == "Ferry Late Again"
    assert len(article.body) == 2
    assert [caption.text for caption in article.captions] == ["Map of the isle"]
    assert "word_count" not in article.extra


def test_a_graphic_may_have_several_paragraphs(read, classic):
    text = classic(more="GRAPHIC: The ferry in fog\n\nThe pier, seen from\nthe isle\n\n")
    assert [caption.text for caption in read("lexisnexis", text)[0].articles[0].captions] == [
        "The ferry in fog",
        "The pier, seen from the isle",
    ]


def test_a_date_that_cannot_be_read_stays_as_it_stands(read, export):
    article = read("factiva", export("factiva-indexed.txt").replace("PD   4 March 2011", "PD   Winter term"))[
        0
    ].articles[0]
    assert (article.published, article.extra["date"]) == (None, "Winter term")


def test_lines_of_the_head_that_no_slot_takes_keep_none_from_its_own(read, export):
    text = export("factiva-plain.html").replace("<div>7</div>", "<div>Late Edition</div><div>Sea</div><div>7</div>")
    article = read("factiva", text)[1].articles[0]
    assert (article.extra["edition"], article.extra["page"], article.language) == ("Late Edition", "7", "en")
    assert article.extra["copyright"] == "(c) 2011 Harbour Press Ltd"


def test_a_quarterly_has_a_season_for_a_date(read, classic):
    article = read("lexisnexis", classic().replace("March 4, 2011 Friday", "Winter 2011"))[0].articles[0]
    assert (article.headline, article.published, article.extra["date"]) == ("Ferry Late Again", None, "Winter 2011")


def test_a_language_that_is_unknown_stays_in_words(read, classic):
    article = read("lexisnexis", classic().replace("ENGLISH", "KLINGON"))[0].articles[0]
    assert article.extra["language"] == "KLINGON"


def test_wrapped_lines_are_one_block_with_one_span(read, classic):
    (dump,) = [dump for dump in read("lexisnexis", classic()) if dump.articles]
    (article,) = dump.articles
    blocks = [block for block in article.blocks if block.role is Role.BODY]
    assert article.text == f"{WORDS}\n\nStory 1 goes on: {WORDS}"
    assert [" ".join(dump.text[slice(*block.span)].split()) for block in blocks] == list(article.body)


def test_a_headline_that_looks_like_a_label_is_the_headline(read, classic):
    text = classic(headline="LANGUAGE: the ferry that speaks")
    (article,) = read("lexisnexis", text)[-1].articles
    assert (article.headline, article.language) == ("LANGUAGE: the ferry that speaks", "en")


def test_a_graphic_without_text_is_a_caption(read):
    page = """
                               1 of 1 DOCUMENT

                            The Harbour Post

                            March 4, 2011 Friday

GRAPHIC: Chart of the ferries

LOAD-DATE: March 4, 2011

LANGUAGE: ENGLISH

                       Copyright 2011 Harbour Press
"""
    (article,) = read("lexisnexis", page)[-1].articles
    assert (article.headline, article.body, article.source) == (None, (), "The Harbour Post")
    assert [caption.text for caption in article.captions] == ["Chart of the ferries"]


def test_a_label_may_open_the_text(read, classic):
    text = classic().replace(f"{WORDS[:10]}", f"BODY:\n{WORDS[:10]}", 1)
    (article,) = read("lexisnexis", text)[-1].articles
    assert " ".join(article.body).startswith(WORDS)


@pytest.mark.parametrize(
    "lines", ["Copyright 2011 Harbour\nLate Edition", "Late Edition\nCopyright 2011 Harbour"], ids=ascii
)
def test_edition_and_rights_come_in_either_order(read, lines):
    page = f"Documents (1)\n1. Ferry Late\n\nFerry Late\nThe Harbour Post\nMarch 4, 2011 Friday\n{lines}\n"
    page += f"Length:\u00a0355 words\nBody\n\n{WORDS}\n\nLoad-Date: March 4, 2011\n\nEnd of Document\n"
    article = [article for dump in read("lexisnexis", page) for article in dump.articles][-1]
    assert (article.extra["edition"], article.extra["copyright"]) == ("Late Edition", "Copyright 2011 Harbour")


TIGHT = """HD Ferry late again
BY Jane Doe
WC 295 words
PD 4 March 2011
SN The Harbour Post
LA English
LP {words}

TD It was the third time, the mayor said.

TD is no label twice. IN no case is it one.
ART Photo: The ferry.
NS gtr : Transport
PUB Harbour Press
AN Document HARBP00020110304e7340001r
"""


def test_one_blank_behind_every_label_is_enough(read):
    article = read("factiva", TIGHT.format(words=WORDS))[0].articles[0]
    assert article.body == (
        WORDS,
        "It was the third time, the mayor said.",
        "TD is no label twice. IN no case is it one.",
    )
    assert [caption.text for caption in article.captions] == ["Photo: The ferry."]
    assert (article.extra["subjects"], article.extra["publisher"]) == (["Transport"], "Harbour Press")


def test_where_labels_stand_apart_a_word_inside_the_text_is_none(read):
    text = TIGHT.format(words=WORDS).replace("HD ", "HD   ").replace("WC ", "WC   ").replace("TD It", "TD   It")
    article = read("factiva", text)[0].articles[0]
    assert article.captions == ()


def test_every_label_behind_the_text_is_read_however_many_there_are(read):
    page = f"""
____________________________________________________________

Document 1 of 1

Ferry late again

Full text: {WORDS}

Subject: Ferries

Publication title: The Harbour Post

Publication year: 2011

Publication date: Mar 4, 2011

Publisher: Harbour Press

Place of publication: Northport

Country of publication: Northland

Publication subject: General Interest Periodicals

Section: News

Edition: Late

Series: 3

ISSN: 01234567

ProQuest document ID: 430000001
"""
    article = [article for dump in read("proquest", page) for article in dump.articles][-1]
    assert (article.body, article.source, article.section) == ((WORDS,), "The Harbour Post", "News")
    assert (article.extra["country_of_publication"], article.extra["subjects"]) == ("Northland", ["Ferries"])
