"""Turn trained weights into the files that the reader loads: ``python -m training.export WEIGHTS.pt FOLDER``."""

import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from app.reading.learned.marked import MARKERS
from app.reading.learned.odds import FORMATS, PLANS, TIMES
from training.examples import BASE, tokenizer
from training.network import WIDTH, Network, pretrained


class Asking(nn.Module):
    """The network as one graph: odds instead of logits, and the mean of the states beside them."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.encoder, self.heads = network.encoder, network.heads

    def forward(self, ids: Tensor, segments: Tensor, mask: Tensor, *asked: Tensor) -> tuple[Tensor, ...]:
        states = self.encoder(ids, segments, mask)
        stances, statuses, told, seats, whose = self.heads(states, mask, *asked)
        times, formats, plans = told.split((len(TIMES), len(FORMATS), len(PLANS)), -1)
        logits = (stances, statuses, times, formats, plans, seats, whose)
        weights = mask.unsqueeze(-1).to(states.dtype)
        return *(one.softmax(-1) for one in logits), (states * weights).sum(1) / weights.sum(1)


INPUTS = {
    "ids": {0: "passages", 1: "words"},
    "segments": {0: "passages", 1: "words"},
    "mask": {0: "passages", 1: "words"},
    "parties": {0: "passages", 1: "parties", 2: "words"},
    "days": {0: "passages", 1: "days", 2: "words"},
    "people": {0: "passages", 1: "people", 2: "words"},
    "issues": {0: "issues"},
    "kinds": {0: "kinds"},
}
OUTPUTS = {
    "stances": {0: "passages", 1: "parties", 2: "issues"},
    "statuses": {0: "passages", 1: "kinds"},
    "times": {0: "passages", 1: "days"},
    "formats": {0: "passages", 1: "days"},
    "plans": {0: "passages", 1: "days"},
    "seats": {0: "passages", 1: "people"},
    "whose": {0: "passages", 1: "people", 2: "parties"},
    "means": {0: "passages"},
}


def export(network: Network, vectors: dict[str, Tensor], folder: Path) -> None:
    """Write ``network.onnx`` (weights in 8 bits), ``vectors.npz`` and ``tokenizer.json`` into a folder."""
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    size, length = 2, 9
    ids = torch.ones(size, length, dtype=torch.long)
    values = (
        ids,
        torch.zeros_like(ids),
        ids,
        torch.ones(size, 3, length),
        torch.ones(size, 4, length),
        torch.ones(size, 6, length),
        torch.randn(5, WIDTH),
        torch.randn(4, WIDTH),
    )
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "network.onnx"
        torch.onnx.export(
            Asking(network),
            values,
            whole,
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes={**INPUTS, **OUTPUTS},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(whole, folder / "network.onnx", weight_type=QuantType.QInt8, per_channel=True)
    held = np.stack([vectors[name].float().numpy() for name in vectors]).astype(np.float16)
    np.savez_compressed(folder / "vectors.npz", names=np.array(list(vectors)), vectors=held)
    tokenizer().save(str(folder / "tokenizer.json"), pretty=False)


def main() -> int:
    """Export the weights named on the command line."""
    held = torch.load(sys.argv[1])
    network = pretrained(BASE, tokenizer().get_vocab_size(), len(MARKERS), held["known"])
    network.load_state_dict(held["weights"])
    export(network, held["vectors"], Path(sys.argv[2]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
