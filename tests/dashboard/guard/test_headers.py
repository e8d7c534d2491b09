"""What every answer tells the browser."""

from base64 import b64encode
from hashlib import sha256

from dashboard.guard.headers import SafeHeaders, streamlits_page
from tests.dashboard.guard.asking import ask, behind

SCRIPT = "window.x = 1"


def test_every_answer_forbids_frames_guesses_and_foreign_scripts() -> None:
    answer = ask(SafeHeaders(behind, [f"<script>{SCRIPT}</script>"]), "/")
    assert answer.header("x-frame-options") == "DENY"
    assert answer.header("x-content-type-options") == "nosniff"
    assert answer.header("referrer-policy") == "same-origin"
    rules = dict(rule.split(" ", 1) for rule in (answer.header("content-security-policy") or "").split("; "))
    digest = b64encode(sha256(SCRIPT.encode()).digest()).decode()
    assert rules["script-src"] == f"'self' blob: 'sha256-{digest}'"
    assert rules["default-src"] == rules["form-action"] == "'self'"
    assert rules["frame-ancestors"] == rules["object-src"] == rules["base-uri"] == "'none'"


def test_streamlits_own_page_has_a_script_to_be_known() -> None:
    policy = ask(SafeHeaders(behind, [streamlits_page()]), "/").header("content-security-policy") or ""
    assert policy.count("sha256-") == streamlits_page().count("<script>") > 0
