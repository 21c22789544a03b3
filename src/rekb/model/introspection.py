"""Walk the models alongside the data: which fields, words and forms a place in a file may hold."""

from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, RootModel

from rekb.yamlio.document import Path_

KEY = "[key]"
"""What ends pydantic's location of a key of a map."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the data, found from one of pydantic's error locations."""

    path: Path_
    """The way to it in the file."""
    annotation: Any
    """The type that is wanted there; `None` where the models know no such field."""
    value: Any
    """What is there; `None` where nothing is."""
    written: str = ""
    """How a number or constant is written there, where the canonical form would write it otherwise."""


@cache
def bare(annotation: Any) -> Any:
    """Return a type without its constraints, and without `None` beside it."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    members = union_members(annotation)
    if len(members) == 1:
        return bare(members[0])
    return annotation


@cache
def union_members(annotation: Any) -> tuple[Any, ...]:
    """Return the members of a union, `None` left out; nothing for another type."""
    if get_origin(annotation) not in (Union, UnionType):
        return ()
    found: list[Any] = []
    for member in get_args(annotation):
        if member is not NoneType:
            found.append(member)
    return tuple(found)


@cache
def words(annotation: Any) -> tuple[str, ...]:
    """Return the words of a closed list of words, else nothing."""
    inner = bare(annotation)
    if get_origin(inner) is Literal:
        return get_args(inner)
    return ()


@cache
def model_of(annotation: Any) -> type[BaseModel] | None:
    """Return the model that a type is, if it is one."""
    inner = bare(annotation)
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return inner
    return None


def step(annotation: Any, part: str | int) -> Any:
    """Return the type of a field, list element or value of a map; `None` where there is none."""
    if isinstance(part, int):
        arguments = get_args(bare(annotation))
        return next(iter(arguments), None)
    values = map_values(annotation)
    if values:
        return values
    model = model_of(annotation)
    if model is None:
        return None
    field = model.model_fields.get(part)
    if field:
        return field.annotation
    return _others(model)


@cache
def _others(model: type[BaseModel]) -> Any:
    """Return the type of fields that a model does not name, where it takes such."""
    if model.model_config.get("extra") != "allow":
        return None
    # pydantic keeps the type of such fields in an annotation of the model.
    return get_args(get_type_hints(model)["__pydantic_extra__"])[1]


@cache
def map_values(annotation: Any) -> Any:
    """Return the type of the values of a map, or of a model that is nothing but one; else `None`."""
    model = model_of(annotation)
    if model and issubclass(model, RootModel):
        annotation = model.model_fields["root"].annotation
    inner = bare(annotation)
    if get_origin(inner) is dict:
        return get_args(inner)[1]
    return None


def spot(kind: type[BaseModel], location: tuple[str | int, ...], value: Any) -> Spot | None:
    """Return the place that an error location names.

    Where several kinds of value are possible, pydantic reports each kind's complaint. A mapping is meant as
    the kind whose field it names, and complaints of the others are nothing (`None`); any other value gets
    one complaint as a whole.
    """
    annotation: Any = kind
    path: list[str | int] = []
    for part in location:
        if part == KEY:
            return Spot(tuple(path), str, path[-1])
        if members := union_members(bare(annotation)):
            meant = _meant(members, value)
            if meant is None:
                break
            # In a union, pydantic's location goes on with the name of the model that complains.
            if part != meant.__name__:
                return None
            annotation = meant
        else:
            path.append(part)
            annotation, value = step(annotation, part), inside(value, part)
    return Spot(tuple(path), annotation, value)


def _meant(members: tuple[Any, ...], value: Any) -> type[BaseModel] | None:
    """Return the one model of several that has a field which a mapping names."""
    if not isinstance(value, dict):
        return None
    models = []
    for model in map(model_of, members):
        if model and not value.keys().isdisjoint(model.model_fields):
            models.append(model)
    if len(models) == 1:
        return models[0]
    return None


def inside(value: Any, part: str | int) -> Any:
    """Return a field or element of a value; `None` where there is none."""
    if isinstance(value, dict):
        return value.get(part)
    if not isinstance(value, list) or not isinstance(part, int):
        return None
    if part < len(value):
        return value[part]
    return None
