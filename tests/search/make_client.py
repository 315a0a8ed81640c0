"""Writes helpgen/search/shipped/engine.js: the modules of the search client in one, without comments and long names, as
readers get it. Run it after a change of the client: `npm install`, then `python -m tests.search.make_client`.

A site is built without Node, so what Node makes of the client is kept in the repository. Its first line has the digest of
the modules that it was made of: a test compares it on every machine, and where the tools are, every byte.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess

from helpgen.search.characters import DATA
from tests.conftest import ROOT

CLIENT = DATA.parent / "client"
TARGET = DATA.parent / "shipped" / "engine.js"
_TOOLS = ROOT / "node_modules"
# Properties that no page sees and no file has: they may have short names, too.
_INNER = (
    "begins best cjk coordinationKeywords coordinationQuestion corrected crossed cutEnd cutStart decoded documentOf endings "
    "exact excerptFile explained facets fingerprints firstUnit frequency fuzzyPercent group idfPower initials leads least "
    "listed lists loadExcerpt loadRows loadSimplified loadTerms loadTypos looked manifest mass masses matched matches names "
    "nearKeywords nearQuestion nearText pair phrases position postings prefixPercent questionLength questionWords "
    "rangeOf ranked row scored scores sections sentences shardsOf simplified sounded spots starts stemPercent stems "
    "stopKeywords stopWords stretch syllables synonymPercent synonyms talkWords term termsBetween titleCharacters "
    "titleKeywords titleQuestion triple unfinished unigramKeywords unigramQuestion unit unitCount variants ways weight "
    "weighted widths wordPair"
)
# One module of all; then shorter names and expressions.
_JOIN = ("esbuild/bin/esbuild", "--bundle", "--format=esm", "--charset=utf8", "--minify")
_SHORTEN = (
    *("terser/bin/terser", "--module", "--compress", "passes=3,ecma=2020", "--mangle", "--ecma", "2020"),
    *("--mangle-props", f"builtins,regex=/^({_INNER.replace(' ', '|')})$/"),
)


def digest() -> str:
    """Of the modules of the client, in order of their names."""
    found = hashlib.sha256()
    for path in sorted(CLIENT.glob("*.js")):
        found.update(f"{path.name}\0".encode() + path.read_bytes())
    return found.hexdigest()[:16]


def tools() -> bool:
    """Whether the tools are here that join and shorten."""
    return shutil.which("node") is not None and all((_TOOLS / one[0]).is_file() for one in (_JOIN, _SHORTEN))


def shipped() -> bytes:
    """The client as it is shipped."""
    joined = _run(*_JOIN, str(CLIENT / "engine.js"))
    short = _run(*_SHORTEN, given=joined).strip()
    # What joins modules for a site on a disk finds an export at the beginning of a line.
    body, _, names = short.rpartition(b"export{")
    head = f"// helpgen's search, {digest()}\n".encode()
    return head + body + b"\nexport {" + names + b"\n"


def _run(tool: str, *arguments: str, given: bytes = b"") -> bytes:
    program = [str(_TOOLS / tool), *arguments]
    done = subprocess.run(program, input=given, stdout=subprocess.PIPE, check=True)
    return done.stdout


if __name__ == "__main__":
    TARGET.write_bytes(shipped())
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size} bytes")
