// y[n] = log Σ_k exp(logits[n,k]) − logits[n,label], and whether the first largest logit is the
// label's. An image whose label is no class (a filler of the last batch) gives 0 and 0.
// A thread makes one image.
override N: u32;
override K: u32;
override PITCH: u32; // logits an image, pads included
override GROUP: u32;

@group(0) @binding(0) var<storage, read> logits: array<f32>; // [n,k]
@group(0) @binding(1) var<storage, read> labels: array<u32>; // [n]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [n]
@group(0) @binding(3) var<storage, read_write> correct: array<f32>; // [n]

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let n = id.x;
  if (n >= N) {
    return;
  }
  let label = labels[n];
  if (label >= K) {
    y[n] = 0.0;
    correct[n] = 0.0;
    return;
  }
  let row = n * PITCH;
  var largest = logits[row];
  var argument = 0u;
  for (var k = 1u; k < K; k++) {
    if (logits[row + k] > largest) {
      largest = logits[row + k];
      argument = k;
    }
  }
  var sum = 0.0;
  for (var k = 0u; k < K; k++) {
    sum += exp(logits[row + k] - largest);
  }
  y[n] = log(sum) + largest - logits[row + label];
  correct[n] = select(0.0, 1.0, argument == label);
}
