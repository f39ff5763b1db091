"""Which words keep the same company: writes ``ontology/rules/word_clusters.tsv`` from many texts.

    python benchmarks/learn_clusters.py [CORPUS] [--write]

CORPUS is a packed JSON lines file with a ``text`` a line. A word is described by the words up to two places
before and after it (positive pointwise mutual information, reduced to a hundred dimensions); words that are
described alike are gathered into clusters. Needs scikit-learn and rjieba
(``pip install -e ".[learn,fast]"``). The same texts give the same table.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import rjieba
from scipy.sparse import csr_matrix
from sklearn.cluster import MiniBatchKMeans
from sklearn.utils.extmath import randomized_svd

from kg.resources import resource_path

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "bench.jsonl.gz"
BREAKS = re.compile("[\n。！？；，、：“”（）]")
HAN = re.compile("[\u4e00-\u9fff]")
RAREST = 6  # a word must be seen so often
N_WORDS = 12_000  # that are written
N_CONTEXTS = 6_000
N_DIMENSIONS = 100
N_CLUSTERS = 400
REACH = {-2: 0.5, -1: 1.0, 1: 1.0, 2: 0.5}  # how much a neighbour counts, by its place


def sentences_of(path: Path) -> Iterator[list[str]]:
    """Yield the words of every clause of the texts."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            for clause in BREAKS.split(json.loads(line)["text"]):
                words = rjieba.cut(clause)
                if len(words) > 1:
                    yield words


def cluster(sentences: list[list[str]]) -> dict[str, int]:
    """Return the number of the cluster of each word that is seen often."""
    counts = Counter(word for words in sentences for word in words)
    ordered = sorted(counts, key=lambda word: (-counts[word], word))
    words = [word for word in ordered if counts[word] >= RAREST and HAN.match(word)]
    index = {word: number for number, word in enumerate(words)}
    contexts = {word: number for number, word in enumerate(words[:N_CONTEXTS])}
    vectors = _vectors(_neighbours(sentences, index, contexts), len(words), 2 * len(contexts) + 2)
    labels = MiniBatchKMeans(N_CLUSTERS, random_state=0, n_init=3, batch_size=4096, max_iter=50).fit(vectors)
    return dict(zip(words[:N_WORDS], labels.labels_.tolist(), strict=False))


def _neighbours(
    sentences: list[list[str]], index: dict[str, int], contexts: dict[str, int]
) -> Counter[tuple[int, int]]:
    """Count each word with its neighbours before and after it, the edges of clauses included."""
    found: Counter[tuple[int, int]] = Counter()
    for words in sentences:
        for place, word in enumerate(words):
            if word not in index:
                continue
            for step, weight in REACH.items():
                other = place + step
                if 0 <= other < len(words):
                    if words[other] in contexts:
                        column = contexts[words[other]] + (len(contexts) if step > 0 else 0)
                        found[index[word], column] += weight
                elif other in (-1, len(words)):
                    found[index[word], 2 * len(contexts) + (step > 0)] += 1
    return found


def _vectors(counts: Counter[tuple[int, int]], n_words: int, n_contexts: int) -> np.ndarray:
    rows, columns = zip(*counts, strict=True)
    matrix = csr_matrix((list(counts.values()), (rows, columns)), shape=(n_words, n_contexts)).tocoo()
    of_word = np.bincount(matrix.row, matrix.data, n_words)
    of_context = np.bincount(matrix.col, matrix.data, n_contexts) ** 0.75
    of_context /= of_context.sum()
    information = np.log(matrix.data / (of_word[matrix.row] * of_context[matrix.col]))
    is_kept = information > 0
    positive = csr_matrix((information[is_kept], (matrix.row[is_kept], matrix.col[is_kept])), matrix.shape)
    left, sizes, _ = randomized_svd(positive, N_DIMENSIONS, random_state=0)
    vectors = left * np.sqrt(sizes)
    return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)


def main() -> None:
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=formatter)
    parser.add_argument("corpus", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--write", action="store_true", help="renew the table in ontology/rules")
    options = parser.parse_args()
    clusters = cluster(list(sentences_of(options.corpus)))
    print(f"{len(clusters)} words in {len(set(clusters.values()))} clusters")
    if options.write:
        rows = [("word", "cluster"), *((word, str(number)) for word, number in sorted(clusters.items()))]
        path = resource_path("rules") / "word_clusters.tsv"
        path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
