"""The IRIs of one build: local ids under one base."""

from dataclasses import dataclass

from kg.iris import mint_id, mint_iri


@dataclass(frozen=True, slots=True)
class Minter:
    """Makes the IRIs under one base.

    Example:
        >>> Minter("https://example.org/").sentence("article/a.md", 3)
        'https://example.org/sentence/a.md/3'
    """

    base: str

    def iri(self, local_id: str) -> str:
        """Return the IRI of a local id."""
        return mint_iri(local_id, base=self.base)

    def dataset(self) -> str:
        """Return the IRI of the data set itself."""
        return self.iri("dataset")

    def sentence(self, article_id: str, index: int) -> str:
        """Return the IRI of a sentence."""
        return self._within(article_id, "sentence", str(index))

    def mention(self, article_id: str, start: int, end: int, ordinal: int) -> str:
        """Return the IRI of a mention, the *ordinal*-th at its place."""
        place = f"{start}-{end}" if ordinal == 1 else f"{start}-{end}/{ordinal}"
        return self._within(article_id, "mention", place)

    def scheme(self, name: str) -> str:
        """Return the IRI of a code scheme, such as GB/T 4754."""
        return self.iri(mint_id("scheme", name))

    def _within(self, article_id: str, scope: str, place: str) -> str:
        return self.iri(f"{scope}/{article_id.removeprefix('article/')}/{place}")
