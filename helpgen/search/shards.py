"""Index → files. `store.py` and client/shards.js read them.

    manifest.json                 read first and never cached for long; all other names but one change with the content
    terms/<n>-<digest>.json       [terms, posting lists], each one string of lines, terms in code-point order: first those
                                  of words, range by range, then those of characters by a hash
    titles/<n>-<digest>.json      a few documents: {paths, rows}; read for the first ten
    typos/<n>-<digest>.json       the same of words by their endings, long lists left empty; read when a word may be misspelt
    simplified.json               [Traditional, Simplified] of the characters in use; read when a query may be Traditional,
                                  beside the manifest, and so under a name that the client knows before it
    excerpts/<hash>.json          one document: [[anchor, heading, text], …]; read for the hits that are shown

The manifest has the digests of one build, so a page never mixes two; what an edit leaves alone keeps its name and stays in
the readers' caches. A large index has so many shards that their digests would make the manifest slow: there one digest
stands for a few neighbours, and an edit renames these too. An index under `INLINE_BYTES` travels in the manifest itself,
under `files`.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from helpgen.search import pinyin
from helpgen.search.analysis import ANALYSIS_VERSION, is_cjk, is_han, normalise
from helpgen.search.checked import FORMAT_VERSION
from helpgen.search.codec import encode_cut_postings, encode_number, encode_postings
from helpgen.search.constants import (
    CHARACTER_POSTINGS,
    EXCERPT_BYTES,
    INLINE_BYTES,
    MOST_DIGESTS,
    QUESTION_BYTES,
    RANK,
    TITLES_PER_SHARD,
    TYPO_LIST,
    RankConstants,
)
from helpgen.search.document import Synonyms
from helpgen.search.exact import split_questions
from helpgen.search.facets import write_facets
from helpgen.search.index import DERIVED, AnalysedDocument, Index
from helpgen.search.language import QUESTION_WORDS, SIMPLIFIED, STOP_WORDS, SYLLABLES, TALK_WORDS, stems_english
from helpgen.search.ranges import character_shards, delta_coded, separators, typo_shards, word_ranges
from helpgen.search.store import MANIFEST, SIMPLIFIED_FILE
from helpgen.search.suffixes import endings


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
    lists = {
        term: encode_cut_postings(postings, CHARACTER_POSTINGS)
        if len(postings := index.postings[term]) > CHARACTER_POSTINGS and len(term) == 1 and is_cjk(term)
        else encode_postings(postings)
        for term in terms
    }
    sizes = {term: len(term.encode()) + len(text) + 2 for term, text in lists.items()}
    ranges = word_ranges([term for term in terms if not is_cjk(term)], sizes)
    words = [shard for shards in ranges for shard in shards]
    characters = character_shards([term for term in terms if is_cjk(term)], sizes)
    short = {term: lists[term] if len(lists[term]) <= TYPO_LIST else "" for term in terms if _is_correctable(term)}
    typos = typo_shards(short, {term: len(term.encode()) + len(text) + 2 for term, text in short.items()})
    excerpts = [_excerpts(document) for document in index.documents]
    has_pinyin = any(term.startswith(pinyin.SYLLABLES) for term in terms)
    kinds = {
        "terms": [_json(_term_content(shard, lists)) for shard in (*words, *characters)],
        "titles": _title_shards(index.documents, excerpts),
        "typos": [_json(_term_content(shard, short)) for shard in typos],
    }
    share = 1
    while sum(-(-len(contents) // share) for contents in kinds.values()) > MOST_DIGESTS:
        share *= 2
    digests = {kind: _digests(contents, share) for kind, contents in kinds.items()}
    named = {
        f"{kind}/{number}-{digests[kind][number // share]}.json": data
        for kind, contents in kinds.items()
        for number, data in enumerate(contents)
    }
    named |= {_excerpt_file(data): data for data in excerpts}
    named[SIMPLIFIED_FILE] = _json(_simplified(terms))
    manifest: dict[str, object] = {
        "format": FORMAT_VERSION,
        "analysis": ANALYSIS_VERSION,
        "locale": index.locale,
        "generation": _generation(named),
        "documents": len(index.documents),
        "units": index.unit_count,
        "groups": _groups(index),
        "terms": _lines(delta_coded(separators(words))),
        "parts": "".join(encode_number(len(shards)) for shards in ranges),
        "characters": len(characters),
        "typos": len(typos),
        "titles": TITLES_PER_SHARD,
        "share": share,
        "digests": {kind: "".join(parts) for kind, parts in digests.items()},
        "traditional": sum(document.traditional for document in index.documents) * 10 > len(index.documents),
        "syllables": " ".join(SYLLABLES) if has_pinyin else "",
        "stems": stems_english(index.locale),
        "endings": endings((term for term in terms if _is_correctable(term)), index.locale),
        "words": {"question": QUESTION_WORDS, "stop": STOP_WORDS, "talk": TALK_WORDS},
        "rank": asdict(rank),
        "synonyms": _synonyms(synonyms or Synonyms()),
        "facets": write_facets(index.documents),
    }
    if sum(map(len, named.values())) <= inline_bytes:
        inline = {name: json.loads(data) for name, data in sorted(named.items())}
        return {MANIFEST: _json({**manifest, "files": inline}), SIMPLIFIED_FILE: named[SIMPLIFIED_FILE]}
    return {MANIFEST: _json(manifest), **dict(sorted(named.items()))}


def _term_content(shard: Sequence[str], lists: Mapping[str, str]) -> list[str]:
    return ["\n".join(shard), "\n".join(lists[term] for term in shard)]


def _title_shards(documents: Sequence[AnalysedDocument], excerpts: Sequence[bytes]) -> list[bytes]:
    """Rows are [key, url, title, number of its path, 1 for a faq, excerpt file, the questions of a faq as
    [anchor, heading], recorded questions, fingerprints of further ones]."""
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
                *split_questions(documents[n].questions, QUESTION_BYTES),
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


def _synonyms(synonyms: Synonyms) -> list[list[list[str]]]:
    """[sets that mean the same, lists of what is asked and then what is found], as the analysis sees them.

    The client makes the pairs: a set of ten words is ten words here, and not ninety pairs.
    """
    found: dict[str, list[str]] = {}
    for asked, other in synonyms.one_way:
        found.setdefault(asked, []).append(other)
    lists = (synonyms.two_way, [(asked, *others) for asked, others in found.items()])
    return [[[normalise(text, SIMPLIFIED) for text in texts] for texts in part] for part in lists]


def _digests(contents: Sequence[bytes], share: int) -> list[str]:
    """Four letters for each `share` neighbours: a change goes unseen once in 16 million times."""
    parts = (contents[start : start + share] for start in range(0, len(contents), share))
    return [base64.urlsafe_b64encode(hashlib.sha256(b"\n".join(part)).digest()[:3]).decode() for part in parts]


def _excerpt_file(data: bytes) -> str:
    return f"excerpts/{hashlib.sha256(data).hexdigest()[:12]}.json"


def _generation(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, data in sorted(files.items()):
        digest.update(f"{name}\n{len(data)}\n".encode() + data)
    return digest.hexdigest()[:12]


def _lines(separators: Sequence[str]) -> str | None:
    """Where shards begin in one string; None if there are none."""
    return "\n".join(separators) if separators else None


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
