"""Measures everything that has a labelled set: `python -m tests.support.measure`. Half a minute.

The secret guard, the verifier, the cries for help, and the assistant on the demo (every question; `measure_assistant` alone can
show the ones that only judge, and those that went wrong).
"""

from __future__ import annotations

import subprocess
import sys

from tests.support import measure_assistant
from tests.support.measure_assistant import HERE

SETS = {
    "Secret guard": "measure-secrets.mjs",
    "Verifier": "measure-imitations.mjs",
    "Cries for help": "measure-danger.mjs",
}


def main() -> None:
    for title, script in SETS.items():
        print(f"== {title}", flush=True)
        subprocess.run(["node", str(HERE / "sets" / script)], check=True, stderr=subprocess.DEVNULL)
    print("== Assistant", flush=True)
    sys.argv.append("--all")
    measure_assistant.main()


if __name__ == "__main__":
    main()
