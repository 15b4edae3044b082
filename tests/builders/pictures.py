"""The drawn evidence of the local samples, under the name tests use."""

from infra.local.samples.pictures import identity_card, page, pdf_of, picture, stamped_pdf

__all__ = ["identity_card", "page", "pdf_of", "picture", "stamped_pdf"]
