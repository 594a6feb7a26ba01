// The gradients of bias (Σ dy) and weight (Σ dy · x̂) from the parts, in an order that is always
// the same. A workgroup makes one channel quad; see merge-statistics.wgsl.
override GROUP: u32;

struct Sizes {
  c4: u32,
  parts: u32,
}

@group(0) @binding(0) var<storage, read> parts: array<vec4f>; // [part,c4,{Σdy,Σdy·x̂}]
@group(0) @binding(1) var<storage, read_write> weightGradient: array<vec4f>; // [c4]
@group(0) @binding(2) var<storage, read_write> biasGradient: array<vec4f>; // [c4]
@group(0) @binding(3) var<uniform> sizes: Sizes;

var<workgroup> sums: array<array<vec4f, 2>, GROUP>;

@compute @workgroup_size(GROUP)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let c4 = group.x;
  var sum = vec4f();
  var sumNormalised = vec4f();
  for (var part = lane; part < sizes.parts; part += GROUP) {
    let at = (part * sizes.c4 + c4) * 2;
    sum += parts[at];
    sumNormalised += parts[at + 1];
  }
  sums[lane] = array(sum, sumNormalised);
  workgroupBarrier();
  if (lane > 0) {
    return;
  }
  for (var i = 1u; i < GROUP; i++) {
    sum += sums[i][0];
    sumNormalised += sums[i][1];
  }
  biasGradient[c4] = sum;
  weightGradient[c4] = sumNormalised;
}
