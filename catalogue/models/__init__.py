"""All entities, importable from one place; importing this loads SQLAlchemy and no Flask."""

from catalogue.models.account import Account, HolidayEntry, Setting
from catalogue.models.agency import Agency, LegalDocument, Sector, agency_succession
from catalogue.models.base import Base
from catalogue.models.decision import (
    ActRow,
    Decision,
    DecisionAct,
    DecisionLine,
    Leftover,
    LineTarget,
    StoredFile,
    Succession,
)
from catalogue.models.editing import UnsavedText
from catalogue.models.procedure import Procedure, ProcedureVersion, Validity, VersionBasis
from catalogue.models.record import AuditEntry, ImportedRecord, IndexTask
from catalogue.models.task import OrderedTask
from catalogue.models.words import MissingContent, QuestionCount, WordRule, WordRuleProcedure
from catalogue.models.workflow import (
    AgencyRole,
    ElectronicWorkflow,
    Workflow,
    WorkflowConfiguration,
    WorkflowConfirmation,
    WorkflowLine,
    WorkflowTarget,
    WorkflowValidity,
)

__all__ = [
    "Account", "ActRow", "Agency", "AgencyRole", "AuditEntry", "Base", "Decision", "DecisionAct", "DecisionLine",
    "ElectronicWorkflow", "HolidayEntry", "ImportedRecord", "IndexTask", "Leftover", "LegalDocument", "LineTarget",
    "MissingContent", "OrderedTask", "Procedure", "ProcedureVersion", "QuestionCount", "Sector", "Setting",
    "StoredFile", "Succession", "UnsavedText", "Validity", "VersionBasis", "WordRule", "WordRuleProcedure",
    "Workflow", "WorkflowConfiguration", "WorkflowConfirmation", "WorkflowLine", "WorkflowTarget",
    "WorkflowValidity", "agency_succession",
]  # fmt: skip
