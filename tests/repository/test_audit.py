"""The audit of the locks fails on what is known, and never passes off silence as an answer."""

from tests.audit import judged

SOUND = {"name": "django", "version": "5.2.19", "vulns": []}
BROKEN = {"name": "pillow", "version": "9.0.0", "vulns": [{"id": "CVE-2022-22817", "fix_versions": ["9.0.1"]}]}
UNKNOWN = {"name": "wagtail", "skip_reason": "not found"}


def test_known_vulnerability_fails_and_is_named():
    is_well, lines = judged("dev", [SOUND, BROKEN])
    assert not is_well
    assert "1 known vulnerabilities" in lines[0]
    assert lines[1] == "  pillow 9.0.0: CVE-2022-22817, right from 9.0.1"


def test_sound_packages_pass():
    assert judged("dev", [SOUND]) == (True, ["audit: requirements/dev.txt: 1 packages, 0 known vulnerabilities"])


def test_package_that_could_not_be_asked_about_is_named():
    is_well, lines = judged("dev", [SOUND, UNKNOWN])
    assert is_well
    assert lines[-1] == "  NOT AUDITED: wagtail"


def test_index_without_a_list_is_no_clean_bill():
    for packages in ([], [UNKNOWN]):
        is_well, lines = judged("dev", packages)
        assert is_well
        assert "NOT AUDITED" in lines[0]
