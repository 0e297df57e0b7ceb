"""What the rule says of abstract classes is so."""

from abc import ABC, abstractmethod
from typing import Generic, Protocol, TypeVar

import pytest
from pydantic import BaseModel

T = TypeVar("T")


class Sends(Protocol):
    @abstractmethod
    def send(self) -> None: ...


class Exporter(ABC, Generic[T]):
    @property
    @abstractmethod
    def name(self) -> str: ...


class Mailer(Sends):
    def post(self) -> None: ...


class Text(Exporter[str]):
    pass


class Image(BaseModel):
    @abstractmethod
    def url(self) -> str: ...


class Named:
    name = "named"


class Mixed(Named, Exporter[str]):
    pass


class RefusedError(Exception, Exporter[str]):
    pass


class Plain:
    @abstractmethod
    def name(self) -> str: ...


@pytest.mark.parametrize("cls", [Image, Mailer, Text])
def test_python_makes_no_object_of_an_abstract_class(cls: type) -> None:
    with pytest.raises(TypeError, match="abstract"):
        cls()


@pytest.mark.parametrize("cls", [Mixed, RefusedError, Plain])
def test_python_makes_objects_of_others(cls: type) -> None:
    assert cls() is not None
