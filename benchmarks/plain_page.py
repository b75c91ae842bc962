"""The page to compare with: a chat as Streamlit's own guide writes it, the model's words straight onto the page."""

import os

import streamlit as st
from openai import OpenAI


@st.cache_resource
def client() -> OpenAI:
    return OpenAI(base_url=os.environ["OPENAI_BASE_URL"], api_key="none", max_retries=0)


st.title("Plain chat")
messages = st.session_state.setdefault("messages", [])
for message in messages:
    with st.chat_message(message["role"]):
        st.markdown(message["content"])
if question := st.chat_input("Ask"):
    messages.append({"role": "user", "content": question})
    with st.chat_message("user"):
        st.markdown(question)
    with st.chat_message("assistant"):
        stream = client().chat.completions.create(model="test-model", messages=messages, stream=True)
        messages.append({"role": "assistant", "content": st.write_stream(stream)})
