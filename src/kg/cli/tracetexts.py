"""A trace as plain text: tables aligned under Chinese labels, each word above its tag and role."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from kg.clauses import Frame, Nominal, Noun, Prepositional
from kg.judging import Outcome, Verdict
from kg.judging.models import SCALE
from kg.records import Claim, Measurement, Mention, Word
from kg.schema import Modality
from kg.traces import N_REASONS, FoundTerm, Lack, NearMiss, Trace

_WIDTH = 96  # columns of a row of words: a wide terminal, halved
_GAP = "  "
_INDENT = "    "
_PLACES = {"relative": "定语从句", "pivot": "兼语", "inner": "介词短语内", "as": "以…为"}
_WORDING = {
    Lack.NO_VERB: "没有谓语动词",
    Lack.SPEECH_ONLY: "言说动词，只说明下文出自谁",
    Lack.UNKNOWN_VERB: "动词不在表中",
    Lack.NO_OBJECT: "没有宾语",
    Lack.NO_SUBJECT: "没有主语，也没有可承接的",
    Lack.GENERIC_OBJECT: "宾语太泛，不成实体",
    Lack.GENERIC_SUBJECT: "主语太泛，不成实体",
    Lack.NO_RULE: "没有规则适用",
    Lack.GENERIC_NOUN: "太泛，不成实体",
    Lack.SEEN_ONCE: "只有分词以为是名称，全文仅见一次",
    Lack.UNLIKELY_NAME: "权衡后不像名称",
    Lack.UNREAD_NUMBER: "有数字，没有读出指标",
}
_OUTCOMES = {Outcome.KEPT: "留", Outcome.CHANGED: "改", Outcome.DROPPED: "弃", Outcome.ADDED: "增"}


def format_trace(trace: Trace, number: int) -> Iterator[str]:
    """Yield the lines that explain one sentence; *number* is what a reader counts it by."""
    span, parse = trace.sentence.span, trace.parse
    yield f"第 {number} 句  [{span.start}–{span.end}]"
    yield f"{_INDENT}{trace.sentence.text}"
    yield from _section("分词", _word_lines(parse.words, parse.roles))
    yield from _section("词典", _table(_term_cells(found) for found in trace.terms))
    yield from _section("短语", _table((phrase.text,) for phrase in parse.phrases))
    yield from _section("名词", _table(_nominal_cells(nominal, trace) for nominal in parse.nominals))
    yield from _section("框架", _table(_frame_cells(frame) for frame in parse.frames))
    yield from _section("实体", _table(_mention_cells(mention, trace) for mention in trace.mentions))
    yield from _section("关系", _table(_claim_cells(claim) for claim in trace.claims))
    yield from _section("权衡", _table(_verdict_cells(verdict) for verdict in trace.verdicts))
    yield from _section("观测", _table(_number_cells(found) for found in trace.measurements))
    title = "未成事实" if trace.has_facts else "没有得出事实，最接近的是"
    yield from _section(title, _table(_miss_cells(miss) for miss in trace.near_misses))


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield *title* and the indented *lines*; nothing where there are none."""
    held = list(lines)
    if held:
        yield ""
        yield title
        yield from (f"{_INDENT}{line}".rstrip() for line in held)


# -- what each row shows ---------------------------------------------------------------------


def _word_lines(words: Sequence[Word], roles: str) -> Iterator[str]:
    """Yield words, tags and roles in three rows, as many times as the width asks for."""
    row: list[tuple[str, str, str]] = []
    width = 0
    for word, role in zip(words, roles, strict=True):
        cells = (_visible(word.text), word.tag, role)
        needed = max(map(_columns, cells)) + len(_GAP)
        if row and width + needed > _WIDTH:
            yield from _table(zip(*row, strict=True))
            yield ""
            row, width = [], 0
        row.append(cells)
        width += needed
    yield from _table(zip(*row, strict=True))


def _term_cells(found: FoundTerm) -> tuple[str, ...]:
    return found.term.name, found.term.kind, "" if found.is_word else "分词不从"


def _nominal_cells(nominal: Nominal, trace: Trace) -> tuple[str, ...]:
    named = [mention.name for noun in nominal.heads for mention in trace.names.of(noun)]
    members = f"等：{_listed(nominal.members)}" if nominal.members else ""
    return _listed(nominal.heads), f"→ {'、'.join(named) or '无'}", members, nominal.localizer


