"""Index → files. `store.py` and client/shards.js read them.

    manifest.json                  read first and never cached for long; all other names change with the content
    <generation>/terms-<n>.json    [terms, posting lists], each one string of lines, terms in code-point order;
                                   read when a term of the query falls in its range
    <generation>/titles-<n>.json   16 documents: {paths, rows}; read for the first ten
    <generation>/reversed-<n>.json words spelt backwards, in order; read when a word of the query is unknown
    <generation>/simplified.json   [Traditional, Simplified] of the characters in use; read when one is unknown
    <generation>/syllables.json    the syllables of pinyin; read when a word is unknown and the index has Chinese
    excerpts/<hash>.json           one document: [[anchor, heading, text], …]; read for the hits that are shown

`generation` is the hash of all files that bear it, so a page never mixes two builds. An index under `INLINE_BYTES`
travels in the manifest itself, under `files`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from helpgen.search import pinyin
from helpgen.search.analysis import ANALYSIS_VERSION, is_cjk, is_han, normalise
from helpgen.search.checked import FORMAT_VERSION
from helpgen.search.codec import encode_number, encode_postings
from helpgen.search.constants import (
    EXCERPT_BYTES,
    INLINE_BYTES,
    RANK,
    REVERSED_BYTES,
    SHARD_BYTES,
    TITLES_PER_SHARD,
    RankConstants,
)
from helpgen.search.document import Synonyms
from helpgen.search.index import DERIVED, AnalysedDocument, Index
from helpgen.search.language import QUESTION_WORDS, SIMPLIFIED, STOP_WORDS, SYLLABLES, stems_english

MANIFEST = "manifest.json"


def write_shards(
    index: Index,
    *,
    synonyms: Synonyms | None = None,
    rank: RankConstants = RANK,
    inline_bytes: int = INLINE_BYTES,
) -> dict[str, bytes]:
    """The files of one locale's search folder by name. The same input gives the same bytes.

    `inline_bytes` is the size up to which all of it goes into the manifest.
    """
    terms = sorted(index.postings)
    term_shards = _term_shards(index.postings, terms)
    backwards = sorted(term[::-1] for term in terms if _is_correctable(term))
    reversed_shards = list(_cut(((word, len(word) + 1) for word in backwards), REVERSED_BYTES))
    excerpts = [_excerpts(document) for document in index.documents]
    files: dict[str, bytes] = {f"terms-{n}.json": _json(content) for n, (_, content) in enumerate(term_shards)}
    files |= {f"titles-{n}.json": data for n, data in enumerate(_title_shards(index.documents, excerpts))}
    files |= {f"reversed-{n}.json": _json("\n".join(words)) for n, words in enumerate(reversed_shards)}
    files["simplified.json"] = _json(_simplified(terms))
    has_pinyin = any(term.startswith(pinyin.SYLLABLES) for term in terms)
    if has_pinyin:
        files["syllables.json"] = _json(" ".join(SYLLABLES))
    generation = _generation(files)
    named = {f"{generation}/{name}": data for name, data in files.items()}
    named |= {_excerpt_file(data): data for data in excerpts}
    manifest: dict[str, object] = {
        "format": FORMAT_VERSION,
        "analysis": ANALYSIS_VERSION,
        "locale": index.locale,
        "generation": generation,
        "documents": len(index.documents),
        "units": index.unit_count,
        "groups": _groups(index),
        "terms": _lines([first for first, _ in term_shards]),
        "reversed": _lines(_separators(reversed_shards)),
        "titles": TITLES_PER_SHARD,
        "traditional": sum(document.traditional for document in index.documents) * 10 > len(index.documents),
        "pinyin": has_pinyin,
        "stems": stems_english(index.locale),
        "words": {"question": QUESTION_WORDS, "stop": STOP_WORDS},
        "rank": asdict(rank),
        "synonyms": [[normalise(text, SIMPLIFIED) for text in pair] for pair in (synonyms or Synonyms()).pairs()],
    }
    if sum(map(len, named.values())) <= inline_bytes:
        inline = {name: json.loads(data) for name, data in sorted(named.items())}
        return {MANIFEST: _json({**manifest, "files": inline})}
    return {MANIFEST: _json(manifest), **dict(sorted(named.items()))}


def _term_shards(postings: Mapping[str, Sequence[int]], terms: Sequence[str]) -> list[tuple[str, list[str]]]:
    """For each range its first term, shortened as far as it still tells it from the range before, and its content."""
    lists = {term: encode_postings(postings[term]) for term in terms}
    ranges = list(_cut(((term, len(term.encode()) + len(lists[term]) + 2) for term in terms), SHARD_BYTES))
    contents = (["\n".join(part), "\n".join(lists[term] for term in part)] for part in ranges)
    return list(zip(_separators(ranges), contents, strict=True))


def _cut(sized: Iterable[tuple[str, int]], limit: int) -> Iterable[list[str]]:
    """Neighbours together up to `limit` bytes; what is larger stands alone, so that its neighbours stay cheap."""
    part: list[str] = []
    total = 0
    for text, size in sized:
        if part and total + size > limit:
            yield part
            part, total = [], 0
        part.append(text)
        total += size
    if part:
        yield part


def _separators(ranges: Sequence[Sequence[str]]) -> list[str]:
    """The shortest beginning of each range's first term that the term before it does not reach; "" for the first."""
    separators: list[str] = []
    last = ""
    for part in ranges:
        first = part[0]
        length = next(n for n in range(1, len(first) + 1) if first[:n] > last) if separators else 0
        separators.append(first[:length])
        last = part[-1]
    return separators


