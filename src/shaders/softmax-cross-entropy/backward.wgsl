// dlogits[n,k] = dy[n] · (softmax(logits[n])[k] − [k = label]); 0 for an image without a class.
// A thread makes one image, pads included.
override GROUP: u32;

struct Sizes {
  n: u32,
  k: u32,
  pitch: u32,
}

@group(0) @binding(0) var<storage, read> logits: array<f32>; // [n,k]
@group(0) @binding(1) var<storage, read> labels: array<u32>; // [n]
@group(0) @binding(2) var<storage, read> dy: array<f32>; // [n]
@group(0) @binding(3) var<storage, read_write> dlogits: array<f32>; // [n,k]
@group(0) @binding(4) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let n = id.x;
  if (n >= sizes.n) {
    return;
  }
  let label = labels[n];
  let row = n * sizes.pitch;
  var largest = logits[row];
  for (var k = 1u; k < sizes.k; k++) {
    largest = max(largest, logits[row + k]);
  }
  var sum = 0.0;
  for (var k = 0u; k < sizes.k; k++) {
    sum += exp(logits[row + k] - largest);
  }
  for (var k = 0u; k < sizes.pitch; k++) {
    var gradient = 0.0;
    if (k < sizes.k && label < sizes.k) {
      let probability = exp(logits[row + k] - largest) / sum;
      gradient = dy[n] * (probability - select(0.0, 1.0, k == label));
    }
    dlogits[row + k] = gradient;
  }
}