def _listed(nouns: Sequence[Noun]) -> str:
    return "、".join(
        f"〔{_listed(noun.owners)}的〕{noun.name}" if noun.owners else noun.name for noun in nouns
    )


def _frame_cells(frame: Frame) -> tuple[str, ...]:
    kind = frame.entry.kind if frame.entry else "表中没有"
    prepositions = " ".join(map(_prepositional, frame.prepositions))
    notes = (
        _PLACES.get(frame.place, ""),
        _note("情态", "".join(frame.modal)),
        _note("状", "".join(frame.adverbs)),
        "引号内" if frame.in_quotes else "",
    )
    return (
        frame.verb,
        kind,
        f"主 {_listed(frame.subjects) or '无'}",
        f"宾 {_listed(frame.objects) or '无'}",
        _note("介", prepositions),
        _joined(notes),
    )


def _prepositional(phrase: Prepositional) -> str:
    return f"{phrase.word}{phrase.verb}〔{_listed(phrase.nominal.heads)}〕{phrase.localizer}"


def _mention_cells(mention: Mention, trace: Trace) -> tuple[str, ...]:
    reasons = trace.reasons.get(mention)
    return (
        mention.name,
        mention.kind,
        mention.source,
        "" if mention.text == mention.name else f"原文 {mention.text}",
        f"{mention.confidence:.2f}  {_reasons(reasons)}" if reasons is not None else "",
    )


def _claim_cells(claim: Claim) -> tuple[str, ...]:
    subject = claim.subject.name if claim.subject else "（本文）"
    notes = (
        "" if claim.modality is Modality.ASSERTED else claim.modality,
        claim.strength or "",
        "否定" if claim.negated else "",
        _note("出自", claim.speaker.name if claim.speaker else ""),
        _note("动作", claim.action or claim.label or ""),
    )
    return (
        f"{subject} —{claim.kind}→ {claim.object.name}",
        f"线索“{claim.cue}”",
        f"规则 {claim.rule}",
        f"{claim.confidence:.2f}",
        _joined(notes),
    )


def _verdict_cells(verdict: Verdict) -> tuple[str, ...]:
    claim = verdict.claim
    subject = claim.subject.name if claim.subject else "（本文）"
    return (
        _OUTCOMES[verdict.outcome],
        f"{subject} —{claim.kind}→ {claim.object.name}",
        f"{claim.confidence:.2f}",
        _reasons(verdict.reasons(N_REASONS)),
    )


def _reasons(weighed: Iterable[tuple[str, int]]) -> str:
    return "  ".join(f"{feature} {weight / SCALE:+.2f}" for feature, weight in weighed)


def _number_cells(found: Measurement) -> tuple[str, ...]:
    value = f"{'约 ' if found.approximate else ''}{found.value} {found.unit}"
    notes = (
        found.kind,
        found.comparison or "",
        _note("又名", "、".join(found.indicator.other_names)),
        _note("地", found.place.name if found.place else ""),
        _note("出自", found.source.name if found.source else ""),
    )
    return (
        found.indicator.name, value, found.time or "", f"规则 {found.rule}", f"{found.confidence:.2f}",
        _joined(notes),
    )  # fmt: skip


def _miss_cells(miss: NearMiss) -> tuple[str, ...]:
    return "" if miss.lack is Lack.NO_VERB else miss.text, _WORDING[miss.lack]


def _note(label: str, text: str) -> str:
    return f"{label} {text}" if text else ""


def _joined(notes: Iterable[str]) -> str:
    return "，".join(note for note in notes if note)


# -- alignment -------------------------------------------------------------------------------


def _table(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield *rows* with their cells under each other; empty columns are left out."""
    held = [tuple(row) for row in rows]
    widths = [max(map(_columns, column)) for column in zip(*held, strict=True)]
    for row in held:
        cells = (
            cell + " " * (width - _columns(cell)) for cell, width in zip(row, widths, strict=True) if width
        )
        yield _GAP.join(cells).rstrip()


def _columns(text: str) -> int:
    """Return how many columns *text* takes on a terminal: two a Chinese character, none a mark on one."""
    return sum(
        0 if unicodedata.combining(character) else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )


def _visible(text: str) -> str:
    return "␣" if text.isspace() else text