def _title_shards(documents: Sequence[AnalysedDocument], excerpts: Sequence[bytes]) -> list[bytes]:
    """Rows are [key, url, title, number of its path, 1 for a faq, excerpt file, its questions as [anchor, heading]]."""
    shards: list[bytes] = []
    for start in range(0, len(documents), TITLES_PER_SHARD):
        part = range(start, min(start + TITLES_PER_SHARD, len(documents)))
        paths = sorted({documents[n].path for n in part})
        rows = [
            [
                documents[n].key,
                documents[n].url,
                documents[n].title,
                paths.index(documents[n].path),
                int(documents[n].kind == "faq"),
                _excerpt_file(excerpts[n]),
                [[unit.anchor, unit.heading] for unit in documents[n].units[1:]],
            ]
            for n in part
        ]
        shards.append(_json({"paths": paths, "rows": rows}))
    return shards


def _excerpts(document: AnalysedDocument) -> bytes:
    """Headings and texts of one document, every text cut to the length at which all fit in `EXCERPT_BYTES`."""
    lengths = sorted(len(text.encode()) for _, _, text in document.sections)
    room, limit = EXCERPT_BYTES, EXCERPT_BYTES
    for left, length in zip(range(len(lengths), 0, -1), lengths, strict=True):
        limit = max(room // left, 0)
        if length > limit:
            break
        room -= length
        limit = EXCERPT_BYTES
    cut = [
        (anchor, heading, text.encode()[:limit].decode(errors="ignore")) for anchor, heading, text in document.sections
    ]
    return _json(cut)


def _groups(index: Index) -> str:
    """The documents of several units: for each the gap to the one before, and how many units beyond the first."""
    digits = ""
    before = 0
    for number, document in enumerate(index.documents):
        if len(document.units) > 1:
            digits += encode_number(number - before) + encode_number(len(document.units) - 1)
            before = number
    return digits


def _simplified(terms: Iterable[str]) -> list[str]:
    """Traditional and Simplified characters, pair by pair, as far as the Simplified one occurs."""
    present = {term for term in terms if len(term) == 1 and is_han(term)}
    pairs = [(chr(a), b) for a, b in SIMPLIFIED.items() if b in present]
    return ["".join(a for a, _ in pairs), "".join(b for _, b in pairs)]


def _is_correctable(term: str) -> bool:
    """Words that misspelt ones are compared with: not characters, not numbers, not the very short or long."""
    return 4 <= len(term) <= 24 and not is_cjk(term) and not any(c.isdigit() for c in term) and term[0] not in DERIVED


def _excerpt_file(data: bytes) -> str:
    return f"excerpts/{hashlib.sha256(data).hexdigest()[:12]}.json"


def _generation(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, data in sorted(files.items()):
        digest.update(f"{name}\n{len(data)}\n".encode() + data)
    return digest.hexdigest()[:12]


def _lines(separators: Sequence[str]) -> str | None:
    """The separators of ranges in one string; None for no ranges, since "" stands for one."""
    return "\n".join(separators) if separators else None


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
