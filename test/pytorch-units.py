"""Checks units' PyTorch code against their plans: python3 pytorch-units.py < CASES

CASES is a JSON list of {name, code, nodes, input, output, unit, channels, tensors}: the code must
define a module `Unit` with these tensors, and compute what its plan's nodes compute, in training.
Prints a JSON list of faults.
"""

import json
import sys

import torch
import torch.nn.functional as F
from torch import nn


def layer(node, x, values):
    spec = node["layer"]
    op, name = spec["op"], spec.get("name")
    if op == "conv":
        weight = values[f"{name}.weight"]
        return F.conv2d(x[0], weight, stride=spec["stride"], padding=spec["padding"])
    if op == "batchNorm":
        return F.batch_norm(
            x[0], None, None, values[f"{name}.weight"], values[f"{name}.bias"], True
        )
    if op == "relu":
        return F.relu(x[0])
    if op == "sigmoid":
        return torch.sigmoid(x[0] + values[f"{name}.bias"].reshape(1, -1, 1, 1))
    if op == "zeroPadShortcut":
        taken = x[0][:, :, :: spec["stride"], :: spec["stride"]]
        out = torch.zeros(len(taken), node["output"]["channels"], *taken.shape[2:])
        out[:, : taken.shape[1]] = taken
        return out
    if op == "dropout":
        torch.manual_seed(7)
        return F.dropout(x[0], spec["rate"])
    if op == "add":
        return x[0] + x[1]
    if op == "weightedAdd":
        return spec["shortcut"] * x[0] + spec["residual"] * x[1]
    if op == "exclusiveGate":
        return (1 - x[2]) * x[0] + x[2] * x[1]
    if op == "shortcutGate":
        return (1 - x[2]) * x[0] + x[1]
    raise ValueError(op)


def fault(case):
    scope = {"torch": torch, "nn": nn, "F": F}
    exec(case["code"], scope)
    torch.manual_seed(1)
    unit = scope["Unit"]()
    state = {k: v for k, v in unit.state_dict().items() if "num_batches" not in k}
    wanted = {t["name"]: t["shape"] for t in case["tensors"]}
    if {k: list(v.shape) for k, v in state.items()} != wanted:
        return f"has the tensors {sorted(state)}, not {sorted(wanted)}"
    for tensor in case["tensors"]:
        if tensor["name"] == "gate.bias" and not bool((state["gate.bias"] == tensor["first"]).all()):
            return "starts its gate from another bias"
    with torch.no_grad():
        for value in unit.parameters():
            value.normal_()
    values = {f"{case['unit']}.{name}": value for name, value in state.items()}
    x = torch.randn(3, case["channels"], 6, 6)
    outputs = {case["input"]: x}
    for node in case["nodes"]:
        outputs[node["id"]] = layer(node, [outputs[i] for i in node["inputs"]], values)
    torch.manual_seed(7)
    y = unit(x)
    if not torch.allclose(y, outputs[case["output"]], atol=1e-4, rtol=1e-4):
        return "computes something else"
    return None


faults = [(case["name"], fault(case)) for case in json.load(sys.stdin)]
print(json.dumps([f"{name}: {why}" for name, why in faults if why]))
