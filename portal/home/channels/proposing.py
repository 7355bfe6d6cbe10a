"""The words that each channel starts from, out of the article. Pure: an Article and an address in, text out."""

import re
from collections.abc import Iterable

from portal.core.channels.script import MAX_SECONDS, Announcement, Script, write_script
from portal.core.channels.spoken import spoken
from portal.core.text import words
from portal.home.channels.articles import POINT, Article
from portal.home.models.channels import Channel

#: Letters that a channel takes: what is longer nobody reads, or does not fit its sheet.
LIMITS = {
    Channel.LOUDSPEAKER: 2000,
    Channel.ZALO: 1500,
    Channel.FACEBOOK: 3000,
    Channel.NOTICE: 1500,
    Channel.POSTER: 260,
}
#: Paragraphs and points that one sheet of the notice board holds in letters that somebody reads standing.
NOTICE_LINES = 26
FACEBOOK_BODY = 700
#: Whoever missed the hour and the place hears them again.
TIMES_SAID = 2
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


def propose(channel: Channel, article: Article, *, address: str, short_address: str) -> str:
    """The text as the machine writes it; addresses are absolute, the long one carries the share picture."""
    if channel == Channel.LOUDSPEAKER:
        return script_of(article).text
    if channel == Channel.ZALO:
        return _stacked(article.title, article.lead, _facts(article), _ways(article, "Xem thêm", short_address))
    if channel == Channel.FACEBOOK:
        body = _that_fit(article.paragraphs, FACEBOOK_BODY)
        return _stacked(article.title, article.lead, body, _facts(article), _ways(article, "Đọc cả bài", address))
    if channel == Channel.NOTICE:
        return _that_fit((article.lead, *article.paragraphs)[:NOTICE_LINES], LIMITS[channel])
    return _that_fit((article.lead,), LIMITS[channel])


def script_of(article: Article) -> Script:
    """The loudspeaker's script, within its clock."""
    invited = (f"Mời {_inside(article.audience)}.",) if article.audience else ()
    bring = (f"Bà con mang theo {_inside(article.bring)}.",) if article.bring else ()
    return write_script(
        Announcement(
            title=article.title,
            paragraphs=(article.lead, *invited, *bring, *article.paragraphs),
            when=article.when_said,
            where=_inside(article.where),
            phone=article.hotline,
        ),
        year=article.year,
    )


def as_spoken(text: str, article: Article) -> str:
    """What an editor wrote for the loudspeaker, with every figure and sign in words; empty lines go."""
    said = spoken(text, year=article.year)
    return "\n".join(line for line in said.splitlines() if line)


def as_script(text: str) -> Script:
    """A kept text as its clock sees it."""
    return Script(tuple(text.splitlines()), left_out=0)


def notes_on(script: Script, article: Article) -> list[str]:
    """What an announcer would ask about this script, in words; empty when there is nothing."""
    notes = [f"Câu dài quá một hơi: “{line}”" for line in script.breathless]
    said = _bare(script.text)
    for name, fact in (("Giờ", article.when_said), ("Nơi", article.where)):
        if fact and said.count(_bare(spoken(fact, year=article.year))) < TIMES_SAID:
            notes.append(f"{name} chưa được nói hai lần.")
    if script.left_out:
        notes.append(f"Bài dài: máy bỏ {script.left_out} câu cuối để đọc trong {MAX_SECONDS} giây.")
    return notes


def _bare(text: str) -> str:
    """Words alone: where a sentence is cut does not change what was said."""
    return " ".join(words(text)).casefold()


def _facts(article: Article) -> str:
    return "\n".join(f"{name}: {fact}" for name, fact in article.facts)


def _ways(article: Article, name: str, address: str) -> str:
    hotline = f"\nHỏi thêm: {article.hotline}" if article.hotline else ""
    return f"{name}: {address}{hotline}"


def _stacked(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _that_fit(paragraphs: Iterable[str], limit: int) -> str:
    """Whole sentences from the beginning, as many as fit; paragraphs stay apart."""
    kept: list[str] = []
    left = limit
    for paragraph in filter(None, paragraphs):
        taken: list[str] = []
        for sentence in _SENTENCE_END.split(paragraph):
            left -= len(sentence) + 2
            if left < 0:
                break
            taken.append(sentence)
        if taken:
            kept.append(" ".join(taken))
        if left < 0:
            break
    # Points of a list stand close together.
    return "\n\n".join(kept).replace(f"\n\n{POINT}", f"\n{POINT}")


def _inside(phrase: str) -> str:
    """As it stands inside a sentence: “nhà văn hóa thôn”; a name of several capitals keeps them."""
    first, second = [*phrase.split(maxsplit=2), "", ""][:2]
    is_common = first[1:].islower() and second[:1].islower()
    return phrase[:1].lower() + phrase[1:] if is_common else phrase
