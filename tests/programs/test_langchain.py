"""LangChain's ChatOpenAI against the running app."""

import asyncio

import openai
import pytest
from langchain_core.messages import AIMessage, HumanMessage
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from tests.programs.conftest import QUESTION, Serving


def model(serving: Serving, key: str = "none", name: str = "footnote") -> ChatOpenAI:
    return ChatOpenAI(model=name, base_url=serving.base_url, api_key=SecretStr(key), max_retries=0, timeout=60)


def test_invoke(serving: Serving) -> None:
    answer = model(serving).invoke(QUESTION, user="invoke")

    assert "[1]" in answer.text
    assert answer.response_metadata["finish_reason"] == "stop"
    assert answer.usage_metadata
    assert answer.usage_metadata["total_tokens"] > 0


def test_stream(serving: Serving) -> None:
    pieces = [piece.text for piece in model(serving).stream(QUESTION, user="stream")]

    assert len([piece for piece in pieces if piece]) > 2
    assert "[1]" in "".join(pieces)


def test_ainvoke(serving: Serving) -> None:
    answer = asyncio.run(model(serving).ainvoke(QUESTION, user="ainvoke"))

    assert "[1]" in answer.text


def test_a_talk_goes_along(serving: Serving) -> None:
    talk = [HumanMessage(QUESTION), AIMessage("25 days. [1]"), HumanMessage("And for that, who decides?")]

    assert model(serving).invoke(talk, user="talks").text


def test_its_errors_are_those_of_openai(serving: Serving) -> None:
    with pytest.raises(openai.AuthenticationError):
        model(serving, key="fn-guessed").invoke(QUESTION)
    with pytest.raises(openai.NotFoundError):
        model(serving, name="gpt-4o").invoke(QUESTION)
