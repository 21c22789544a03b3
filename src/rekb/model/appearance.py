"""Where and when a work appeared, with a field for each scheme of identifiers."""

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, StrictInt, StringConstraints, create_model

from rekb.model.base import Model, Slug, Year
from rekb.model.identifiers import SCHEMES
from rekb.model.scheme import Scheme


class Appearance(Model):
    """Where and when a work appeared."""

    venue: Slug
    """Where, a word of taxonomy/venues.yaml."""
    year: Year
    """The year of this record."""
    month: Annotated[StrictInt, Field(ge=1, le=12)] | None = None
    """The month of this record, 1 to 12."""


def _identifier_field(scheme: Scheme) -> tuple[Any, Any]:
    form = StringConstraints(strict=True, pattern=rf"^{scheme.form}\Z")
    return Annotated[str, form] | None, Field(default=None, description=scheme.help)


if TYPE_CHECKING:

    class Identified(Appearance):
        """What a type checker sees: the schemes that code calls by name. `SCHEMES` says which there are."""

        arxiv: str | None = None
        doi: str | None = None
        openreview: str | None = None
        acl: str | None = None
        pmlr: str | None = None

else:
    # Made from the table of identifiers, so that a new scheme needs no line here.
    Identified = create_model(
        "Identified",
        __base__=Appearance,
        **{name: _identifier_field(scheme) for name, scheme in SCHEMES.items()},
    )
