"""A language model as reader: asked over the network, held to the words of the article, no database.

Only the parts that put questions (``server``, ``reader``) need the extra ``llm``.
"""
