"""A receipt that was shown is kept, whatever becomes of the server (invariant 8)."""

from django.test import override_settings

from portal.households.services.secret_numbers import digest_of_secret
from tests.load.killed import register_while_the_server_dies

FAMILIES = 500
DIES_AFTER = 200
KEPT = """
    SELECT registration.token, household.code, household.secret_digest, registration.receipt_code
    FROM households_registration registration JOIN households_household household ON household.id = household_id
"""
COUNTS = {
    "households": "SELECT count(*) FROM households_household",
    "consents": "SELECT count(*) FROM households_consent",
    "requests for help": "SELECT count(*) FROM households_helprequest",
    "lines of the log": "SELECT count(*) FROM core_auditentry WHERE action = 'registration.receive'",
}


def counts(site):
    return {name: site.rows(query)[0][0] for name, query in COUNTS.items()}


def test_killed_server_loses_no_receipt_and_invents_no_family(site):
    before, known = counts(site), site.rows(KEPT)
    crowd = register_while_the_server_dies(site, families=FAMILIES, dies_after=DIES_AFTER)
    assert crowd.failures > 0, "nobody noticed that the server died"
    assert len(crowd.slips) == FAMILIES
    assert [slips for slips in crowd.slips.values() if len(set(slips)) > 1] == []

    shown = {slips[0] for slips in crowd.slips.values()}
    kept = set(site.rows(KEPT)) - set(known)
    assert {(code, receipt_code) for _token, code, _digest, receipt_code in kept} == {
        (slip.code, slip.receipt_code) for slip in shown
    }
    assert len(kept) == len(shown) == FAMILIES
    assert {name: count - before[name] for name, count in counts(site).items()} == dict.fromkeys(COUNTS, FAMILIES)
    digests = {code: digest for _token, code, digest, _receipt_code in kept}
    with override_settings(SECRET_KEY=(site.data_dir / "secret-key").read_text()):
        assert [slip for slip in shown if digest_of_secret(slip.code, slip.secret) != digests[slip.code]] == []
