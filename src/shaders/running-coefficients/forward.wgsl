// A batch norm's coefficients from the running estimates: scale = weight / √(variance + ε),
// shift = bias − mean · scale, mean, inverse. A thread makes one channel quad; those past the
// last write zeros.
override EPSILON: f32;
override GROUP: u32;

struct Sizes {
  c4: u32,
  capacity: u32, // of the coefficients, in channel quads
}

@group(0) @binding(0) var<storage, read> weight: array<vec4f>; // [c4]
@group(0) @binding(1) var<storage, read> bias: array<vec4f>; // [c4]
@group(0) @binding(2) var<storage, read> mean: array<vec4f>; // [c4]
@group(0) @binding(3) var<storage, read> variance: array<vec4f>; // [c4]
@group(0) @binding(4) var<storage, read_write> coefficients: array<vec4f>; // [c4,4]
@group(0) @binding(5) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let c4 = id.x;
  if (c4 >= sizes.capacity) {
    return;
  }
  var all = array<vec4f, 4>();
  if (c4 < sizes.c4) {
    let inverse = inverseSqrt(variance[c4] + EPSILON);
    let scale = weight[c4] * inverse;
    all = array(scale, bias[c4] - mean[c4] * scale, mean[c4], inverse);
  }
  coefficients[c4 * 4] = all[0];
  coefficients[c4 * 4 + 1] = all[1];
  coefficients[c4 * 4 + 2] = all[2];
  coefficients[c4 * 4 + 3] = all[3];
}
