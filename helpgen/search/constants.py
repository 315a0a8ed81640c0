"""Every number of the ranking, with its unit and where it comes from. Ablations: `bench/search_ablations.py`.

`BUILD` is used when the index is written (client: never). `RANK` is used when it is asked; it travels in the manifest,
so that the browser has no copy of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

# The order is part of the format of AnalysedDocument.
FIELDS = ("title", "headings", "questions", "keywords", "body", "path")

# Fields whose pairs of words are terms too. In the body they would double the index for +.01 (ablation).
PAIRED_FIELDS = frozenset({"title", "headings", "questions", "keywords"})


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildConstants:
    """BM25F (S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, section 3.3).

    `weights` and `length_norms` are w and b of each field in the order of `FIELDS`; `k1` is the saturation.
    """

    k1: float = 2.2
    weights: tuple[float, ...] = (4.0, 3.0, 2.0, 2.0, 1.0, 0.3)
    length_norms: tuple[float, ...] = (0.7, 0.5, 0.5, 0.3, 0.75, 0.0)
    levels: int = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class RankConstants:
    """How what was found is weighed. Factors without a unit, in hundredths where the name says so."""

    idf_power: float = 0.6
    stop: float = 0.15
    stop_keywords: float = 0.5
    unigram_question: float = 2.0
    unigram_keywords: float = 0.5
    question_length: int = 12
    word_pair: float = 0.3
    triple: float = 0.5
    synonym_percent: int = 80
    pinyin: float = 1.0
    initials: float = 0.5
    stem_percent: int = 60
    prefix_percent: int = 40
    fuzzy_percent: int = 50
    coordination_question: float = 0.25
    coordination_keywords: float = 1.0
    title_question: float = 2.0
    title_keywords: float = 0.25
    title_characters: float = 1.0
    near_question: float = 0.5
    near_keywords: float = 2.0
    near_text: float = 0.9


BUILD = BuildConstants()
RANK = RankConstants()

# Postings that are kept of a single character of Han, kana or Hangul, those with the highest scores: on 2,400 and 9,000
# articles that leaves the MRR as it is (.824 -> .825, .563 -> .565) and saves 7 kB a search; 500 costs .005 and .009.
CHARACTER_POSTINGS = 1_000
# Bytes before compression of a range of words, a posting list of a common word aside; a word draws in three for its forms.
RANGE_BYTES = 4_500
# Ranges at most: their beginnings stand in the manifest, 4 bytes each. Larger indexes have larger ranges.
MOST_RANGES = 1_700
# Their size grows in steps of so many bytes, so that an edit does not cut all of them anew.
RANGE_STEP = 256
# Into how many shards a range is cut: with fewer ranges than the first number, into the second; else into one.
RANGE_PARTS = ((400, 3), (2_000, 2))
# Bytes of a shard of characters, their pairs and triples, at the most as an average. On 2,400 articles a search for a title
# reads 10.4 kB of them with 1,000 (compressed), 8.9 with 800, 7.8 with 600, which would be half as many files more.
CHARACTER_BYTES = 800
# Digests of shards at most: each costs 3 bytes of the manifest.
MOST_DIGESTS = 512
# Bytes of a shard of words by their endings, at the most as an average. With a word comes its posting list, so that no
# further request follows, unless it is longer than the second number, as those of a large site's commonest words are. With
# 500, three of 200 English typing errors cost a fourth request in sequence; 1,000 costs .6 kB a search.
TYPO_BYTES = 1_200
TYPO_LIST = 1_000
# Titles in a file: ten hits touch ten files as a rule, so each should hold little else.
TITLES_PER_SHARD = 4
# Bytes of one article's recorded questions beside its title, for completions and for ranking; of further ones only
# fingerprints, by which they are recognised.
QUESTION_BYTES = 480
# Bytes of text kept of one article for excerpts.
EXCERPT_BYTES = 4_096
# Bytes before compression: an index that is smaller travels inside the manifest, in one request.
INLINE_BYTES = 80_000
