"""What the tests of titles start from: staff, accepted lists, and reading a printed paper."""

import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import zxingcpp
from PIL import Image

from portal.households.enums import ProposalState, Title
from portal.households.models import Decision, Proposal, Village
from portal.households.services.decisions import Paper, recognise_households
from tests.factories.core import UserFactory
from tests.factories.households import CandidateFactory, ProposalFactory, VillageFactory

SIGNED_ON = date(2026, 12, 9)


def an_officer():
    return UserFactory(groups=["Cán bộ sổ hộ"])


def a_leader():
    return UserFactory(groups=["Lãnh đạo"])


def a_paper(number: str = "05/QĐ-UBND", title: Title = Title.DIGITAL_FAMILY, year: int = 2026, **changes) -> Paper:
    return Paper(
        **{
            "number": number,
            "signed_on": SIGNED_ON,
            "signer_name": "Phạm Quý Đức",
            "signer_role": "CHỦ TỊCH",
            "legal_bases": "Căn cứ kế hoạch của xã.",
            "title": title,
            "year": year,
            **changes,
        }
    )


def accepted_list(*names: str, village: Village | None = None, title: Title = Title.DIGITAL_FAMILY, year: int = 2026):
    """A village's list with these families, checked by the commune."""
    proposal = ProposalFactory(
        village=village or VillageFactory(), title=title, year=year, state=ProposalState.ACCEPTED
    )
    for name in names:
        CandidateFactory(proposal=proposal, household__head_name=name)
    return proposal


def decided(*names: str, number: str = "05/QĐ-UBND", by=None, proposal: Proposal | None = None, **changes) -> Decision:
    """A decision that recognises these families."""
    proposal = proposal or accepted_list(
        *names, title=changes.get("title", Title.DIGITAL_FAMILY), year=changes.get("year", 2026)
    )
    return recognise_households(paper=a_paper(number, **changes), proposals=[proposal], by=by or an_officer())


def text_of(pdf: bytes, folder: Path) -> str:
    """All words of a PDF, a form feed after each page."""
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    drawn = subprocess.run(["pdftotext", "-raw", str(file), "-"], check=True, capture_output=True)
    return drawn.stdout.decode()


def codes_on(pdf: bytes, folder: Path, dots_per_inch: int = 150) -> list[str]:
    """What a phone reads from each rendered page, in order."""
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", str(dots_per_inch), "-gray", "-png", str(file), str(folder / "page")], check=True)
    pages = sorted(folder.glob("page-*.png"))
    return [read.text for page in pages for read in zxingcpp.read_barcodes(Image.open(BytesIO(page.read_bytes())))]
