"""The law of an application, slowly: a second opinion on every figure, written from the handbook alone.

It shares no code and no method with the product: working time is a boolean for every minute of five years, a life is
asked minute by minute, and the form asks of each application in which of its cells it stands. Slow, and easy to check
against the sentences of the handbook's sections 3 and 5, which stand in the docstrings.
"""
