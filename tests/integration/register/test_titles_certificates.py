"""The paper itself: what it says, what its square code leads to, and how a batch behaves."""

import subprocess

import pytest

from portal.core.models import AuditEntry
from portal.households.documents.certificates import certificate_pdf, certificate_response
from portal.households.enums import CertificateState
from portal.households.models import Certificate
from portal.households.services.certificates import end_certificates
from tests.factories.households import CertificateFactory
from tests.integration.register.titles import an_officer, codes_on, decided, text_of

pytestmark = pytest.mark.django_db


def papers() -> list[Certificate]:
    return list(Certificate.objects.select_related("entry__decision").order_by("serial"))


def test_paper_says_what_was_decided(tmp_path):
    decided("Phạm Thị Hrê Mẫu", signer_role="KT. Chủ tịch / Phó Chủ tịch")
    certificate = papers()[0]
    words = text_of(certificate_pdf([certificate]), tmp_path)
    for said in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "XÃ BA TÔ",
        "Phạm Thị Hrê Mẫu",
        certificate.village_on_paper,
        "“Gia đình số”",
        "năm 2026",
        "05/QĐ-UBND",
        "ngày 09/12/2026",
        "0001/2026",
        certificate.code,
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Phạm Quý Đức",
    ):
        assert said in words
    assert "Ba Tô, ngày 09 tháng 12 năm 2026" in words.replace("\u00a0", " ")


def test_square_code_read_from_the_page_leads_to_the_check_page(tmp_path, settings):
    settings.BASE_URL = "https://gia-dinh-so.example.vn"
    decided("Phạm Văn Đền", "Phạm Văn Ca Ron")
    certificates = papers()
    assert codes_on(certificate_pdf(certificates), tmp_path) == [
        f"https://gia-dinh-so.example.vn/xac-minh/{certificate.code}/" for certificate in certificates
    ]


def test_paper_is_a4_landscape_with_its_fonts_and_words_for_listeners(tmp_path):
    decided("Phạm Văn Đền")
    file = tmp_path / "paper.pdf"
    file.write_bytes(certificate_pdf(papers()))
    facts = subprocess.run(["pdfinfo", str(file)], check=True, capture_output=True, text=True).stdout
    assert "841.89 x 595.276 pts (A4)" in facts
    assert "Tagged:          yes" in facts
    fonts = subprocess.run(["pdffonts", str(file)], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    assert {line.split()[0].split("+")[1] for line in fonts} == {
        "Tinos-Bold",
        "Tinos-Italic",
        "BeVietnamPro-Regular",
        "BeVietnamPro-ExtraBold",
    }
    assert all(line.split()[-5] == "yes" for line in fonts)


@pytest.mark.parametrize("name", ["Ô", 'Phạm "Đen" #let [x] $y$ <z>', "Nguyễn Hoàng " * 9])
def test_any_name_fits_on_one_page_and_is_never_read_as_markup(name, tmp_path):
    decided(name.strip())
    words = text_of(certificate_pdf(papers()), tmp_path)
    assert words.count("\f") == 1
    assert "".join(name.split()) in "".join(words.split())


def test_paper_that_no_longer_holds_says_so_across_its_face(tmp_path):
    officer = an_officer()
    decision = decided("Phạm Văn Đền", by=officer)
    entry = decision.entries.get()
    end_certificates(household=entry.household, title=decision.title, year=2026, reason="Nhầm hộ", by=officer)
    assert "KHÔNGCÒNGIÁTRỊ" in "".join(text_of(certificate_pdf(papers()), tmp_path).split())
    assert papers()[0].state == CertificateState.REVOKED


def test_every_printing_is_counted_and_logged_without_a_name():
    decided("Phạm Văn Đền")
    officer = an_officer()
    response = certificate_response(papers()[0], by=officer)
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    assert certificate_response(papers()[0], by=officer).content.startswith(b"%PDF")
    assert (papers()[0].print_count, papers()[0].family_print_count) == (2, 0)
    line = AuditEntry.objects.order_by("number").last()
    assert (line.action, line.by, line.subject) == ("certificate.print", officer, papers()[0].household.code)
    assert "Đền" not in str(line.data)


def test_nothing_to_print_is_no_paper():
    with pytest.raises(ValueError, match="nothing to print"):
        certificate_pdf([])


def test_a_batch_is_one_file_with_a_page_for_each_family(tmp_path):
    for _number in range(40):
        CertificateFactory()
    drawn = certificate_pdf(papers())
    assert text_of(drawn, tmp_path).count("\f") == 40
    assert len(set(codes_on(drawn, tmp_path, dots_per_inch=110))) == 40
