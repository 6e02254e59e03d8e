from typing import Annotated, List, Literal, Optional, Union

from typing_inspection import typing_objects
from typing_inspection.introspection import (
    AnnotationSource,
    get_literal_values,
    inspect_annotation,
    is_union_origin,
)


def start():
    print(
        list(get_literal_values(Literal[1, "a", None])),
        is_union_origin(Union),
        typing_objects.is_any(int),
    )
    found = inspect_annotation(Annotated[int, "meta"], annotation_source=AnnotationSource.ANY)
    print(
        found.type,
        found.metadata,
        sorted(found.qualifiers),
        typing_objects.is_annotated(Annotated),
        Optional[int] == Union[int, None],
        List[int],
    )
