"""Cases that helpgen does not meet on purpose, each with the reason, and cases for parts that are not written yet."""

from __future__ import annotations

from audit.bad_inputs.cases import Case
from helpgen.cli import COMMANDS

# The beginning of the case's title -> why helpgen does something else. Shown with the verdict, which stays "failed".
ARGUED = {
    "unknown key close to a known one": "an unknown field stops the build, because a misspelt `questions` or `draft` "
    "would be lost in silence; `checks: {front-matter/unknown-field: warning}` makes it the warning of the manifest",
}


def argument_for(case: Case) -> str:
    """Why helpgen does something else on purpose; "" if it does not."""
    return next((why for title, why in ARGUED.items() if case.title.startswith(title)), "")


def missing_part(case: Case) -> str:
    """The part of helpgen that a case needs and that is not written; "" if all is there."""
    if case.how == "client":
        return ""
    if case.how == "import":
        return "" if "import" in COMMANDS else "there is no `helpgen import`"
    server = case.args.get("server", "") if isinstance(case.args, dict) else ""
    if server == "collector" or "collector" in case.title:
        return "" if "collect" in COMMANDS else "there is no collector"
    return ""
