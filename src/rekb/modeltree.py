"""Walk the models alongside the data: which fields, words and forms a place in a file may hold."""

from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from rekb.document import Path_


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the data, found from one of pydantic's error locations."""

    path: Path_
    """The way to it in the file."""
    annotation: Any
    """The type that is wanted there; `None` where the models know no such field."""
    union: Path_ | None = None
    """The way to the value of several possible kinds that the error came from, if any."""


def bare(annotation: Any) -> Any:
    """Return a type without its constraints, and without `None` beside it."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    members = union_members(annotation)
    return bare(members[0]) if len(members) == 1 else annotation


def union_members(annotation: Any) -> tuple[Any, ...]:
    """Return the members of a union, `None` left out; nothing for another type."""
    if get_origin(annotation) not in (Union, UnionType):
        return ()
    return tuple(member for member in get_args(annotation) if member is not NoneType)


def words(annotation: Any) -> tuple[str, ...]:
    """Return the words of a closed list of words, else nothing."""
    inner = bare(annotation)
    return get_args(inner) if get_origin(inner) is Literal else ()


def model_of(annotation: Any) -> type[BaseModel] | None:
    """Return the model that a type is, if it is one."""
    inner = bare(annotation)
    return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None


def step(annotation: Any, part: str | int) -> Any:
    """Return the type of a field or list element; `None` where there is none."""
    if isinstance(part, int):
        arguments = get_args(bare(annotation))
        return arguments[0] if arguments else None
    model = model_of(annotation)
    field = model.model_fields.get(part) if model else None
    return field.annotation if field else None


def spot(kind: type[BaseModel], location: tuple[str | int, ...]) -> Spot:
    """Return the place that an error location names; parts that name members of a union are no part of it."""
    annotation: Any = kind
    path: list[str | int] = []
    union: Path_ | None = None
    for part in location:
        if members := union_members(bare(annotation)):
            union = tuple(path)
            annotation = next((m for m in members if getattr(m, "__name__", None) == part), None)
            continue
        path.append(part)
        annotation = step(annotation, part)
    return Spot(tuple(path), annotation, union)
