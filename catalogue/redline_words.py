"""Changes of a text as a sentence for citizens, and as the annex column "Nội dung sửa đổi, bổ sung"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from catalogue.exports.labels import capital, dong, number
from catalogue.exports.phrases import money_text
from catalogue.glossary import BODY_ROLES, CHANNELS, FLAGS, GRADES, PARTS, TIME_UNITS
from decisions.changes import Change
from decisions.dossier import bare
from decisions.headlines import Headline, News
from decisions.redline import Edit

SHORT = 90
"""Letters up to which words before and after stand in a sentence; longer ones are shown below it."""

NO_CHANGE = "Không có thay đổi."
_ONLY_ORDER = "Không có thay đổi về nội dung, chỉ đổi thứ tự giấy tờ."
_NO_COMMON_CHANGE = "Không có thay đổi ở những phần cả hai bản đều ghi."
_TOLD_IN_ANNEX = ("papers", "channels", "cases", "flags", "online", "times", "fees", "bodies")
_WAYS = {"direct": "trực tiếp", "online": "trực tuyến", "postal": "qua bưu chính công ích"}


def sentence(headlines: Sequence[Headline], changes: Sequence[Change]) -> str:
    """What changed, most important first; then which parts only one of the texts speaks of."""
    told = [clause(headline) for headline in headlines if not _revised(headline)]
    if revised := [label for headline in headlines if (label := _revised(headline))]:
        told.append("sửa " + _and(dict.fromkeys(revised)))
    first = capital(_listed(told)) + "." if told else ""
    silent = _silent_sentences([change for change in changes if change.silent])
    if not first:
        order = any(change.is_order for change in changes)
        first = _NO_COMMON_CHANGE if silent else _ONLY_ORDER if order else NO_CHANGE
    return " ".join([first, *silent])


def _listed(clauses: Iterable[str]) -> str:
    found = list(dict.fromkeys(clauses))
    return ("; " if any("," in clause for clause in found) else ", ").join(found)


def _and(names: Iterable[str]) -> str:
    *found, last = names
    return f"{', '.join(found)} và {last}" if found else last


def _revised(headline: Headline) -> str:
    """The part, where nothing more can be said in a clause than that it was revised."""
    if headline.part == "channels" and headline.where:
        return ""
    if headline.part in ("times", "fees"):
        told = headline.amount is not None or _is_short(headline.before, headline.after)
        return "" if told else _lower(PARTS[headline.part])
    if headline.part == "papers":
        return "" if headline.count else "chỉ dẫn về thành phần hồ sơ"
    if headline.part == "online":
        return "" if headline.before and headline.after else _lower(PARTS["online"])
    return "" if headline.part in _CLAUSES and headline.part != "channels" else _lower(PARTS[headline.part])


def _silent_sentences(changes: Sequence[Change]) -> list[str]:
    added = _parts_of(change for change in changes if change.kind is not Edit.REMOVED)
    removed = _parts_of(change for change in changes if change.kind is Edit.REMOVED)
    found = []
    if added:
        only = changes[0] if len(changes) == 1 and _is_short(changes[0].after) else None
        words = f"{added}: «{_one_line(only.after)}»" if only else added
        found.append(f"Bản sau ghi thêm {words} (bản trước chưa ghi).")
    if removed:
        found.append(f"Bản sau không ghi {removed}.")
    return found


def _parts_of(changes: Iterable[Change]) -> str:
    labels = dict.fromkeys(_part_name(change) for change in changes)
    return _listed(labels)


def _part_name(change: Change) -> str:
    return _lower(BODY_ROLES[change.where] if change.part == "bodies" else PARTS[change.part])


def clause(headline: Headline) -> str:
    """One clause of the sentence, without capital and stop: "giảm 2 ngày (còn 3 ngày)"."""
    label = _revised(headline)
    return f"sửa {label}" if label else _CLAUSES[headline.part](headline)


def annex_words(headlines: Iterable[Headline]) -> str:
    """A proposal for the annex column: each changed part with what changed in it, for an officer to keep or to edit."""
    by_part: dict[str, list[str]] = {}
    for headline in headlines:
        by_part.setdefault(PARTS[headline.part], []).append(_of_annex(headline))
    told = ((label, ", ".join(filter(None, words))) for label, words in by_part.items())
    clauses = [f"{label}: {words}" if words else label for label, words in told]
    return "; ".join(_lower(words) if place else words for place, words in enumerate(clauses))


def _of_annex(headline: Headline) -> str:
    if headline.part in ("times", "fees", "name", "bodies") and headline.before and headline.after:
        if _is_short(headline.before, headline.after):
            return f"{_where(headline)}từ «{_printed(headline.before)}» thành «{_printed(headline.after)}»"
        return ""
    if headline.part in ("times", "fees") and _is_short(headline.before, headline.after):
        verb = "thêm" if headline.news is News.ADDED else "bỏ"
        return f"{_where(headline)}{verb} «{_printed(headline.after or headline.before)}»"
    if headline.part not in _TOLD_IN_ANNEX or _revised(headline):
        return ""
    return clause(headline).removeprefix(f"{_lower(PARTS[headline.part])} ")


def _where(headline: Headline) -> str:
    places = headline.where if headline.part != "bodies" else ()
    return f"{', '.join(map(_place, places))} " if places else ""


# ------------------------------------------------------------------ clauses


def _of_papers(headline: Headline) -> str:
    verb = {News.ADDED: "thêm", News.REMOVED: "bỏ", News.CHANGED: "sửa"}[headline.news]
    cases = [bare(case) for case in headline.where if bare(case)]
    where = ""
    if len(cases) == 1 and _is_short(cases[0]):
        where = f" ở «{_one_line(cases[0])}»"
    elif cases:
        where = " ở một số trường hợp"
    return f"{verb} {headline.count} giấy tờ{where}"


def _of_times(headline: Headline) -> str:
    how = _filed(headline.where)
    if headline.amount is not None and headline.rest is not None and headline.unit is not None:
        unit = TIME_UNITS[headline.unit]
        verb, rest = ("giảm", "còn") if headline.news is News.LESS else ("tăng", "thành")
        return f"{verb} {number(headline.amount)} {unit}{how} ({rest} {number(headline.rest)} {unit})"
    return _told("thời hạn giải quyết" + how, headline)


def _of_fees(headline: Headline) -> str:
    subject = _fee_name(headline) + _filed(headline.where, short=True)
    if headline.amount is not None and headline.rest is not None:
        if headline.news is News.MORE:
            return f"{subject} tăng lên {dong(headline.rest)}"
        return f"{subject} còn 0 đồng" if not headline.rest else f"{subject} giảm còn {dong(headline.rest)}"
    return _told(subject, headline)


def _fee_name(headline: Headline) -> str:
    words = f"{headline.before} {headline.after}".lower()
    if "lệ phí" in words and "phí" not in words.replace("lệ phí", ""):
        return "lệ phí"
    return "phí, lệ phí"


def _told(subject: str, headline: Headline) -> str:
    if not _is_short(headline.before, headline.after):
        return f"đổi {subject}"
    before, after = _printed(headline.before), _printed(headline.after)
    if headline.news is News.CHANGED:
        return f"{subject} từ «{before}» thành «{after}»"
    return f"thêm {subject}: «{after}»" if headline.news is News.ADDED else f"bỏ {subject}: «{before}»"


def _of_channels(headline: Headline) -> str:
    ways = _and(_WAYS[way] for way in headline.where)
    return f"nộp được hồ sơ {ways}" if headline.news is News.ADDED else f"không còn nhận hồ sơ {ways}"


def _of_online(headline: Headline) -> str:
    before, after = (_lower(GRADES[grade]) for grade in (headline.before, headline.after))
    return f"mức độ trực tuyến từ {before} thành {after}"


def _of_cases(headline: Headline) -> str:
    verb = {News.ADDED: "thêm", News.REMOVED: "bỏ", News.CHANGED: "sửa"}[headline.news]
    return f"{verb} {headline.count} trường hợp"


def _of_bodies(headline: Headline) -> str:
    role = _lower(BODY_ROLES[headline.where[0]]) if len(headline.where) == 1 else "cơ quan giải quyết"
    return _told(role, headline) if headline.count == 1 else f"đổi {role}"


def _of_flags(headline: Headline) -> str:
    labels = _and(_lower(FLAGS[flag]) for flag in headline.where)
    return f"không còn {labels}" if headline.news is News.REMOVED else f"nay {labels}"


def _of_name(headline: Headline) -> str:
    return "đổi tên thủ tục"


_CLAUSES: dict[str, Callable[[Headline], str]] = {
    "papers": _of_papers, "times": _of_times, "fees": _of_fees, "channels": _of_channels, "online": _of_online,
    "cases": _of_cases, "bodies": _of_bodies, "flags": _of_flags, "name": _of_name,
}  # fmt: skip


def _filed(where: Sequence[str], *, short: bool = False) -> str:
    """Behind a subject: " khi nộp trực tuyến", or only " trực tuyến"; a case by its name."""
    if not where:
        return ""
    ways = [_WAYS[place] for place in where if place in _WAYS]
    if len(ways) == len(where):
        return (" " if short else " khi nộp ") + _and(ways)
    cases = [bare(place) for place in where]
    return f" ở «{_one_line(cases[0])}»" if len(cases) == 1 and _is_short(cases[0]) else " ở một số trường hợp"


def _place(where: str) -> str:
    return CHANNELS.get(where) or f"«{_one_line(bare(where))}»"


def _is_short(*texts: str) -> bool:
    return all(len(text) <= SHORT for text in texts)


def _printed(text: str) -> str:
    return money_text(_one_line(text)).rstrip(" .;")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
