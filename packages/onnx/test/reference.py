"""Checks and evaluates ONNX models with ONNX's own checker and reference evaluator.

For every NAME.onnx in the given folder, with its inputs in NAME.inputs.safetensors: writes
NAME.outputs.safetensors. report.json gets each name with null, or the error that it failed with.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx.reference import ReferenceEvaluator

DTYPES = {
    "BOOL": np.bool_, "U8": np.uint8, "I8": np.int8, "U16": np.uint16, "I16": np.int16,
    "F16": np.float16, "I32": np.int32, "U32": np.uint32, "F32": np.float32,
    "I64": np.int64, "U64": np.uint64, "F64": np.float64,
}
NAMES = {np.dtype(dtype): name for name, dtype in DTYPES.items()}


def read_tensors(path: Path) -> dict[str, np.ndarray]:
    content = path.read_bytes()
    start = 8 + int.from_bytes(content[:8], "little")
    tensors = {}
    for name, entry in json.loads(content[8:start]).items():
        begin, end = (start + offset for offset in entry["data_offsets"])
        flat = np.frombuffer(content[begin:end], DTYPES[entry["dtype"]])
        tensors[name] = flat.reshape(entry["shape"])
    return tensors


def write_tensors(path: Path, tensors: dict[str, np.ndarray]) -> None:
    header, body = {}, b""
    for name, tensor in tensors.items():
        data = np.ascontiguousarray(tensor).tobytes()
        header[name] = {
            "dtype": NAMES[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [len(body), len(body) + len(data)],
        }
        body += data
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + body)


def evaluate(path: Path) -> None:
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    inputs = read_tensors(path.with_suffix(".inputs.safetensors"))
    names = [output.name for output in model.graph.output]
    outputs = ReferenceEvaluator(model).run(names, inputs)
    arrays = {name: np.asarray(value) for name, value in zip(names, outputs)}
    write_tensors(path.with_suffix(".outputs.safetensors"), arrays)


def main(folder: Path) -> None:
    report = {}
    for path in sorted(folder.glob("*.onnx")):
        try:
            evaluate(path)
            report[path.stem] = None
        except Exception as error:  # every failure belongs in the report
            report[path.stem] = f"{type(error).__name__}: {error}"
    (folder / "report.json").write_text(json.dumps(report))


main(Path(sys.argv[1]))
