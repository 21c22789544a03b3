"""What tests remember of templates never stands for another text, nor for another kind of Jinja."""

from jinja2 import DictLoader, Environment


class Other(Environment):
    """Another kind of Jinja."""


def test_a_changed_template_is_compiled_again() -> None:
    assert Environment(autoescape=True).bytecode_cache is not None  # `conftest` has seen to it
    shown = []
    for text in ("one {{ 1 }}", "two {{ 2 }}", "one {{ 1 }}"):
        shown.append(Environment(loader=DictLoader({"a": text}), autoescape=True).get_template("a").render())
    assert shown == ["one 1", "two 2", "one 1"]


def test_each_kind_of_jinja_compiles_for_itself() -> None:
    loader = DictLoader({"a": "{{ '<' }}"})
    plain = Environment(loader=loader, autoescape=True).get_template("a").render()
    other = Other(loader=loader, autoescape=False).get_template("a").render()
    assert (plain, other) == ("&lt;", "<")
