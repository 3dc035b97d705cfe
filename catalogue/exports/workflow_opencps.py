"""Files for the open one-stop software OpenCPS: ``ServiceProcess`` (the workflow) and ``ServiceInfo`` (the texts).

Names, order and lengths of the elements are those of its import schema. No text is silently cut: one that
is too long is replaced by a summary and the address of the full text, and a warning says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from catalogue.exports.blocks import one_line, plain
from catalogue.exports.workflow_boxes import step_name
from catalogue.exports.workflow_machine import WorkflowOrigin
from decisions.workflow import Branching, Route, StepKind, StepTime, Workflow, WorkflowStep, routes_of

SHORT, LONG = 255, 1000
_NAME_ROOM = 60
END_STEP = "ket-thuc"
_HOURS = 1
"""``durationUnit``: 0 counts days, 1 hours."""
_STATES = {
    StepKind.RECEIVE: "receiving",
    StepKind.TASK: "processing",
    StepKind.HANDOVER: "processing",
    StepKind.WAIT: "waiting",
    StepKind.RETURN: "releasing",
}
_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+|\s*\n\s*")

Element = ElementTree.Element


@dataclass(frozen=True)
class OpenCpsFile:
    """The file in UTF-8, and a sentence for everything that it cannot say as it is."""

    data: bytes
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class ServiceTexts:
    """What ``ServiceInfo`` asks; ``steps`` are named in the summary, ``forms`` are (file, number, name)."""

    process: str = ""
    steps: tuple[str, ...] = ()
    method: str = ""
    dossier: str = ""
    condition: str = ""
    duration: str = ""
    applicant: str = ""
    result: str = ""
    bases: str = ""
    fee: str = ""
    agency_code: str = ""
    agency_name: str = ""
    sector_code: str = ""
    sector_name: str = ""
    online_grade: int = 0
    citizens: bool = True
    businesses: bool = True
    by_post: bool = False
    forms: tuple[tuple[str, str, str], ...] = ()


@dataclass
class _Writer:
    """Fills elements in order; collects a warning for every text that did not fit."""

    address: str
    warnings: list[str] = field(default_factory=list)

    def fill(self, parent: Element, **values: Any) -> Element:
        """Add children named as the keywords; texts may be as long as ``SHORT``."""
        for name, value in values.items():
            self.text(parent, name, value)
        return parent

    def text(self, parent: Element, name: str, value: Any, limit: int = SHORT, steps: tuple[str, ...] = ()) -> None:
        """Add one child; booleans and numbers as XML Schema writes them."""
        text = str(value).lower() if isinstance(value, bool) else str(value)
        ElementTree.SubElement(parent, name).text = self.fitted(f"{parent.tag}/{name}", text, limit, steps)

    def fitted(self, place: str, text: str, limit: int, steps: tuple[str, ...] = ()) -> str:
        """The text, or a summary and the address of all of it."""
        text = one_line(text) if limit == SHORT else plain(text)
        if len(text) <= limit:
            return text
        where = f"Toàn văn: {self.address}" if self.address else "Toàn văn: xem danh mục thủ tục hành chính của tỉnh."
        room = limit - len(where) - 1
        short = _steps_named(steps, room) or _whole_sentences(text, room)
        told = f"{short} {where}".strip()
        self.warnings.append(
            f"Trường {place} chỉ nhận {limit} ký tự; nội dung {len(text)} ký tự được thay bằng tóm tắt và đường dẫn."
        )
        return told if len(told) <= limit else where[:limit]


def _whole_sentences(text: str, room: int) -> str:
    """The first sentences or list items that fit; where not even one does, its first words and "…"."""
    kept = ""
    for sentence in _SENTENCE_END.split(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > room:
            break
        kept = longer
    return kept or _first_words(one_line(text), room)


def _first_words(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    return text[: max(room - 1, 0)].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…" if room > 1 else ""


def _steps_named(steps: tuple[str, ...], room: int) -> str:
    """ "Gồm 4 bước: nộp hồ sơ; kiểm tra; …": as many steps as fit, each by its first words."""
    names = [_first_words(name, _NAME_ROOM) for step in steps if (name := one_line(step).rstrip(" .;:"))]
    lead = f"Gồm {len(names)} bước: "
    for count in range(len(names), 0, -1) if len(names) > 1 else ():
        told = lead + "; ".join(names[:count]) + ("; …" if count < len(names) else "" if names[-1][-1] == "…" else ".")
        if len(told) <= room:
            return told
    return ""


def service_process(workflow: Workflow, origin: WorkflowOrigin) -> OpenCpsFile:
    """The workflow; OpenCPS knows no parallel parts and no joins, which the warnings name."""
    writer, root = _Writer(origin.address), Element("ServiceProcess")
    number = one_line(workflow.symbol) or origin.code
    writer.fill(root, processNo=number, processName=workflow.name, description=_described(workflow, origin))
    writer.fill(
        root,
        durationCount=_count(workflow.total),
        durationUnit=_HOURS,
        generatePassword=False,
        serverNo="",
        serverName="",
    )
    writer.fill(root, dossierNoPattern="", dueDatePattern="")
    roles = list(dict.fromkeys((step.unit, step.role) for step in workflow.steps)) or [("", "")]
    _roles(writer, ElementTree.SubElement(root, "roles"), "ProcessRole", roles, roles)
    _steps(writer, ElementTree.SubElement(root, "steps"), workflow, roles)
    _actions(writer, ElementTree.SubElement(root, "actions"), workflow)
    _sequences(writer, ElementTree.SubElement(root, "sequences"), workflow, roles)
    writer.warnings.extend(_unsayable(workflow))
    return _file(root, writer)


def _count(time: StepTime) -> str:
    """Working hours that count; empty for none, which OpenCPS takes as no limit."""
    return f"{time.counted.normalize():f}" if time.counted else ""


def _described(workflow: Workflow, origin: WorkflowOrigin) -> str:
    parts = (origin.name, workflow.case and f"Trường hợp: {workflow.case}", origin.decision, origin.address)
    return ". ".join(one_line(part) for part in parts if part)


def _roles(
    writer: _Writer, parent: Element, tag: str, wanted: Iterable[tuple[str, str]], roles: list[tuple[str, str]]
) -> None:
    for unit, role in wanted:
        name = " – ".join(part for part in (one_line(role), one_line(unit)) if part)
        element = ElementTree.SubElement(parent, tag)
        code = f"R{roles.index((unit, role)) + 1:02}"
        writer.fill(element, roleCode=code, roleName=name, moderator=True, condition="")


def _steps(writer: _Writer, parent: Element, workflow: Workflow, roles: list[tuple[str, str]]) -> None:
    for place, step in enumerate(workflow.steps, 1):
        element = ElementTree.SubElement(parent, "ProcessStep")
        state = step.state or _STATES[step.kind]
        writer.fill(element, stepCode=step.key, stepName=step_name(step), sequenceNo=str(place), groupName=step.stage)
        writer.fill(element, dossierStatus=state, dossierSubStatus="", durationCount=_count(step.time))
        writer.fill(element, instructionNote=step.text, briefNote=step.product, roleAsStep="", checkInput=0)
        inner = ElementTree.SubElement(element, "roles")
        _roles(writer, inner, "StepRole", [(step.unit, step.role)], roles)
    element = ElementTree.SubElement(parent, "ProcessStep")
    writer.fill(element, stepCode=END_STEP, stepName="Kết thúc", sequenceNo=str(len(workflow.steps) + 1), groupName="")
    writer.fill(element, dossierStatus="done", dossierSubStatus="", durationCount="", instructionNote="", briefNote="")
    writer.fill(element, roleAsStep="", checkInput=0)
    _roles(writer, ElementTree.SubElement(element, "roles"), "StepRole", roles[-1:], roles)


def _actions(writer: _Writer, parent: Element, workflow: Workflow) -> None:
    steps = {step.key: step for step in workflow.steps}
    first = Route(workflow.steps[0].key if workflow.steps else "")
    ways = [("", first), *((key, route) for key, routes in routes_of(workflow).items() for route in routes)]
    for place, (source, route) in enumerate((w for w in ways if not w[1].to or w[1].to in steps), 1):
        element = ElementTree.SubElement(parent, "ProcessAction")
        writer.fill(element, actionCode=f"A{place:03}", actionName=_action_name(route, steps))
        writer.fill(element, preStepCode=source, postStepCode=route.to or END_STEP, autoEvent="")
        writer.fill(element, preCondition=route.condition, allowAssignUser=0, assignUserId=0, assignUserName="")
        writer.fill(element, requestPayment=0, paymentFee="", createDossierFiles="", returnDossierFiles="")
        writer.fill(element, eSignature=False, signatureType="", createDossiers="")


def _action_name(route: Route, steps: dict[str, WorkflowStep]) -> str:
    if not route.to:
        return one_line(route.condition) or "Kết thúc"
    verb = "Trả lại" if route.returns else "Chuyển"
    return f"{verb}: {step_name(steps[route.to])}"


def _sequences(writer: _Writer, parent: Element, workflow: Workflow, roles: list[tuple[str, str]]) -> None:
    """One part a step; the last one is the end."""
    for place, step in enumerate(workflow.steps, 1):
        element, code = ElementTree.SubElement(parent, "ProcessSequence"), roles.index((step.unit, step.role)) + 1
        writer.fill(element, sequenceNo=str(place), sequenceName=step_name(step), sequenceRole=f"R{code:02}")
        writer.fill(element, durationCount=_count(step.time))
    element = ElementTree.SubElement(parent, "ProcessSequence")
    writer.fill(element, sequenceNo=str(len(workflow.steps) + 1), sequenceName="Kết thúc", sequenceRole="")
    writer.fill(element, durationCount="")


def _unsayable(workflow: Workflow) -> Iterable[str]:
    for step in workflow.steps:
        name = one_line(step.label) or step.key
        if step.branching is Branching.ALL and sum(not route.returns for route in step.routes) > 1:
            yield f"Bước “{name}” mở các nhánh song song; OpenCPS không có nhánh song song, cần cấu hình lại bằng tay."
        if step.waits_for_all:
            yield f"Bước “{name}” chờ đủ các nhánh; OpenCPS không ghi được điều này, cần cấu hình lại bằng tay."


def service_info(origin: WorkflowOrigin, texts: ServiceTexts, workflow: Workflow | None = None) -> OpenCpsFile:
    """The texts of a procedure; the workflow, where given, is named as its process."""
    writer, root = _Writer(origin.address), Element("ServiceInfo")
    writer.text(root, "serviceCode", origin.code)
    writer.text(root, "serviceName", one_line(origin.name), LONG)
    writer.text(root, "processText", texts.process, SHORT, texts.steps)
    for name, text in (
        ("methodText", texts.method),
        ("dossierText", texts.dossier),
        ("conditionText", texts.condition),
        ("durationText", texts.duration),
        ("applicantText", texts.applicant),
        ("resultText", texts.result),
        ("regularText", texts.bases),
        ("feeText", texts.fee),
    ):
        writer.text(root, name, text, LONG)
    writer.fill(root, administrationCode=texts.agency_code, administrationName=texts.agency_name)
    writer.fill(root, domainCode=texts.sector_code, domainName=texts.sector_name, maxLevel=texts.online_grade)
    templates = ElementTree.SubElement(root, "fileTemplates")
    for filename, number, name in texts.forms or (("", "", ""),):
        template = ElementTree.SubElement(templates, "fileTemplate")
        writer.fill(template, filename=filename, fileTemplateNo=number, templateName=name)
    _service_config(writer, ElementTree.SubElement(root, "configs"), origin, texts, workflow)
    return _file(root, writer)


def _service_config(
    writer: _Writer, parent: Element, origin: WorkflowOrigin, texts: ServiceTexts, workflow: Workflow | None
) -> None:
    config = ElementTree.SubElement(parent, "ServiceConfig")
    writer.fill(config, govAgencyCode=texts.agency_code, govAgencyName=texts.agency_name, serviceInstruction="")
    writer.fill(config, serviceLevel=texts.online_grade, serviceUrl=origin.address, forCitizen=texts.citizens)
    writer.fill(config, forBusiness=texts.businesses, postalService=texts.by_post, registration=False)
    option = ElementTree.SubElement(ElementTree.SubElement(config, "processes"), "ProcessOption")
    number = (one_line(workflow.symbol) if workflow else "") or origin.code
    name = workflow.name if workflow else origin.name
    writer.fill(option, optionCode=number, optionName=name, seqOrder=1, sampleCount=0, autoSelect="")
    writer.fill(option, instructionNote="", submissionNote="", templateNo=origin.code, templateName=origin.name)
    writer.fill(option, processNo=number, processName=name, registerBookCode="")


def _file(root: Element, writer: _Writer) -> OpenCpsFile:
    ElementTree.indent(root)
    text: str = ElementTree.tostring(root, encoding="unicode")
    data = f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
    return OpenCpsFile(data, tuple(dict.fromkeys(writer.warnings)))
