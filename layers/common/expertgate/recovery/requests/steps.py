"""What the steps of a recovery take."""

from expertgate.account.requests.fields import CodeOrProof, EmailAddress, MobileNumber, Password, SentCode
from expertgate.inbound.fields import Request


class VerifyMobile(Request):
    """Prove a mobile by a code sent to it for the purpose the last answer named."""

    mobile: MobileNumber
    sms_code: CodeOrProof


class VerifyEmail(Request):
    """Prove an e-mail address by a code sent to it for the purpose the last answer named."""

    email: EmailAddress
    email_code: SentCode


class SetRecoveryPassword(Request):
    """Choose the new password, twice."""

    password: Password
    password_confirmation: Password
