// y[n] = log Σ_k exp(logits[n,k]) − logits[n,label], and whether the first largest logit is the
// label's. An image whose label is no class (a filler of the last batch) gives 0 and 0.
// A thread makes one image.
override GROUP: u32;

struct Sizes {
  n: u32,
  k: u32,
  pitch: u32, // logits an image, pads included
}

@group(0) @binding(0) var<storage, read> logits: array<f32>; // [n,k]
@group(0) @binding(1) var<storage, read> labels: array<u32>; // [n]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [n]
@group(0) @binding(3) var<storage, read_write> correct: array<f32>; // [n]
@group(0) @binding(4) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let n = id.x;
  if (n >= sizes.n) {
    return;
  }
  let label = labels[n];
  if (label >= sizes.k) {
    y[n] = 0.0;
    correct[n] = 0.0;
    return;
  }
  let row = n * sizes.pitch;
  var largest = logits[row];
  var argument = 0u;
  for (var k = 1u; k < sizes.k; k++) {
    if (logits[row + k] > largest) {
      largest = logits[row + k];
      argument = k;
    }
  }
  var sum = 0.0;
  for (var k = 0u; k < sizes.k; k++) {
    sum += exp(logits[row + k] - largest);
  }
  y[n] = log(sum) + largest - logits[row + label];
  correct[n] = select(0.0, 1.0, argument == label);
}
