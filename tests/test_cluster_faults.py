"""What goes wrong with a cluster is told in a sentence; what it is to keep secret, it keeps."""

from __future__ import annotations

import datetime
import ipaddress
import subprocess
import sys
from pathlib import Path

import pytest

from tests.clustering import a_site, machines, until
from tests.conftest import run_explainer
from tests.making import read_files, write_files

pytest.importorskip("distributed", reason="needs Dask: pip install 'explainer-site[cluster]'")
pytest.importorskip("cryptography", reason="needs cryptography, which comes with moto")


def test_a_scheduler_without_workers_says_how_to_start_some(tmp_path: Path) -> None:
    with machines({}, 0) as (address, _):
        run = run_explainer("build", "--cluster", address, cwd=a_site(tmp_path))
    assert run.returncode == 1
    assert f"has no workers: start some with `dask worker {address}" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_scheduler_that_dies_leaves_the_last_good_site(tmp_path: Path) -> None:
    root = a_site(tmp_path / "root")
    output = tmp_path / "shared"
    with machines({}, 1) as (address, started):
        command = ("build", "--cluster", address, "-o", output)
        assert run_explainer(*command, cwd=root).returncode == 0
        before = read_files(output)
        write_files(root, {"explainer.yaml": "title: Another\n"})
        build = subprocess.Popen(
            [sys.executable, "-m", "explainer", *map(str, command)],
            cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        until(lambda: any((output / ".explainer-stage").glob("*.sqlite")), build)
        started[0].kill()
        _, errors = build.communicate(timeout=240)
    assert build.returncode == 1
    assert errors.startswith("W002 the scheduler at tcp://127.0.0.1:")
    assert errors.endswith("run the same command again when it is back\n")
    assert {n: c for n, c in read_files(output).items() if n in before} == before

    assert run_explainer("build", "-q", "-o", output, cwd=root).returncode == 0
    assert run_explainer("build", "-q", "-o", tmp_path / "alone", cwd=root).returncode == 0
    assert read_files(output) == read_files(tmp_path / "alone")


def test_a_cluster_behind_certificates_makes_what_one_machine_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = a_site(tmp_path / "root")
    for name, value in certificates(tmp_path).items():
        monkeypatch.setenv(name, value)
    with machines({}, 1, "--protocol", "tls") as (address, _):
        assert address.startswith("tls://")
        command = ("build", "-q", "--cluster", address, "-o", tmp_path / "shared")
        run = run_explainer(*command, cwd=root)
        assert (run.returncode, run.stderr) == (0, "")
    assert run_explainer("build", "-q", "-o", tmp_path / "alone", cwd=root).returncode == 0
    assert read_files(tmp_path / "shared") == read_files(tmp_path / "alone")


def certificates(folder: Path) -> dict[str, str]:
    """A certificate that is its own authority, as the environment in which Dask finds it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "public.pem", folder / "private.pem"
    public.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    start = "DASK_DISTRIBUTED__COMM__TLS__"
    who = ("SCHEDULER", "WORKER", "CLIENT")
    return {
        f"{start}CA_FILE": str(public),
        **{f"{start}{one}__CERT": str(public) for one in who},
        **{f"{start}{one}__KEY": str(private) for one in who},
    }
