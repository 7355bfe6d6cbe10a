"""Vietnamese text: normal form, folding, slugs, order, highlighted excerpts."""

import random
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.text import (
    Piece,
    collation_key,
    exact_key,
    excerpt,
    fold,
    highlight,
    nfc,
    search_key,
    slugify,
    syllables,
    vietnamese_sort_key,
    words,
)

VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
VIETNAMESE = VOWELS + VOWELS.upper() + "bcdđghklmnpqrstvxBCDĐGHKLMNPQRSTVX"
vietnamese = st.text(VIETNAMESE + " ,.-’'0123456789", max_size=60)
anything = st.text(max_size=40)
texts = vietnamese | anything | vietnamese.map(lambda text: unicodedata.normalize("NFD", text))


def nfd(text):
    return unicodedata.normalize("NFD", text)


def shuffled(items):
    return random.Random(7).sample(items, len(items))


def joined(pieces):
    return "".join(piece.text for piece in pieces)


def hits(pieces):
    return [piece.text for piece in pieces if piece.is_hit]


class TestNormalForm:
    def test_nfc_composes(self):
        assert nfc(nfd("Gia đình số")) == "Gia đình số"

    @pytest.mark.parametrize(("lookalike", "letter"), [("Ð", "Đ"), ("Ɖ", "Đ"), ("ð", "đ"), ("ɖ", "đ")])
    def test_nfc_replaces_the_lookalikes_of_d_with_stroke(self, lookalike, letter):
        assert nfc(f"{lookalike}ình") == f"{letter}ình"

    @given(texts)
    def test_nfc_twice_is_nfc_once(self, text):
        assert nfc(nfc(text)) == nfc(text)


class TestFold:
    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            ("Gia đình số", "gia dinh so"),
            (" ĐƯỜNG\u00a0lên \n bản ", "duong len ban"),
            ("Ðăng ký", "dang ky"),
            ("Hoà, hòa", "hoa, hoa"),
            ("H’rê H'rê Hʼrê Hrê", "hre hre hre hre"),
            ("gia\u00adđình", "giadinh"),
        ],
    )
    def test_fold_drops_what_a_hurried_reader_does_not_type(self, text, folded):
        assert fold(text) == folded

    @given(texts)
    def test_fold_twice_is_fold_once(self, text):
        assert fold(fold(text)) == fold(text)

    @given(texts)
    def test_fold_does_not_see_how_letters_are_composed(self, text):
        assert fold(nfd(text)) == fold(text) == fold(nfc(text))

    @given(vietnamese)
    def test_fold_of_vietnamese_is_ascii(self, text):
        assert fold(text).isascii()


class TestSlug:
    @pytest.mark.parametrize(
        ("title", "slug"),
        [
            ("Đường lên bản", "duong-len-ban"),
            ("Gia đình số", "gia-dinh-so"),
            ("Kế hoạch 16/KH-UBND: “Bình dân học vụ số”", "ke-hoach-16-kh-ubnd-binh-dan-hoc-vu-so"),
            ("Người H'rê", "nguoi-hre"),
            ("…", "trang"),
            ("", "trang"),
        ],
    )
    def test_slug_keeps_every_vietnamese_letter(self, title, slug):
        assert slugify(title) == slugify(nfd(title)) == slug

    def test_slug_is_cut_between_words(self):
        assert slugify("Bà con thôn Làng Mạ", max_length=14) == "ba-con-thon"
        assert slugify("Bà con thôn", max_length=11) == "ba-con-thon"
        assert slugify("Nghiêng", max_length=4) == "nghi"

    @given(texts, st.integers(5, 80))
    def test_slug_is_always_an_address(self, text, length):
        slug = slugify(text, length)
        assert re.fullmatch(r"[a-z0-9-]+", slug)
        assert len(slug) <= length
        assert slugify(slug, length) == slug


class TestWords:
    @pytest.mark.parametrize(
        ("text", "count"),
        [("", 0), ("Bà con ơi!", 3), ("Kế hoạch 16/KH-UBND", 5), ("người H'rê", 2), ("… – !", 0), (nfd("Đường về"), 2)],
    )
    def test_syllables_are_counted_as_spoken(self, text, count):
        assert syllables(text) == count

    @pytest.mark.parametrize(
        "spellings",
        [
            ("hoà", "hòa", "HOA", "hoa"),
            ("ký", "kí", "ky"),
            ("kỹ", "kĩ"),
            ("quý", "quí"),
            ("Đường", "duong", nfd("đường")),
            ("H'rê", "hre"),
        ],
    )
    def test_spellings_of_one_word_share_a_search_key(self, spellings):
        assert len({search_key(word) for word in spellings}) == 1

    @pytest.mark.parametrize(("one", "other"), [("tay", "tai"), ("thuý", "thúi"), ("Tô", "Tao"), ("6", "ô")])
    def test_words_that_differ_without_tones_have_other_keys(self, one, other):
        assert search_key(one) != search_key(other)

    @pytest.mark.parametrize(("one", "other"), [("hoà", "hòa"), ("thuỷ", "THỦY"), ("ký", "kí"), ("Ðô", nfd("đô"))])
    def test_exact_key_does_not_see_where_the_tone_is_put(self, one, other):
        assert exact_key(one) == exact_key(other)

    @pytest.mark.parametrize(("one", "other"), [("Tô", "Tơ"), ("to", "tô"), ("dang", "đang"), ("má", "mà")])
    def test_exact_key_sees_every_mark(self, one, other):
        assert exact_key(one) != exact_key(other)

    @given(texts)
    def test_keys_are_plain_ascii_whatever_is_typed(self, text):
        for word in words(text):
            assert re.fullmatch(r"[a-z0-9]+", search_key(word))
            assert re.fullmatch(r"[a-z0-9]+", exact_key(word))

    @given(vietnamese)
    def test_keys_do_not_see_how_letters_are_composed(self, text):
        assert [exact_key(word) for word in words(nfd(text))] == [exact_key(word) for word in words(text)]


