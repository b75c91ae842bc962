"""What goes wrong with language models, their answers and their budget."""

from rag.problems.problem import SAVED, Kind, Problem

OF_MODELS: dict[Kind, Problem] = {
    "model_unreachable": Problem(
        "The language model cannot be reached.",
        SAVED,
        "Try again later.",
        "Refused, unknown host, broken certificate, or 404: look at base_url and model; `footnote doctor` tries it.",
    ),
    "model_unauthorized": Problem(
        "The language model did not accept our key.",
        SAVED,
        "Please tell whoever runs this app.",
        "401 or 403: look at the variable that api_key_env names.",
    ),
    "model_rate_limited": Problem(
        "The language model is too busy for us right now.",
        SAVED,
        "Try again in a minute.",
        "429: the provider's limit or an empty account; wait, or add a second model.",
    ),
    "model_error": Problem(
        "The language model had an error of its own.",
        SAVED,
        "Try again.",
        "500 to 503, or an error in the middle: the provider's status page, or the log of your own server.",
    ),
    "model_timeout": Problem(
        "The language model took too long.",
        SAVED,
        "Try again.",
        "408, 504, or longer than first_token_timeout_s, stall_timeout_s or total_timeout_s.",
    ),
    "model_cut": Problem(
        "The line to the language model broke.",
        "What had arrived is kept.",
        "Try again.",
        "The stream ended without its end: a proxy's time limit, or the server died.",
    ),
    "model_garbled": Problem(
        "The language model's answer came in a form we cannot use.",
        SAVED,
        "Try again.",
        "No valid JSON, twice: try `structured` = json_schema or a larger model. No events at all: look at base_url.",
    ),
    "model_empty": Problem(
        "The language model gave no answer.",
        SAVED,
        "Try again.",
        "An empty text, or a call of a tool that nobody offered, twice: another model, or a larger max_tokens.",
    ),
    "model_filtered": Problem(
        "The language model's provider held back its answer.",
        SAVED,
        "Try other words.",
        "finish_reason content_filter: the provider's filter took offence at question, passages or answer.",
    ),
    "model_too_long": Problem(
        "The language model could not take in this much text.",
        SAVED,
        "Ask a shorter question.",
        "413 or a context window that is too small: lower [retrieval] characters, or choose a larger model.",
    ),
    "model_refused": Problem(
        "The language model did not accept the question in this form.",
        SAVED,
        "Try other words.",
        "400, 409 or 422: the server does not know a parameter or the model; try another `structured`.",
    ),
    "model_busy": Problem(
        "The language model has no free place for us right now.",
        SAVED,
        "Try again in a minute.",
        "More requests than the model's at_once: raise it, or add a second model.",
    ),
    "model_resting": Problem(
        "The language model failed several times and is left in peace for a moment.",
        SAVED,
        "Try again in a minute.",
        "The breaker is open or the model was taken out by hand: the Operations page shows the last error.",
    ),
    "unverified": Problem(
        "The language model's answer could not be checked against the documents, so it is not shown.",
        "",
        "You can try again.",
        "Two drafts failed their validation: the log has the reasons; a larger model keeps to the form better.",
    ),
    "answer_cut": Problem(
        "The language model's answer broke off before its end; you see its whole sentences.",
        "",
        "Ask for less at once if something is missing.",
        "finish_reason length: raise the model's max_tokens; reasoning counts too.",
    ),
    "budget_near": Problem(
        "Most of the budget for language models is used up, so a cheaper one wrote this.",
        "",
        "Please tell whoever runs this app if that is not good enough.",
        "The share `near` of a limit in [budget] is reached.",
    ),
    "budget_spent": Problem(
        "The budget for language models is used up for now.",
        SAVED,
        "Language models answer again when the next day or month begins.",
        "A limit in [budget] is reached: the Operations page shows which.",
    ),
}
