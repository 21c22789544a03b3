"""What the docstring under a field says, for schemas and reference pages.

Nothing else needs it. pydantic would read the source of every model whenever the models are imported, which
takes longer than building them, so it is read here, once somebody asks.
"""

import ast
import inspect
import sys
import textwrap
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue


@cache
def descriptions(model: type[BaseModel]) -> dict[str, str]:
    """Return what each field of a model means, by its name; some may have no text."""
    written: dict[str, str] = {}
    # The model itself comes last, so that its own text counts before those of what it is made from.
    for kind in reversed(model.__mro__):
        if issubclass(kind, BaseModel) and kind is not BaseModel:
            written |= written_in(kind)
    found: dict[str, str] = {}
    for name, text in written.items():
        if name in model.model_fields:
            found[name] = text
    # A field made by a call has no text below it; what it means is given with it.
    for name, field in model.model_fields.items():
        if field.description:
            found[name] = field.description
    return found


def written_in(kind: type) -> dict[str, str]:
    """Return the texts below the fields of a class statement; none where the class was made by a call."""
    statement = _class_statement(kind)
    if statement is None:
        return {}
    texts = {}
    for field, below in pairwise(statement.body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            text = _text_of(below)
            if text is not None:
                texts[field.target.id] = text
    return texts


def _class_statement(kind: type) -> ast.ClassDef | None:
    found = _classes_of(kind.__module__).get(kind.__qualname__)
    if found:
        return found
    try:
        source = inspect.getsource(kind)
    except (OSError, TypeError):
        return None
    # A class inside a block is indented, which `ast.parse` refuses.
    statement = ast.parse(textwrap.dedent(source)).body[0]
    if isinstance(statement, ast.ClassDef):
        return statement
    return None


@cache
def _classes_of(module: str) -> dict[str, ast.ClassDef]:
    """Return the classes that stand at the top of one of our modules; each is read once for all of them."""
    if not module.startswith("rekb."):
        return {}
    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except (KeyError, OSError, TypeError):
        return {}
    return {part.name: part for part in tree.body if isinstance(part, ast.ClassDef)}


def _text_of(statement: ast.stmt) -> str | None:
    """Return the text that a statement is; `None` for any other statement."""
    match statement:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return inspect.cleandoc(text)
        case _:
            return None


class DocumentedSchema(GenerateJsonSchema):
    """JSON Schema of models with the meaning of each field as its description."""

    def model_schema(self, schema: Any) -> JsonSchemaValue:
        """Return the schema of one model."""
        made = super().model_schema(schema)
        texts = descriptions(schema["cls"])
        fields = made.get("properties", {})
        for name in fields.keys() & texts.keys():
            described = {"description": texts[name], **fields[name]}
            # pydantic leaves out what the schema of the field's own model says already.
            fields[name] = self.handle_ref_overrides(described)
        return made
