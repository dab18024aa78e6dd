"""Put things that belong together into groups, two at a time."""


class Groups:
    """A disjoint-set forest (Tarjan 1975) over names."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, name: str) -> str:
        """Return the name that stands for the group of `name`: its first in alphabetical order."""
        while (parent := self._parent.get(name, name)) != name:
            self._parent[name] = self._parent.get(parent, parent)
            name = parent
        return name

    def join(self, first: str, second: str) -> None:
        """Make the groups of two names one."""
        kept, gone = sorted((self.root(first), self.root(second)))
        self._parent[gone] = kept
