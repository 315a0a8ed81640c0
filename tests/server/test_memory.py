"""The memory of one process: the same build as without it, made of what is new only."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpgen.pipeline.memory import Memory
from helpgen.pipeline.workers import Inline
from tests.site_folder import SiteFolder

EDITS = st.lists(st.tuples(st.sampled_from(["keys", "phishing", "new", "other"]), st.integers(0, 3)), max_size=6)


def test_only_what_changed_is_made_again(site: SiteFolder) -> None:
    memory = Memory(Inline())
    site.build(memory)
    memory.next_build()
    site.article("zh/security/keys", "保管密钥", "只有正文变了。\n")
    site.build(memory)
    known, total = memory.hits["parse"]
    assert total - known == 1
    known, total = memory.hits["render"]
    # The article, in its own language and where it stands in for a translation.
    assert total - known == 2


def test_what_two_builds_did_not_use_is_forgotten(site: SiteFolder) -> None:
    memory = Memory(Inline())
    site.build(memory)
    for _ in range(2):
        memory.next_build()
    site.build(memory)
    assert memory.hits["parse"][0] == 0


def test_a_failed_build_forgets_nothing(site: SiteFolder) -> None:
    memory = Memory(Inline())
    site.build(memory)
    config = (site.root / "helpgen.yaml").read_text()
    site.write("helpgen.yaml", "nonsense: 1\n")
    for _ in range(3):
        memory.next_build(keep=True)
        assert not site.build(memory).ok
    memory.next_build(keep=True)
    site.write("helpgen.yaml", config).build(memory)
    assert memory.hits["render"][0] == memory.hits["render"][1]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_the_memory_never_shows(site: SiteFolder, edits: list[tuple[str, int]]) -> None:
    """After any sequence of edits a build with memory equals one without, byte for byte."""
    memory = Memory(Inline())
    for name, number in edits:
        memory.next_build()
        path = f"zh/security/{name}"
        if number == 0 and (site.root / f"content/{path}.md").exists():
            site.remove(f"content/{path}.md")
        else:
            site.article(
                path, f"{name} {number}", f"正文 {number}。[没有](nowhere-{number}.md)\n" if number == 3 else "好。\n"
            )
        warm, cold = site.build(memory), site.build()
        assert warm.files == cold.files
        assert warm.diagnostics == cold.diagnostics
