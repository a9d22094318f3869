"""The language model in this process: llama.cpp behind an OpenAI-compatible address on loopback.

Knows GGUF files and threads, not prompts.
"""

import os
import secrets
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import xllamacpp

_CONTEXT_TOKENS = 4096
_READ_MIB = 512
"""Memory for what has been read, at 28 kB a token: what the prompts of five languages begin with, and some questions.
llama.cpp keeps what a prompt leaves behind when the next one shares less than half of it, so what all prompts share has
to stay short (prompts/answer)."""
_QUIET = 0
_LESS_URGENT = (
    10  # nice: a question's vector takes 0.03 s instead of 0.08 s while the model writes, which alone is as fast
)


@dataclass(frozen=True)
class Endpoint:
    """Where a language model answers."""

    base_url: str
    model: str
    api_key: str
    takes_grammar: bool = False


class LocalModel:
    """A running llama.cpp server; nobody else on the machine knows its key."""

    def __init__(self, gguf: Path, threads: int = 0):
        key = secrets.token_urlsafe(32)
        parameters = _parameters(gguf, threads or os.cpu_count() or 1, key)
        with ThreadPoolExecutor(
            1, initializer=_step_back
        ) as starting:  # threads are as urgent as the one they come from
            self._server = starting.submit(xllamacpp.Server, parameters).result()
        self.endpoint = Endpoint(f"{self._server.listening_address}/v1", gguf.stem, key, takes_grammar=True)


def _step_back() -> None:
    """Make this thread less urgent than others of the process: who asks sees quotes at once while the model writes."""
    if sys.platform == "linux":  # elsewhere a thread has no number of its own
        own = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, own, max(os.getpriority(os.PRIO_PROCESS, own), _LESS_URGENT))


def _parameters(gguf: Path, threads: int, key: str) -> xllamacpp.CommonParams:
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(gguf)
    parameters.n_ctx = _CONTEXT_TOKENS
    parameters.n_parallel = 1  # on two cores parallel answers do not add up
    parameters.cpuparams.n_threads = threads
    parameters.cpuparams_batch.n_threads = threads
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.api_keys = [key]
    parameters.cache_ram_mib = _READ_MIB
    parameters.ui = False
    parameters.endpoint_slots = False
    parameters.endpoint_props = False
    parameters.verbosity = _QUIET
    return parameters
