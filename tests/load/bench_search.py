"""The readers' search with 20 and with 2,000 stories on the current database; nothing it writes is kept.

`make bench` runs it; alone, on a throw-away site: `python -m tests.load.bench_search`.
"""

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta

FEW, MANY, ROUNDS = 20, 2000, 30
#: Every story has the first two; few have the third and fourth; the last is in none.
QUERIES = ("gia dinh so", "Gia đình số", "đăng ký", "duong len ban", "Tô", "Tơ", "chuyện điện thoại", "con tàu vũ trụ")
COMMON = """bà con xã thôn nhà máy điện thoại mạng học trả tiền mã quét khám bệnh giấy tờ cháu chợ nương rẫy lúa trâu
núi suối trường lớp cô thầy bác sĩ thuốc bảo hiểm tài khoản mật khẩu lừa đảo gọi nhắn họp ứng dụng cài đặt hướng dẫn
cách làm bước bấm nút xanh đỏ vàng trắng hôm nay mai sáng chiều tối tháng năm tuần hai ba bốn sáu bảy tám nước lửa"""
RARE = ("Ở bên Ba Tô có người đăng ký từ sớm.", "Sang xã Ba Tơ là tới đường lên bản.")


def story_words(number: int) -> str:
    """About 420 syllables, the same for the same number."""
    dice, words = random.Random(number), COMMON.split()
    sentences = [" ".join(dice.choices(words, k=14)).capitalize() + "." for _ in range(30)]
    sentences.insert(dice.randrange(30), "Nhà này nay là một gia đình số.")
    # The few have enough of them to fill a page of answers, so that both measures draw pages of the same length.
    if number < FEW or number % 31 == 0:
        sentences.insert(dice.randrange(30), RARE[number % 2])
    return " ".join(sentences)


def add_stories(numbers: range) -> None:
    """Published stories, one a day back from today's page of the calendar."""
    from tests.factories.core import a_body
    from tests.factories.stories import StoryPageFactory

    for number in numbers:
        StoryPageFactory(
            title=f"Câu chuyện thứ {number} của nhà bà con",
            published_on=date(2026, 11, 22) - timedelta(days=number % 700),
            body=a_body(story_words(number)),
        )


def milliseconds(action: Callable[[], object]) -> float:
    """The best of some rounds: what the machine's other work does not blur."""
    spent = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        action()
        spent.append(time.perf_counter() - started)
    return min(spent) * 1000


def measure() -> dict[str, tuple[int, float, float]]:
    """For each query: pages found, milliseconds of the selector, milliseconds of the whole page."""
    from django.test import Client

    from portal.home.search import search_pages

    client = Client(SERVER_NAME="127.0.0.1")
    return {
        query: (
            search_pages(query).total,
            milliseconds(lambda query=query: search_pages(query)),
            milliseconds(lambda query=query: client.get("/tim-kiem/", {"q": query})),
        )
        for query in QUERIES
    }


@contextmanager
def written_on_sand() -> Iterator[None]:
    """Everything written inside is taken back, and the staff's own indexes are left out of it."""
    from django.conf import settings
    from django.db import transaction
    from django.test import override_settings
    from wagtail.signal_handlers import disable_reference_index_auto_update

    backends = {name: {**backend, "AUTO_UPDATE": False} for name, backend in settings.WAGTAILSEARCH_BACKENDS.items()}
    with ExitStack() as stack:
        stack.enter_context(override_settings(WAGTAILSEARCH_BACKENDS=backends))
        stack.enter_context(disable_reference_index_auto_update())
        stack.enter_context(transaction.atomic())
        yield
        transaction.set_rollback(True)


def main() -> float:
    """Print the table; returns how many times longer the median search takes with 2,000 stories than with 20."""
    from django.db import connection

    with written_on_sand():
        add_stories(range(FEW))
        few = measure()
        add_stories(range(FEW, MANY))
        many = measure()
    print(f"\nSearch on {connection.vendor}, milliseconds with {FEW} stories → {MANY} stories")
    print(f"{'query':20} {'found':>12} {'search_pages':>18} {'whole page':>18}")
    for query in QUERIES:
        (found, alone, page), (found_many, alone_many, page_many) = few[query], many[query]
        found_both, alone_both = f"{found} → {found_many}", f"{alone:.1f} → {alone_many:.1f}"
        print(f"{query:20} {found_both:>12} {alone_both:>18} {f'{page:.1f} → {page_many:.1f}':>18}")
    alone, page = (ratio_of_medians(few, many, column) for column in (1, 2))
    print(f"median search: {alone:.2f} × as long with {MANY} stories; median page: {page:.2f} ×")
    return page


def ratio_of_medians(few: dict[str, tuple], many: dict[str, tuple], column: int) -> float:
    """Median over the queries with many stories by the same with few."""
    return statistics.median(row[column] for row in many.values()) / statistics.median(
        row[column] for row in few.values()
    )


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    main()
