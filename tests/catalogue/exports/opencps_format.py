"""What the import format of OpenCPS allows, as a schema: order, types and lengths of the elements we write."""

from __future__ import annotations

from functools import cache

from lxml import etree

SHORT, LONG, WHOLE, YES_NO = "short", "long", "xsd:int", "xsd:boolean"


def _one(name: str, kind: str = SHORT) -> str:
    return f'<xsd:element name="{name}" type="{kind}"/>'


def _many(names: str, kind: str = SHORT) -> str:
    return "".join(_one(name, kind) for name in names.split())


def _group(name: str, *inside: str, repeated: bool = False) -> str:
    times = ' maxOccurs="unbounded"' if repeated else ""
    content = f"<xsd:complexType><xsd:sequence>{''.join(inside)}</xsd:sequence></xsd:complexType>"
    return f'<xsd:element name="{name}"{times}>{content}</xsd:element>'


def _role(name: str) -> str:
    return _group(name, _many("roleCode roleName"), _one("moderator", YES_NO), _one("condition"), repeated=True)


_PROCESS = _group(
    "ServiceProcess",
    _many("processNo processName description durationCount"),
    _one("durationUnit", WHOLE),
    _one("generatePassword", YES_NO),
    _many("serverNo serverName dossierNoPattern dueDatePattern"),
    _group("roles", _role("ProcessRole")),
    _group(
        "steps",
        _group(
            "ProcessStep",
            _many("stepCode stepName sequenceNo groupName dossierStatus dossierSubStatus durationCount"),
            _many("instructionNote briefNote roleAsStep"),
            _one("checkInput", WHOLE),
            _group("roles", _role("StepRole")),
            repeated=True,
        ),
    ),
    _group(
        "actions",
        _group(
            "ProcessAction",
            _many("actionCode actionName preStepCode postStepCode autoEvent preCondition"),
            _many("allowAssignUser assignUserId", WHOLE),
            _one("assignUserName"),
            _one("requestPayment", WHOLE),
            _many("paymentFee createDossierFiles returnDossierFiles"),
            _one("eSignature", YES_NO),
            _many("signatureType createDossiers"),
            repeated=True,
        ),
    ),
    _group(
        "sequences",
        _group("ProcessSequence", _many("sequenceNo sequenceName sequenceRole durationCount"), repeated=True),
    ),
)
_OPTION = _group(
    "ProcessOption",
    _many("optionCode optionName"),
    _many("seqOrder sampleCount", WHOLE),
    _many("autoSelect instructionNote submissionNote templateNo templateName processNo processName registerBookCode"),
    repeated=True,
)
_SERVICE = _group(
    "ServiceInfo",
    _one("serviceCode"),
    _one("serviceName", LONG),
    _one("processText"),
    _many("methodText dossierText conditionText durationText applicantText resultText regularText feeText", LONG),
    _many("administrationCode administrationName domainCode domainName"),
    _one("maxLevel", WHOLE),
    _group("fileTemplates", _group("fileTemplate", _many("filename fileTemplateNo templateName"), repeated=True)),
    _group(
        "configs",
        _group(
            "ServiceConfig",
            _many("govAgencyCode govAgencyName serviceInstruction"),
            _one("serviceLevel", WHOLE),
            _one("serviceUrl"),
            _many("forCitizen forBusiness postalService registration", YES_NO),
            _group("processes", _OPTION),
            repeated=True,
        ),
    ),
)


def _text(name: str, length: int) -> str:
    limit = f'<xsd:restriction base="xsd:string"><xsd:maxLength value="{length}"/></xsd:restriction>'
    return f'<xsd:simpleType name="{name}">{limit}</xsd:simpleType>'


@cache
def opencps_schema() -> etree.XMLSchema:
    """Texts of 255 and of 1000 characters; everything in this order."""
    types = _text(SHORT, 255) + _text(LONG, 1000)
    schema = f'<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">{types}{_SERVICE}{_PROCESS}</xsd:schema>'
    return etree.XMLSchema(etree.fromstring(schema))
