"""The form 个人信息完善: every field of P2.1.2, 用户账号 and 姓名(中文) required (ADM-07)."""

from expertgate.admission.requests import fields as f


class MemberProfileForm(f.Part):
    """用户基本信息; 所在单位 is the unit of the address and not typed."""

    user_name: f.UserNameField
    name_zh: f.PersonNameField
    name_en: f.ShortEnglish | None = None
    department: f.Text | None = None
    document_number: f.DocumentNumberField | None = None
    mobile: f.MobileField | None = None
    landline: f.LandlineField | None = None
    position_zh: f.ShortChinese | None = None
    position_en: f.ShortEnglish | None = None
    title: f.Text | None = None
    discipline: f.DisciplineField | None = None
    email: f.EmailField | None = None
    fax: f.LandlineField | None = None
    address: f.Text | None = None
    postcode: f.PostcodeField | None = None
