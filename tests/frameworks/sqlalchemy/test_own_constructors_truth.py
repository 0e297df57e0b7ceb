"""What the pages say of mapped classes with a constructor of their own happens in the real SQLAlchemy."""

import pytest
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Tracked:
    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.changes = 0


class Post(Tracked, Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]

    def __init__(self, **options):
        if options.get("text") is not None:
            options["text"] = options["text"].strip()
        self.draft = options.pop("draft", False)
        super().__init__(**options)


class Topic(Base):
    __tablename__ = "topics"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    text: Mapped[str]

    def __init__(self, title=None):
        self.title = title


def test_what_is_handed_on_comes_to_the_constructor_of_sqlalchemy() -> None:
    assert Post(text=" new ", draft=True).text == "new"
    with pytest.raises(TypeError, match="'body' is an invalid keyword argument"):
        Post(body="new")


def test_a_mapped_attribute_that_the_constructor_does_not_name_is_not_taken() -> None:
    assert Topic(title="new").title == "new"
    with pytest.raises(TypeError, match="unexpected keyword argument 'text'"):
        Topic(text="new")  # type: ignore[call-arg]
