"""The shapes of the JSON API; its OpenAPI document is made of them."""

from pydantic import BaseModel, Field

Id = str


class NamedEntity(BaseModel):
    """An entity under its name."""

    id: Id = Field(description="local part of its IRI", examples=["entity/新质生产力"])
    name: str = Field(examples=["新质生产力"])
    kind: str = Field(examples=["Concept"])
    aliases: tuple[str, ...] = ()
    n_mentions: int = Field(0, description="how often the articles speak of it")


class EntityPage(BaseModel):
    """A part of all entities, the most mentioned first."""

    total: int
    next: int | None = Field(description="offset of the next part, if there is one")
    items: list[NamedEntity]


class Code(BaseModel):
    """A notation of an outside scheme."""

    scheme: str
    notation: str


class EntityDetails(NamedEntity):
    """An entity with all that is known of it by itself."""

    iri: str
    codes: list[Code]
    broader: list[Id]
    exact_match: list[str]


class SearchHit(NamedEntity):
    """An entity that fits a search."""

    alias: str = Field(description="the other name that fits, if it is not the name")
    score: int


class Relation(BaseModel):
    """What one article states of one relation."""

    id: Id = Field(description="id of the statement")
    subject: Id
    subject_name: str | None = None
    kind: str = Field(examples=["promotes"])
    object: Id
    object_name: str | None = None
    article: Id
    cue: str = Field(description="the words that state it")
    action: str | None = None
    modality: str
    strength: str | None = None
    negated: bool
    attributed_to: list[Id] = []
    rule: str
    confidence: float


class RelationPage(BaseModel):
    """A part of the relations that fit, by subject, kind, object and article."""

    next: int | None = None
    items: list[Relation]


class Evidence(BaseModel):
    """A sentence that states a relation, and where it stands."""

    statement: Id
    sentence: Id
    text: str = Field(description="the sentence, verbatim")
    begin: int = Field(description="its first character in the article's text, counted in code points")
    end: int
    cue: str
    cue_begin: int | None = None
    cue_end: int | None = None
    article: Id
    title: str | None = None
    date: str | None = None
    publisher: str | None = None


class EvidencePage(BaseModel):
    """A part of the sentences that fit, in reading order."""

    next: int | None = None
    items: list[Evidence]


class Observation(BaseModel):
    """A number that measures something, as one article states it."""

    id: Id
    indicator: Id
    indicator_name: str | None = None
    value: float
    unit: str = Field(description="as written")
    normalized_value: float | None = None
    normalized_unit: str | None = None
    time: str | None = Field(None, description="ISO year, month, date, or year/year")
    place: Id | None = None
    kind: str = Field(examples=["Actual", "Target", "Forecast"])
    approximate: bool
    comparison: str | None = None
    attributed_to: Id | None = None
    article: Id
    sentence: str | None = Field(None, description="the sentence, verbatim")
    confidence: float


class ObservationPage(BaseModel):
    """A part of the observations that fit, by indicator and time."""

    next: int | None = None
    items: list[Observation]


class Refusal(BaseModel):
    """Why there is no answer."""

    error: str
