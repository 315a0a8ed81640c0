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
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import astuple, dataclass

import msgspec

from helpgen.search import pinyin
from helpgen.search.analysis import ANALYSIS_VERSION, is_cjk, is_han, normalise
from helpgen.search.checked import FORMAT_VERSION
from helpgen.search.codec import CUT, encode_cut_postings, encode_number, encode_postings
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
from helpgen.search.fuzzy import typo_keys
from helpgen.search.index import DERIVED, AnalysedDocument, Index, Lengths
from helpgen.search.language import QUESTION_WORDS, SIMPLIFIED, STOP_WORDS, SYLLABLES, TALK_WORDS, stems_english
from helpgen.search.ranges import character_shards, delta_coded, separators, typo_shards, word_ranges
from helpgen.search.store import MANIFEST, SIMPLIFIED_FILE
from helpgen.search.suffixes import endings


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What the files of an index do not say, and a revision of it needs (`revise.py`).

    `keys` are those of the documents in order, `first_units[i]` is the first unit of document i. `words` are the bytes of
    all terms that are no characters, `characters` those of the others, `typos` those of words by their endings;
    `syllables` is how many terms are pinyin, `traditional` how many documents are in Traditional characters, `size` the
    bytes of all files but the manifest. `full` has the postings of characters whose lists are cut; `shared` the excerpts
    that stand for several documents, and for how many.
    """

    keys: tuple[str, ...]
    first_units: tuple[int, ...]
    lengths: Lengths
    words: int
    characters: int
    typos: int
    syllables: int
    traditional: int
    size: int
    full: dict[str, str]
    shared: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The files of one locale's search folder by name, and their ledger."""

    files: dict[str, bytes]
    ledger: Ledger


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
    return write_index(index, synonyms=synonyms, rank=rank, inline_bytes=inline_bytes).files


def write_index(
    index: Index,
    *,
    synonyms: Synonyms | None = None,
    rank: RankConstants = RANK,
    inline_bytes: int = INLINE_BYTES,
) -> Written:
    """As `write_shards`, with the ledger."""
    terms = sorted(index.postings)
    lists = {term: posting_text(term, index.postings[term]) for term in terms}
    sizes = {term: term_size(term, text) for term, text in lists.items()}
    ranges = word_ranges([term for term in terms if not is_cjk(term)], sizes)
    words = [shard for shards in ranges for shard in shards]
    characters = character_shards([term for term in terms if is_cjk(term)], sizes)
    short = {term: short_text(lists[term]) for term in terms if is_correctable(term)}
    short_sizes = {term: term_size(term, text) for term, text in short.items()}
    typos = typo_shards(short, short_sizes)
    excerpts = [write_excerpts(document) for document in index.documents]
    kinds = {
        "terms": [to_json(term_content(shard, lists)) for shard in (*words, *characters)],
        "titles": _title_shards(index.documents, excerpts),
        "typos": [to_json(term_content(shard, short)) for shard in typos],
    }
    share = digest_share(kinds)
    digests = {kind: _digests(contents, share) for kind, contents in kinds.items()}
    named = {
        f"{kind}/{number}-{digests[kind][number // share]}.json": data
        for kind, contents in kinds.items()
        for number, data in enumerate(contents)
    }
    named |= {excerpt_file(data): data for data in excerpts}
    named[SIMPLIFIED_FILE] = to_json(simplified_pairs({term for term in terms if len(term) == 1 and is_han(term)}))
    ledger = Ledger(
        keys=tuple(document.key for document in index.documents),
        first_units=index.first_units,
        lengths=Lengths.of(index.documents),
        words=sum(size for term, size in sizes.items() if not is_cjk(term)),
        characters=sum(size for term, size in sizes.items() if is_cjk(term)),
        typos=sum(typo_size(term, text) for term, text in short.items()),
        syllables=sum(term.startswith(pinyin.SYLLABLES) for term in terms),
        traditional=sum(document.traditional for document in index.documents),
        size=sum(map(len, named.values())),
        full={term: encode_postings(index.postings[term]) for term, text in lists.items() if text.startswith(CUT)},
        shared={name: count for name, count in Counter(map(excerpt_file, excerpts)).items() if count > 1},
    )
    manifest: dict[str, object] = {
        "format": FORMAT_VERSION,
        "analysis": ANALYSIS_VERSION,
        "locale": index.locale,
        "generation": "",
        "documents": len(index.documents),
        "units": index.unit_count,
        "groups": _groups(index),
        "terms": lines_of(delta_coded(separators(words))),
        "parts": "".join(encode_number(len(shards)) for shards in ranges),
        "characters": len(characters),
        "typos": len(typos),
        "titles": TITLES_PER_SHARD,
        "share": share,
        "digests": {kind: "".join(parts) for kind, parts in digests.items()},
        "traditional": is_traditional(ledger),
        "syllables": syllables_of(ledger),
        "stems": stems_english(index.locale),
        "endings": endings((term for term in terms if is_correctable(term)), index.locale),
        "words": {"question": QUESTION_WORDS, "stop": STOP_WORDS, "talk": TALK_WORDS},
        "rank": astuple(rank),
        "synonyms": _synonyms(synonyms or Synonyms()),
        "facets": write_facets(index.documents),
    }
    manifest["generation"] = generation_of(manifest, named[SIMPLIFIED_FILE])
    if ledger.size <= inline_bytes:
        inline = {name: json.loads(data) for name, data in sorted(named.items())}
        files = {MANIFEST: to_json({**manifest, "files": inline}), SIMPLIFIED_FILE: named[SIMPLIFIED_FILE]}
        return Written(files=files, ledger=ledger)
    return Written(files={MANIFEST: to_json(manifest), **dict(sorted(named.items()))}, ledger=ledger)


