"""The form 单位信息完善: its four parts with every field of P2.1.1, starred ones required (ADM-04)."""

from typing import Annotated, Literal

from pydantic import Field

from expertgate.admission.requests import fields as f
from expertgate.inbound.fields import Request


class UnitBasics(Request):
    """用人单位基本信息."""

    name_zh: f.UnitNameField
    name_en: f.English
    short_name_zh: f.ShortChinese
    short_name_en: f.ShortEnglish
    bureau_type: Literal["province", "city", "ministry"]
    bureau: f.BureauField
    industry: f.IndustryField
    unit_nature: f.NatureField
    unit_type: f.UnitTypeField
    uscc: f.UsccField
    bank_account_name: f.Chinese
    bank_branch: f.Chinese
    bank_account: f.UnitAccountField
    cnaps_code: f.CnapsField
    staff: f.PeopleField
    technical_staff: f.PeopleField
    address_zh: f.Chinese
    postcode: f.PostcodeField
    address_en: f.English
    assets: f.MoneyField
    division: f.CountyField
    website: f.UrlField


class Introductions(Request):
    """单位中英文简介; without the English one the form is returned, so it is refused at once."""

    zh: f.ChineseProse
    en: Annotated[f.EnglishProse, Field(validate_default=True)] = ""


class ContactAccount(f.Part):
    """用户账号基本信息: who uses the system for the unit first."""

    user_name: f.UserNameField
    name_zh: f.PersonNameField
    name_en: f.ShortEnglish | None = None
    department: f.Text
    document_number: f.DocumentNumberField
    mobile: f.MobileField
    landline: f.LandlineField | None = None
    position_zh: f.ShortChinese
    position_en: f.ShortEnglish
    email: f.EmailField
    fax: f.LandlineField | None = None


class UnitAttachments(Request):
    """附件信息: colour pictures, by the ids of their uploads (ADM-05)."""

    registration_proof: f.EvidenceField
    bank_page: f.EvidenceField


class UnitProfileForm(Request):
    """The four parts; `missing` of a part is told field by field where the client sends an empty one."""

    basic: UnitBasics
    introduction: Introductions
    account: ContactAccount
    attachments: UnitAttachments


class UnitChangeForm(Request):
    """单位信息变更: three of the parts; who uses the system for the unit is no part of it (ADM-13)."""

    basic: UnitBasics
    introduction: Introductions
    attachments: UnitAttachments
