"""edXML of QCVN 102:2016/BTTTT (handbook 4.1): official documents and what became of them, in any vendor's namespace.

reading     bytes to a tree, with nothing in it that could do harm
tree        elements by their local names
moments     days and moments in the formats that vendors write
header      what a document says of itself
traces      when it was where
messages    the messages of a body, and what each is about
signatures  XML-DSig, against the chain that the centre trusts
events      what goes into the log of it
"""

from ingest.sources.edxml.chain import Trust, UnreadableChainError
from ingest.sources.edxml.translating import translate

__all__ = ["Trust", "UnreadableChainError", "translate"]
