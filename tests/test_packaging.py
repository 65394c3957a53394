"""What is shipped: a wheel that works outside the clone, an image and its neighbours as hardened
as they say. No engine runs here: linter, schema and our own rules hold the files."""

from __future__ import annotations

import os
import re
import site
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest
import yaml

from assistant.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
# Settings of assistant.serve, which comes with its own branch.
STORY = """Mole painted red

The harbour office painted the northern mole red on Monday, so that ships see it in fog. Nobody in
Sarnside had asked for it. The paint cost 4,000 crowns.
"""


def run(*command: str | Path, folder: Path = ROOT, **environment: str) -> str:
    clean = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "HOME")
    }
    done = subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    (found,) = folder.glob("*.whl")
    return found


def test_an_installed_wheel_answers_outside_the_clone(wheel: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    venv.create(bare, symlinks=True)
    command = [sys.executable, "-m", "pip", "--python", bare / "bin/python", "install"]
    run(*command, "--quiet", "--no-deps", "--no-index", wheel)
    # Its libraries are those of this environment; afterwards, so that pip saw a bare one.
    own = next(bare.glob("lib/python*/site-packages"))
    (own / "libraries.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    (home / "mole.txt").write_text(STORY, encoding="utf-8")
    given = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data")}

    added = run(bare / "bin/assistant-index", "add", "mole.txt", folder=home, **given)
    where = run(
        bare / "bin/python", "-c", "import assistant; print(assistant.__file__)", folder=home
    )
    asked = "what colour did the harbour office paint the mole?"
    told = run(bare / "bin/assistant", asked, folder=home, **given)

    assert added.startswith("1 added")
    assert where.startswith(str(own))
    assert "painted the northern mole red" in told
    assert (home / "data/newsroom-assistant/store/articles.sqlite").is_file()


def test_the_dockerfile_has_no_fault_that_hadolint_knows() -> None:
    run(Path(sys.executable).parent / "hadolint", "--failure-threshold", "info", "Dockerfile")


def test_the_image_runs_as_nobody_who_may_write_but_to_the_store() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert DOCKERFILE.count("\nFROM ") == 2
    assert re.search(r"^USER [1-9]\d+$", last, re.MULTILINE)
    assert not re.search(r"^(?:ADD|RUN) .*(?:chmod|sudo|http)", DOCKERFILE, re.MULTILINE)
    assert 'VOLUME ["/store"]' in last
    assert "ASSISTANT_STORE=/store" in last
    assert "/healthz" in last[last.index("HEALTHCHECK") :]
    assert re.findall(r"^COPY (?!--from=build)", last, re.MULTILINE) == []


def test_the_image_is_made_of_files_that_exist_and_extras_that_there_are() -> None:
    for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE):
        assert all((ROOT / name).exists() for name in line.split()), line
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (extras,) = re.findall(r"^ARG EXTRAS=(\S+)$", DOCKERFILE, re.MULTILINE)
    assert set(extras.split(",")) <= set(project["optional-dependencies"])


def test_compose_yaml_is_what_compose_reads() -> None:
    program = Path(sys.executable).parent / "check-jsonschema"
    run(program, "--builtin-schema", "vendor.compose-spec", "compose.yaml")


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_has_nothing_it_does_not_need(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert "privileged" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.get("healthcheck") or name == "page"  # the image has its own
    assert not any(volume.startswith(("/", ".")) for volume in service["volumes"])
    image = service["image"]
    assert "build" in service or (":" in image and not image.endswith(":latest"))


def test_only_the_page_is_reached_from_outside_and_from_this_machine_alone() -> None:
    assert COMPOSE["networks"]["back"] == {"internal": True}
    for name in ("postgres", "chroma"):
        assert SERVICES[name]["networks"] == ["back"]
        assert "ports" not in SERVICES[name]
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["page"]["ports"])
    assert SERVICES["page"]["environment"]["ASSISTANT_AUTH"]


def test_no_password_stands_in_compose_yaml() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if "PASSWORD" in name or "@" in value:
                assert "${POSTGRES_PASSWORD:?" in value
    assert ".env" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert "*" in (ROOT / ".dockerignore").read_text(encoding="utf-8").split()


def test_the_settings_in_compose_yaml_and_the_image_are_settings() -> None:
    named = [name for name in SERVICES["page"]["environment"] if name.startswith(PREFIX)]
    named += re.findall(rf"{PREFIX}[A-Z_]+(?==)", DOCKERFILE)
    known = set(Settings.model_fields)
    assert {name.removeprefix(PREFIX).lower() for name in named} <= known
