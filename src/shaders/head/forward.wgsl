// The end of a net, from the last feature map to each image's loss:
//   pooled[n,c] = mean of x over the pixels; logits[n,k] = Σ_c pooled[n,c] · w[c,k] + bias[k];
//   loss[n] = log Σ_k exp(logits[n,k]) − logits[n,label]; errors[n,k] = softmax(logits[n])[k] −
//   [k = label]; correct[n]: whether the first largest logit is the label's.
// An image whose label is no class (a filler of the last batch) gives zeros.
// A workgroup makes one image; its threads hand each other pooled, and the logits in errors.
override GROUP: u32;

struct Sizes {
  pixels: u32,
  c4: u32,
  k: u32,
  k4: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Stored>; // [n,pixel,c4]
@group(0) @binding(1) var<storage, read> w: array<vec4f>; // [c,k4]
@group(0) @binding(2) var<storage, read> bias: array<vec4f>; // [k4]
@group(0) @binding(3) var<storage, read> labels: array<u32>; // [n]
@group(0) @binding(4) var<storage, read_write> loss: array<f32>; // [n]
@group(0) @binding(5) var<storage, read_write> correct: array<f32>; // [n]
@group(0) @binding(6) var<storage, read_write> pooled: array<vec4f>; // [n,c4]
@group(0) @binding(7) var<storage, read_write> errors: array<vec4f>; // [n,k4]
@group(0) @binding(8) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let n = group.x;
  let row = n * sizes.k4;
  for (var c4 = lane; c4 < sizes.c4; c4 += GROUP) {
    var sum = vec4f();
    for (var pixel = 0u; pixel < sizes.pixels; pixel++) {
      sum += vec4f(x[(n * sizes.pixels + pixel) * sizes.c4 + c4]);
    }
    pooled[n * sizes.c4 + c4] = sum / f32(sizes.pixels);
  }
  storageBarrier();
  for (var k4 = lane; k4 < sizes.k4; k4 += GROUP) {
    var sum = bias[k4];
    for (var c4 = 0u; c4 < sizes.c4; c4++) {
      let at = c4 * 4 * sizes.k4 + k4;
      let rows = mat4x4f(w[at], w[at + sizes.k4], w[at + 2 * sizes.k4], w[at + 3 * sizes.k4]);
      sum += rows * pooled[n * sizes.c4 + c4];
    }
    errors[row + k4] = sum;
  }
  storageBarrier();
  // Every thread finds the same.
  var largest = errors[row].x;
  var argument = 0u;
  for (var k = 1u; k < sizes.k; k++) {
    let logit = errors[row + k / 4][k % 4];
    if (logit > largest) {
      largest = logit;
      argument = k;
    }
  }
  var sum = 0.0;
  for (var k = 0u; k < sizes.k; k++) {
    sum += exp(errors[row + k / 4][k % 4] - largest);
  }
  let label = labels[n];
  let known = label < sizes.k;
  if (lane == 0) {
    let own = min(label, sizes.k - 1);
    loss[n] = select(0.0, log(sum) + largest - errors[row + own / 4][own % 4], known);
    correct[n] = select(0.0, 1.0, argument == label);
  }
  storageBarrier();
  for (var k4 = lane; k4 < sizes.k4; k4 += GROUP) {
    let k = k4 * 4 + vec4u(0, 1, 2, 3);
    let probability = exp(errors[row + k4] - largest) / sum;
    let error = probability - select(vec4f(), vec4f(1), k == vec4u(label));
    errors[row + k4] = select(vec4f(), error, (k < vec4u(sizes.k)) & vec4<bool>(known));
  }
}
