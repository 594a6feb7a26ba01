// Mean and inverse standard deviation of each channel from the parts' (mean, M2), and the new
// running estimates. Merged by Chan, Golub and LeVeque's formula in an order that is always the
// same: a thread merges every GROUP-th part, then the first one merges what they found.
// A workgroup makes one channel quad.
override EPSILON: f32;
override MOMENTUM: f32;
override GROUP: u32;

struct Sizes {
  pixels: u32,
  c4: u32,
  parts: u32, // ≤ pixels
}

@group(0) @binding(0) var<storage, read> parts: array<vec4f>; // [part,c4,{mean,M2}]
@group(0) @binding(1) var<storage, read_write> mean: array<vec4f>; // [c4]
@group(0) @binding(2) var<storage, read_write> inverseDeviation: array<vec4f>; // [c4]
@group(0) @binding(3) var<storage, read_write> runningMean: array<vec4f>; // [c4]
@group(0) @binding(4) var<storage, read_write> runningVariance: array<vec4f>; // [c4]
@group(0) @binding(5) var<uniform> sizes: Sizes;

var<workgroup> merged: array<Statistics, GROUP>;

@compute @workgroup_size(GROUP)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let c4 = group.x;
  var own = Statistics(0.0, vec4f(), vec4f());
  for (var part = lane; part < sizes.parts; part += GROUP) {
    // Part p holds the pixels p, p + sizes.parts, …
    let count = f32((sizes.pixels - part + sizes.parts - 1) / sizes.parts);
    let at = (part * sizes.c4 + c4) * 2;
    own = merge(own, Statistics(count, parts[at], parts[at + 1]));
  }
  merged[lane] = own;
  workgroupBarrier();
  if (lane > 0) {
    return;
  }
  var total = merged[0];
  for (var i = 1u; i < GROUP; i++) {
    total = merge(total, merged[i]);
  }
  mean[c4] = total.mean;
  inverseDeviation[c4] = inverseSqrt(total.m2 / total.count + EPSILON);
  let unbiased = total.m2 / max(total.count - 1.0, 1.0);
  runningMean[c4] += MOMENTUM * (total.mean - runningMean[c4]);
  runningVariance[c4] += MOMENTUM * (unbiased - runningVariance[c4]);
}
