"""Parses a corpus with newsparse on Ray Data: `newsparse_arrow.parse_batch`, and how Ray has to be told.

Takes a dataset with a column of texts, gives one with the articles, issues and error of each row as three more columns.
"""

from typing import Any

from newsparse import Parser
from newsparse.readers.limits import RECORD

__all__ = ["parse"]

BLOCK = 1000
"""How many rows Ray does again when a worker is lost."""
RETRIES = 3
"""How often Ray does a block again; by itself it would do so for ever."""

# How many rows are parsed at once: their texts and articles are in memory together.
_BATCH = 250


def parse(
    dataset: Any, *, text: str = "text", parser: Parser | None = None, limit: int = RECORD, apart: bool = True
) -> Any:
    """A dataset with the articles of each row's text.

    Args:
        dataset: A `ray.data.Dataset`.
        text: The name of the column of texts.
        parser: How texts are parsed; ``None``: default settings.
        limit: How many bytes a text may have.
        apart: Parse in a child of Ray's worker, so that a text which ends its process costs its own row alone.

    Returns:
        A `ray.data.Dataset` that is made when it is consumed: as many rows, the columns that `parse_batch` of
        newsparse-arrow gives, in any order.

    Raises:
        ray.exceptions.RayTaskError: When it is consumed, for a column that is not there or holds no texts.
    """
    from newsparse_arrow import parse_batch

    return dataset.repartition(target_num_rows_per_block=BLOCK).map_batches(
        parse_batch,
        batch_size=_BATCH,
        batch_format="pyarrow",
        fn_kwargs={"text": text, "parser": parser, "limit": limit, "apart": apart},
        udf_modifying_row_count=False,
        ray_remote_args_fn=lambda: {"max_retries": RETRIES},
    )
