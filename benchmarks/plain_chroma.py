"""What people begin with: LangChain's Chroma store and its retriever, every setting as it comes."""

from collections.abc import Callable, Sequence

from benchmarks.data import Paragraph
from benchmarks.houses import KeptVectors


def plain_retriever(paragraphs: Sequence[Paragraph], limit: int = 10) -> Callable[[str], list[str]]:
    """From a question to the ids of the nearest paragraphs; the embedding model is ours."""
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings

    class Kept(Embeddings):
        def __init__(self) -> None:
            self._vectors = KeptVectors()

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            self._vectors.prepare(texts)
            return [list(vector) for vector in self._vectors.passages(texts)]

        def embed_query(self, text: str) -> list[float]:
            return list(self._vectors.query(text))

    store = Chroma(collection_name=f"plain-{len(paragraphs)}", embedding_function=Kept())
    store.add_texts([one.text for one in paragraphs], [{"paragraph": one.id} for one in paragraphs])
    retriever = store.as_retriever(search_kwargs={"k": limit})
    return lambda question: [found.metadata["paragraph"] for found in retriever.invoke(question)]