class TestHighlight:
    def test_toneless_query_marks_the_letters_as_written(self):
        assert highlight("Nhà có Gia đình số.", "gia dinh so") == [
            Piece("Nhà có ", False),
            Piece("Gia đình số", True),
            Piece(".", False),
        ]

    def test_tone_typed_prefers_the_same_tone(self):
        assert hits(highlight("Từ Ba Tơ về Ba Tô", "Tô")) == ["Tô"]
        assert hits(highlight("Từ Ba Tơ về nhà", "Tô")) == ["Tơ"]
        assert hits(highlight("Từ Ba Tơ về Ba Tô", "to")) == ["Tơ", "Tô"]

    def test_words_of_a_phrase_count_elsewhere_only_where_the_phrase_is_not(self):
        assert hits(highlight("Đang gõ, ký tên: đăng ký, đang ký", "dang ky")) == ["đăng ký", "đang ký"]
        assert hits(highlight("Đang gõ, ký tên", "dang ky")) == ["Đang", "ký"]

    def test_letters_inside_other_words_are_no_hits(self):
        assert hits(highlight("ngoài đường", "nga duo")) == []

    @given(texts, texts)
    def test_pieces_join_back_to_the_text(self, text, query):
        assert joined(highlight(text, query)) == text

    @given(vietnamese)
    def test_every_word_of_a_text_finds_itself(self, text):
        assert all(hits(highlight(text, word)) for word in words(text))


class TestExcerpt:
    LONG = "Bà con đi chợ. " * 40 + "Xã Ba Tơ ở bên kia núi. " + "Bà con về nhà. " * 40 + "Xã Ba Tô có 14 thôn. "
    LONG += "Hết. " * 60

    def test_excerpt_shows_the_exact_tone_first(self):
        shown = excerpt(self.LONG, "Ba Tô", 120)
        assert "Ba Tô có 14 thôn" in joined(shown)
        assert "Ba Tô" in hits(shown)
        assert joined(shown).startswith("… ")
        assert joined(shown).endswith(" …")

    def test_excerpt_prefers_the_phrase_to_scattered_words(self):
        text = "Số máy của gia tộc, đình làng. " + "Và thế là hết một ngày. " * 20 + "Đây là gia đình số đầu tiên."
        assert "gia đình số" in hits(excerpt(text, "gia đình số", 80))

    def test_excerpt_without_a_hit_is_the_beginning(self):
        assert joined(excerpt("Một hai ba bốn năm", "sáu", 9)) == "Một hai …"
        assert joined(excerpt("Một hai", "sáu", 9)) == "Một hai"
        assert excerpt("", "sáu") == []

    @given(texts, texts, st.integers(1, 60))
    def test_excerpt_is_a_stretch_of_the_text_and_not_longer(self, text, query, length):
        shown = joined(excerpt(text, query, length))
        core = shown.removeprefix("… ") if shown not in text else shown
        core = core if core in text else core.removesuffix(" …")
        assert core in text
        assert len(core) <= length


class TestOrder:
    def test_letters_and_tones_in_the_order_of_the_dictionary(self):
        wanted = ["ma", "mà", "mả", "mã", "má", "mạ", "mai", "mắt", "mất", "na", "ô tô", "ôn", "ơn", "un", "ưng", "xa"]
        assert sorted(shuffled(wanted), key=collation_key) == wanted
        wanted = ["An", "Ấn", "Dung", "Dũng", "Đan", "Đinh", "Em", "Êm", "Yên"]
        assert sorted(shuffled(wanted), key=collation_key) == wanted

    def test_words_are_compared_one_by_one(self):
        wanted = ["Ba", "Ba Tô", "Ba Tơ", "bà con", "bản"]
        assert sorted(shuffled(wanted), key=collation_key) == wanted

    def test_numbers_are_compared_by_value(self):
        wanted = ["Thôn 2", "Thôn 10", "Thôn 21", "Thôn Đông"]
        assert sorted(shuffled(wanted), key=collation_key) == wanted

    def test_people_are_listed_by_given_name(self):
        wanted = ["Phạm Thị Ái", "Đinh Văn Dung", "Phạm Văn Đền", "Phạm Văn Hoà", "Phạm Văn Hòa", "Phạm Quý Đức Thạch"]
        ordered = sorted(shuffled(wanted), key=vietnamese_sort_key)
        assert [list(words(name))[-1] for name in ordered][:3] == ["Ái", "Dung", "Đền"]
        assert set(ordered[3:5]) == {"Phạm Văn Hoà", "Phạm Văn Hòa"}
        assert ordered[5] == "Phạm Quý Đức Thạch"

    def test_same_given_name_then_the_family_name(self):
        wanted = ["Đinh Thị Hoa", "Phạm Thị Hoa", "Phạm Văn Hoa"]
        assert sorted(shuffled(wanted), key=vietnamese_sort_key) == wanted
        assert vietnamese_sort_key("") < vietnamese_sort_key("An")

    @given(texts, texts)
    def test_two_texts_tie_only_when_they_are_the_same(self, one, other):
        for key in (collation_key, vietnamese_sort_key):
            assert (key(one) == key(other)) == (nfc(one) == nfc(other))

    @given(vietnamese)
    def test_keys_sort_alike_under_any_collation(self, text):
        assert re.fullmatch(r"[0-9a-f]+", collation_key(text).split(" ", 1)[0])
