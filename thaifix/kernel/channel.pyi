"""The channel: what it costs to read intended symbols as observed ones."""

class Channel:
    """Costs of misreadings, beyond reading every symbol as it stands."""

    def __init__(
        self, entries: list[tuple[bytes, bytes, float]], any_one: float, any_two: float
    ) -> None:
        """Take entries; what is not among them cannot happen.

        Args:
            entries: (observed symbols, intended symbols, cost in nats): 1 to 2 observed and 1 to 3
                intended ones, or one of the one and none of the other. Of equal ones of a symbol on
                each side at most, the last counts.
            any_one, any_two: What it costs to read a foreign letter as any one symbol, or any two,
                in nats.
        Raises:
            ValueError: If a cost is negative or not a number, an entry is too long or empty, or
                a byte is no symbol.
        Memory: 0.15 MB.
        """
