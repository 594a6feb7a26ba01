"""The bench's workload in PyTorch on the CPU: python3 pytorch.py FOLDER

FOLDER holds workload.json and the tensors' values in values.bin. Requests come from standard input
and replies go to file descriptor 3, a JSON value a line.
"""

import json
import os
import sys
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(os.cpu_count() or 1)
folder = sys.argv[1]
with open(os.path.join(folder, "workload.json")) as file:
    work = json.load(file)
with open(os.path.join(folder, "values.bin"), "rb") as file:
    values = torch.frombuffer(bytearray(file.read()), dtype=torch.float32)

tensors, taken = {}, 0
for entry in work["tensors"]:
    count = torch.Size(entry["shape"]).numel()
    tensor = values[taken : taken + count].reshape(entry["shape"]).clone()
    tensors[entry["name"]] = tensor.requires_grad_(entry["trained"])
    taken += count
batch = len(work["labels"])
side, channels = work["side"], work["channels"]
images = values[taken:].reshape(batch, side, side, channels).permute(0, 3, 1, 2).contiguous()
labels = torch.tensor(work["labels"])
trained = [tensors[entry["name"]] for entry in work["tensors"] if entry["trained"]]
optimizer = torch.optim.SGD(trained, lr=work["learningRate"], momentum=work["momentum"])


def batch_norm(x, name):
    mean, variance = tensors[f"{name}.running_mean"], tensors[f"{name}.running_var"]
    weight, bias = tensors[f"{name}.weight"], tensors[f"{name}.bias"]
    return F.batch_norm(x, mean, variance, weight, bias, True, work["towardBatch"], work["epsilon"])


def layer(node, outputs):
    op, name = node["layer"]["op"], node["layer"].get("name")
    x = [outputs[i] for i in node["inputs"]]
    if op == "input":
        return images
    if op == "conv":
        stride, padding = node["layer"]["stride"], node["layer"]["padding"]
        return F.conv2d(x[0], tensors[f"{name}.weight"], stride=stride, padding=padding)
    if op == "batchNorm":
        return batch_norm(x[0], name)
    if op == "relu":
        return F.relu(x[0])
    if op == "add":
        return x[0] + x[1]
    if op == "zeroPadShortcut":
        stride = node["layer"]["stride"]
        added = node["output"]["channels"] - x[0].shape[1]
        return F.pad(x[0][:, :, ::stride, ::stride], (0, 0, 0, 0, 0, added))
    if op == "globalAveragePool":
        return x[0].mean((2, 3))
    if op == "dense":
        return F.linear(x[0], tensors[f"{name}.weight"], tensors[f"{name}.bias"])
    raise ValueError(f"the bench has no PyTorch for {op}")


def step():
    start = time.perf_counter()
    outputs = {}
    for node in work["nodes"]:
        outputs[node["id"]] = layer(node, outputs)
    loss = F.cross_entropy(outputs[work["logits"]], labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    value = loss.item()
    return {"loss": value, "milliseconds": 1000 * (time.perf_counter() - start)}


def title():
    return f"PyTorch {torch.__version__}, CPU, {torch.get_num_threads()} threads"


methods = {"title": title, "step": step}
replies = os.fdopen(3, "w")
for line in sys.stdin:
    print(json.dumps({"value": methods[json.loads(line)]()}), file=replies, flush=True)
