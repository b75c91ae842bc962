"""Settings: file, environment, defaults, and words for what cannot be used."""

from pathlib import Path

import pytest

from rag.settings import BadSettings, Settings, load


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "footnote.toml"
    path.touch()
    monkeypatch.setenv("FOOTNOTE_CONFIG", str(path))
    return path


def test_nothing_set_is_a_demo_without_a_model(config: Path) -> None:
    settings = load()
    assert (settings.models, settings.data_dir, settings.port) == ([], Path(".footnote"), 8501)
    assert settings.host == "127.0.0.1"


def test_the_file_names_models_and_brand(config: Path) -> None:
    config.write_text('[brand]\nname = "Heron"\n[[models]]\nname = "small"\nmodel = "m"\nstructured = "prompt"\n')
    settings = load()
    assert settings.brand.name == "Heron"
    assert [(model.name, model.structured) for model in settings.models] == [("small", "prompt")]


def test_the_environment_wins_over_the_file(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_text('[brand]\nname = "Heron"\ntagline = "Birds."\n')
    monkeypatch.setenv("FOOTNOTE_BRAND__NAME", "Wren")
    monkeypatch.setenv("FOOTNOTE_RETRIEVAL__PASSAGES", "3")
    settings = load()
    assert (settings.brand.name, settings.brand.tagline, settings.retrieval.passages) == ("Wren", "Birds.", 3)


def test_a_key_alone_makes_a_model(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-1")
    (model,) = load().models
    assert (model.model, model.base_url) == ("gpt-4o-mini", "https://api.openai.com/v1")
    assert model.api_key.get_secret_value() == "sk-1"


def test_a_server_alone_makes_a_model(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("FOOTNOTE_MODEL", "local")
    (model,) = load().models
    assert (model.name, model.base_url) == ("local", "http://127.0.0.1:1/v1")
    assert model.api_key.get_secret_value() == "none"


def test_models_of_the_file_win_over_a_key(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-1")
    config.write_text('[[models]]\nname = "small"\nmodel = "m"\napi_key_env = "OTHER_KEY"\n')
    (model,) = load().models
    assert (model.name, model.api_key.get_secret_value()) == ("small", "none")


def test_a_key_is_never_printed(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-1")
    settings = load()
    assert "sk-1" not in f"{settings!r}{settings.model_dump_json()}{settings.models[0].api_key!r}"


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("[brand]\ncolour = 'red'\n", "brand.colour"),
        ("port = 99999\n", "port"),
        ("[answers]\ntemperature = 'hot'\n", "answers.temperature"),
        ("[[models]]\nname = 'small'\n", "models.0.model"),
        ("[[models]]\nname = 'a'\nmodel = 'm'\napi_key = 'sk-1'\n", "models.0.api_key"),
    ],
)
def test_a_bad_setting_is_named_with_its_file(config: Path, written: str, named: str) -> None:
    config.write_text(written)
    with pytest.raises(BadSettings, match=r"footnote\.toml") as raised:
        load()
    assert named in str(raised.value)
    assert "sk-1" not in str(raised.value)


def test_a_file_that_is_no_toml_is_told(config: Path) -> None:
    config.write_text("[brand\n")
    with pytest.raises(BadSettings, match="cannot be read"):
        load()


def test_a_named_file_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_CONFIG", "nowhere.toml")
    with pytest.raises(BadSettings, match=r"nowhere\.toml"):
        load()


def test_the_database_is_a_file_in_the_data_folder_unless_told(settings: Settings) -> None:
    assert settings.database == f"sqlite:///{settings.data_dir / 'footnote.db'}"
    assert settings.model_copy(update={"database_url": "sqlite://"}).database == "sqlite://"
