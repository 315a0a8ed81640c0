"""The raw requests of the shared collection of bad inputs, each with the status that it must get."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.server.preview_process import Preview


def cases(folder: Path) -> list[dict[str, Any]]:
    manifest = yaml.safe_load((folder / "bad-inputs" / "manifest.yaml").read_text(encoding="utf-8"))
    return [
        case
        for case in manifest["cases"]
        if case["category"] == "server-requests" and case.get("args", {}).get("server") == "preview"
    ]


def test_every_request_gets_its_outcome(asked: Preview, shared_folder: Path) -> None:
    found = cases(shared_folder)
    assert len(found) > 20
    wrong = []
    for case in found:
        data = (shared_folder / "bad-inputs" / case["id"] / "request.txt").read_bytes()
        answer = asked.raw(data)
        allowed = next(must["status"] for must in case["must"] if "status" in must)
        status: object = answer.status or "closed"
        never = [entry["body_contains"] for entry in case.get("never", []) if "body_contains" in entry]
        if status not in allowed or any(text in answer.text for text in never):
            wrong.append((case["id"], case["title"], status, allowed))
    assert wrong == []
