// A batch norm's coefficients for each channel, from the tiles' mean and M2 that a convolution
// kept: scale = weight · inverse, shift = bias − mean · scale, mean, inverse = 1/√(variance + ε);
// and the new running estimates. Merged by Chan, Golub and LeVeque's formula in an order that is
// always the same: a thread merges every GROUP-th tile, then the first one merges what they
// found. A workgroup makes one channel quad; those past the last write zeros.
override EPSILON: f32;
override MOMENTUM: f32;
override GROUP: u32;

struct Sizes {
  c4: u32,
  parts: u32,
  across: u32, // tiles in a row
  width: u32, // pixels in a row
}

@group(0) @binding(0) var<storage, read> parts: array<vec4f>; // [part,c4,{mean,M2}]
@group(0) @binding(1) var<storage, read> weight: array<vec4f>; // [c4]
@group(0) @binding(2) var<storage, read> bias: array<vec4f>; // [c4]
@group(0) @binding(3) var<storage, read_write> coefficients: array<vec4f>; // [c4,4]
@group(0) @binding(4) var<storage, read_write> runningMean: array<vec4f>; // [c4]
@group(0) @binding(5) var<storage, read_write> runningVariance: array<vec4f>; // [c4]
@group(0) @binding(6) var<uniform> sizes: Sizes;

var<workgroup> merged: array<Statistics, GROUP>;

@compute @workgroup_size(GROUP)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let c4 = group.x;
  var own = Statistics(0.0, vec4f(), vec4f());
  if (c4 < sizes.c4) {
    for (var part = lane; part < sizes.parts; part += GROUP) {
      // A tile holds every across-th pixel of a row.
      let count = (sizes.width - part % sizes.across + sizes.across - 1) / sizes.across;
      let at = (part * sizes.c4 + c4) * 2;
      own = merge(own, Statistics(f32(count), parts[at], parts[at + 1]));
    }
  }
  merged[lane] = own;
  workgroupBarrier();
  if (lane > 0) {
    return;
  }
  if (c4 >= sizes.c4) {
    for (var i = 0u; i < 4; i++) {
      coefficients[c4 * 4 + i] = vec4f();
    }
    return;
  }
  var total = merged[0];
  for (var i = 1u; i < GROUP; i++) {
    total = merge(total, merged[i]);
  }
  let inverse = inverseSqrt(total.m2 / total.count + EPSILON);
  let scale = weight[c4] * inverse;
  coefficients[c4 * 4] = scale;
  coefficients[c4 * 4 + 1] = bias[c4] - total.mean * scale;
  coefficients[c4 * 4 + 2] = total.mean;
  coefficients[c4 * 4 + 3] = inverse;
  let unbiased = total.m2 / max(total.count - 1.0, 1.0);
  runningMean[c4] += MOMENTUM * (total.mean - runningMean[c4]);
  runningVariance[c4] += MOMENTUM * (unbiased - runningVariance[c4]);
}
