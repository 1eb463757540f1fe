"""The options that follow a reader's or format's name, as in ``--from jsonl:text=content``.

Takes names and values as written, gives them checked. Plugins' readers and formats use it too.
"""

from collections.abc import Iterable, Mapping

from newsparse.errors import OptionError
from newsparse.extensions import OutputFormat, Reader


def checked_options(
    owner: Reader | OutputFormat, options: Mapping[str, object], beside: Iterable[str] = ()
) -> Mapping[str, str]:
    """The options as strings, each one known to the reader or format, or named in `beside`.

    Raises:
        OptionError: An option is unknown; the message names the known ones.

    Example:
        >>> checked_options(Reader("jsonl", options=("text",)), {"text": "content"})
        {'text': 'content'}
    """
    known = (*owner.options, *beside)
    for name in options:
        if name not in known:
            raise OptionError(f"{owner.name} has no option {name!r}; known: {', '.join(known) or 'none'}")
    return {name: str(value) for name, value in options.items()}


def number_option(options: Mapping[str, str], name: str, default: int) -> int:
    """An option's value as a whole number above 0, or the default where it is not given.

    Raises:
        OptionError: The value is none.

    Example:
        >>> number_option({"limit": "4096"}, "limit", 10)
        4096
    """
    value = options.get(name)
    if value is None:
        return default
    # More digits than these are no limit of anything, and Python refuses to read thousands of them.
    if not (value.isascii() and value.isdigit() and len(value) <= 18 and int(value)):
        raise OptionError(f"option {name} takes a whole number above 0, not {value!r}")
    return int(value)


def choice_option(options: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    """An option's value as one of the choices; the first of them is the default.

    Raises:
        OptionError: The value is none of them.

    Example:
        >>> choice_option({}, "rows", ("article",))
        'article'
    """
    value = options.get(name, choices[0])
    if value not in choices:
        raise OptionError(f"option {name} takes {' or '.join(choices)}, not {value!r}")
    return value