def posting_text(term: str, postings: Sequence[int]) -> str:
    """The posting list of a term; that of a single character is cut."""
    if len(postings) > CHARACTER_POSTINGS and len(term) == 1 and is_cjk(term):
        return encode_cut_postings(postings, CHARACTER_POSTINGS)
    return encode_postings(postings)


def term_size(term: str, text: str) -> int:
    """Bytes of a term and its list in a shard."""
    return len(term.encode()) + len(text) + 2


def short_text(text: str) -> str:
    """What stands beside a word among those with its ending: its list, unless that is long."""
    return text if len(text) <= TYPO_LIST else ""


def typo_size(word: str, text: str) -> int:
    """Bytes of a word and its short list in all shards of words by their endings."""
    return len(typo_keys(word)) * term_size(word, text)


def digest_share(kinds: Mapping[str, Sequence[object]]) -> int:
    """For how many neighbours one digest stands."""
    share = 1
    while sum(-(-len(contents) // share) for contents in kinds.values()) > MOST_DIGESTS:
        share *= 2
    return share


def is_traditional(ledger: Ledger) -> bool:
    """Whether enough documents are in Traditional characters for questions to be turned into Simplified ones."""
    return ledger.traditional * 10 > len(ledger.keys)


def syllables_of(ledger: Ledger) -> str:
    """The syllables of pinyin, if any term is pinyin."""
    return " ".join(SYLLABLES) if ledger.syllables else ""


def term_content(shard: Sequence[str], lists: Mapping[str, str]) -> list[str]:
    """The terms of a shard and their lists."""
    return ["\n".join(shard), "\n".join(lists[term] for term in shard)]


def _title_shards(documents: Sequence[AnalysedDocument], excerpts: Sequence[bytes]) -> list[bytes]:
    shards: list[bytes] = []
    for start in range(0, len(documents), TITLES_PER_SHARD):
        part = range(start, min(start + TITLES_PER_SHARD, len(documents)))
        paths = sorted({documents[n].path for n in part})
        rows = [title_row(documents[n], paths.index(documents[n].path), excerpts[n]) for n in part]
        shards.append(to_json({"paths": paths, "rows": rows}))
    return shards


def title_row(document: AnalysedDocument, path: int, excerpts: bytes) -> list[object]:
    """[key, url, title, number of its path, 1 for a faq, excerpt file, the questions of a faq as [anchor, heading],
    recorded questions, fingerprints of further ones]."""
    return [
        document.key,
        document.url,
        document.title,
        path,
        int(document.kind == "faq"),
        excerpt_file(excerpts),
        [[unit.anchor, unit.heading] for unit in document.units[1:]],
        *split_questions(document.questions, QUESTION_BYTES),
    ]


def write_excerpts(document: AnalysedDocument) -> bytes:
    """Headings and texts of one document, as far as they are shown."""
    return to_json(cut_sections(document))


def cut_sections(document: AnalysedDocument) -> tuple[tuple[str, str, str], ...]:
    """The sections, every text cut to the length at which all fit in `EXCERPT_BYTES`; what was cut is not cut again."""
    lengths = sorted(len(text.encode()) for _, _, text in document.sections)
    room, limit = EXCERPT_BYTES, EXCERPT_BYTES
    for left, length in zip(range(len(lengths), 0, -1), lengths, strict=True):
        limit = max(room // left, 0)
        if length > limit:
            break
        room -= length
        limit = EXCERPT_BYTES
    return tuple(
        (anchor, heading, text.encode()[:limit].decode(errors="ignore")) for anchor, heading, text in document.sections
    )


def _groups(index: Index) -> str:
    """The documents of several units: for each the gap to the one before, and how many units beyond the first."""
    digits = ""
    before = 0
    for number, document in enumerate(index.documents):
        if len(document.units) > 1:
            digits += encode_number(number - before) + encode_number(len(document.units) - 1)
            before = number
    return digits


def simplified_pairs(present: Container[str]) -> list[str]:
    """Traditional and Simplified characters, pair by pair, as far as the Simplified one is `present`."""
    pairs = [(chr(a), b) for a, b in SIMPLIFIED.items() if b in present]
    return ["".join(a for a, _ in pairs), "".join(b for _, b in pairs)]


def is_correctable(term: str) -> bool:
    """Words that misspelt ones are compared with: not characters, not numbers, not the very short or long."""
    if not 4 <= len(term) <= 24 or term[0] in DERIVED or is_cjk(term):
        return False
    # Letters alone are the rule, and told at once.
    return term.isalpha() or not any(c.isdigit() for c in term)


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
    """A digest for each `share` neighbours."""
    return [digest_of(contents[start : start + share]) for start in range(0, len(contents), share)]


def digest_of(neighbours: Sequence[bytes]) -> str:
    """Four letters: a change goes unseen once in 16 million times."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"\n".join(neighbours)).digest()[:3]).decode()


def excerpt_file(data: bytes) -> str:
    """The name of one document's excerpts."""
    return f"excerpts/{hashlib.sha256(data).hexdigest()[:12]}.json"


def generation_of(manifest: Mapping[str, object], simplified: bytes) -> str:
    """What tells one index from another: the manifest, in which the digests of all other files stand but for one."""
    return hashlib.sha256(to_json({**manifest, "generation": ""}) + b"\n" + simplified).hexdigest()[:12]


def lines_of(separators: Sequence[str]) -> str | None:
    """Where shards begin in one string; None if there are none."""
    return "\n".join(separators) if separators else None


def to_json(value: object) -> bytes:
    """As all files of an index are written."""
    return msgspec.json.encode(value)
