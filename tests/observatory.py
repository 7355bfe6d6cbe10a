"""What Mozilla's HTTP Observatory would say to an answer, after its published rules (scanner and grader, version 5).

Points are added to 100; what is better than asked for counts only where the rest leaves 90. From 100 on it is A+.
https://github.com/mdn/mdn-http-observatory/tree/main/src/analyzer and src/grader/charts.js
"""

import re
from dataclasses import dataclass

from django.http import HttpResponse

SIX_MONTHS = 15_768_000
PRIVATE_REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
GRADES = ((100, "A+"), (90, "A"), (85, "A-"), (80, "B+"), (70, "B"), (65, "B-"), (60, "C+"), (50, "C"), (0, "F"))


@dataclass(frozen=True)
class Finding:
    """One test: its outcome in the Observatory's words, and its points."""

    outcome: str
    points: int


def grade_of(response: HttpResponse) -> tuple[str, dict[str, Finding]]:
    """(A+ …, what each test found) for an answer that came over https."""
    findings = {
        "csp": _policy(response),
        "cookies": _cookies(response),
        "cors": _cors(response),
        "referrer": _referrer(response),
        "hsts": _hsts(response),
        "scripts": _scripts(response),
        "nosniff": _nosniff(response),
        "frames": _frames(response),
        "corp": _resources(response),
    }
    score = 100 + sum(finding.points for finding in findings.values() if finding.points < 0)
    if score >= 90:
        score += sum(finding.points for finding in findings.values() if finding.points > 0)
    return next(grade for least, grade in GRADES if max(score, 0) >= least), findings


def directives(response: HttpResponse) -> dict[str, list[str]]:
    """The content policy, directive by directive."""
    parts = (part.split() for part in response.get("Content-Security-Policy", "").split(";"))
    return {part[0]: part[1:] for part in parts if part}


def _policy(response: HttpResponse) -> Finding:
    policy = directives(response)
    if not policy:
        return Finding("csp-not-implemented", -25)
    default = policy.get("default-src", ["*"])
    scripts, styles = policy.get("script-src", default), policy.get("style-src", default)
    objects = policy.get("object-src", default)
    wide = {"*", "http:", "https:", "data:"}
    rows = (
        ((wide | {"'unsafe-inline'"}) & set(scripts) or wide & set(objects), "csp-implemented-with-unsafe-inline", -20),
        ("'unsafe-eval'" in scripts, "csp-implemented-with-unsafe-eval", -10),
        (any("http:" in source for said in policy.values() for source in said), "csp-with-insecure-scheme", -20),
        ((wide | {"'unsafe-inline'"}) & set(styles), "csp-implemented-with-unsafe-inline-in-style-src-only", 0),
        (default == ["'none'"], "csp-implemented-with-no-unsafe-default-src-none", 10),
        (True, "csp-implemented-with-no-unsafe", 5),
    )
    return next(Finding(outcome, points) for is_so, outcome, points in rows if is_so)


def _cookies(response: HttpResponse) -> Finding:
    if not response.cookies:
        return Finding("cookies-not-found", 0)
    for name, cookie in response.cookies.items():
        is_session, is_csrf = "sess" in name.lower(), "csrf" in name.lower()
        if not cookie["secure"]:
            return Finding("cookies-without-secure-flag", -40 if is_session else -20)
        if is_session and not cookie["httponly"]:
            return Finding("cookies-session-without-httponly-flag", -30)
        if is_csrf and not cookie["samesite"]:
            return Finding("cookies-anticsrf-without-samesite-flag", -20)
    if all(cookie["samesite"] for cookie in response.cookies.values()):
        return Finding("cookies-secure-with-httponly-sessions-and-samesite", 5)
    return Finding("cookies-secure-with-httponly-sessions", 0)


def _cors(response: HttpResponse) -> Finding:
    is_open = response.get("Access-Control-Allow-Origin", "") == "*"
    return Finding("cross-origin-resource-sharing-implemented-with-public-access" if is_open else "cors-none", 0)


def _referrer(response: HttpResponse) -> Finding:
    said = {word.strip() for word in response.get("Referrer-Policy", "").split(",")}
    if said <= PRIVATE_REFERRERS:
        return Finding("referrer-policy-private", 5)
    return Finding("referrer-policy-unsafe", -5) if said != {""} else Finding("referrer-policy-not-implemented", 0)


def _hsts(response: HttpResponse) -> Finding:
    age = re.search(r"max-age=(\d+)", response.get("Strict-Transport-Security", ""))
    if age is None:
        return Finding("hsts-not-implemented", -20)
    is_long = int(age.group(1)) >= SIX_MONTHS
    return Finding("hsts-max-age", 0) if is_long else Finding("hsts-implemented-max-age-less-than-six-months", -10)


def _scripts(response: HttpResponse) -> Finding:
    sources = re.findall(r"<script[^>]*\ssrc=\"([^\"]+)\"", response.content.decode())
    if any(source.startswith(("http:", "//")) for source in sources):
        return Finding("sri-not-implemented-and-external-scripts-not-loaded-securely", -50)
    if any(source.startswith("https:") for source in sources):
        return Finding("sri-not-implemented-but-external-scripts-loaded-securely", -5)
    return Finding("sri-not-implemented-but-all-scripts-loaded-from-secure-origin", 0)


def _nosniff(response: HttpResponse) -> Finding:
    is_set = response.get("X-Content-Type-Options") == "nosniff"
    return Finding("x-content-type-options-nosniff", 0) if is_set else Finding("x-content-type-options-not-set", -5)


def _frames(response: HttpResponse) -> Finding:
    if directives(response).get("frame-ancestors", ["*"]) in (["'none'"], ["'self'"]):
        return Finding("x-frame-options-implemented-via-csp", 5)
    is_set = response.get("X-Frame-Options", "").upper() in {"DENY", "SAMEORIGIN"}
    return Finding("x-frame-options-sameorigin-or-deny", 0) if is_set else Finding("x-frame-options-not-set", -20)


def _resources(response: HttpResponse) -> Finding:
    if response.get("Cross-Origin-Resource-Policy") in {"same-origin", "same-site"}:
        return Finding("corp-implemented-with-same-origin", 10)
    return Finding("corp-not-implemented", 0)
