"""The words that the index knows and a query asks for. Pure: no database, no page.

A page is a set of tokens, made of a-z, 0-9 and three signs, which every database keeps as they are:

    dinh      the syllable stands somewhere in the page, whatever its marks
    =d9inh2   it stands there with just these marks (đình)
    gia_dinh  these two syllables stand side by side
    t:dinh t=d9inh2 t:gia_dinh   the same, in the title
    k:tin_tuc the page is of this kind
"""

from collections.abc import Iterator

from portal.core.text import exact_key, search_key, words

MAX_QUERY_WORDS = 12
#: A database refuses words without end; nobody types them.
MAX_KEY_LENGTH = 60


def _tokens(text: str, sign: str = "") -> Iterator[str]:
    """Tokens of a text; `sign` is `t` for a title."""
    prefix = f"{sign}:" if sign else ""
    previous = ""
    for word in words(text):
        key = search_key(word)[:MAX_KEY_LENGTH]
        yield prefix + key
        exact = exact_key(word)[:MAX_KEY_LENGTH]
        if exact != key:
            yield f"{sign}={exact}"
        if previous:
            yield f"{prefix}{previous}_{key}"
        previous = key


def kind_token(kind: str) -> str:
    """The token of all pages of one kind."""
    return f"k:{kind.replace('-', '_')}"


def page_tokens(title: str, text: str, kind: str) -> set[str]:
    """Everything that a page can be found by."""
    return {*_tokens(title), *_tokens(text), *_tokens(title, "t"), kind_token(kind)}


def query_tiers(query: str) -> list[list[str]]:
    """Token lists to look for, best answer first; the last one is what every answer must have.

    Marks come before place, place before phrase: a mark that was typed is meant, so pages with exactly these words
    come first; then a hit in the title counts more than one in the text, and the phrase more than scattered words.
    """
    asked = " ".join(list(words(query))[:MAX_QUERY_WORDS])
    anywhere, in_title = _sorted_out(asked, ""), _sorted_out(asked, "t")
    tiers = []
    for marks in (True, False):
        for plain, exact, pairs in (in_title, anywhere):
            if marks and not exact:
                continue
            known = plain + exact if marks else plain
            tiers += [known + pairs, known] if pairs else [known]
    return tiers if anywhere[0] else []


def _sorted_out(query: str, sign: str) -> tuple[list[str], list[str], list[str]]:
    """Tokens of a query: of syllables, of syllables with their marks, of neighbours."""
    tokens = list(dict.fromkeys(_tokens(query, sign)))
    exact = [token for token in tokens if "=" in token]
    pairs = [token for token in tokens if "_" in token]
    return [token for token in tokens if token not in {*exact, *pairs}], exact, pairs
