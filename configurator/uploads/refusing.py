"""The sentence with which an upload is refused, inside the process that reads it."""


class Unusable(Exception):
    """This upload cannot become a picture; the sentence says what to do. Crosses the process border as text."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
