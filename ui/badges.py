"""Short words on a coloured ground, as Markdown or as data for what draws its own."""

from dataclasses import dataclass

from ui import markdown


@dataclass(frozen=True, slots=True)
class Badge:
    """Plain text, an icon by its Material name, or both; without a colour it is just words.

    `means` says an icon that stands alone.
    """

    text: str = ""
    colour: str = ""
    icon: str = ""
    means: str = ""

    @property
    def markdown(self) -> str:
        icon = f":material/{self.icon}:" if self.icon else ""
        words = " ".join(filter(None, (icon, markdown.plain(self.text))))
        return f":{self.colour}-badge[{words}]" if self.colour else words
