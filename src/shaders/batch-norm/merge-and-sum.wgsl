// Two jobs in one dispatch, which have nothing to do with each other: the first c4 workgroups do
// what merge-sums.wgsl does, and the rest what lib/sum-parts.wgsl does, in the same orders.
override GROUP: u32;

struct Sizes {
  c4: u32,
  parts: u32,
  count: u32, // vec4s in the sum
  partials: u32,
}

@group(0) @binding(0) var<storage, read> parts: array<vec4f>; // [part,c4,{Σdy,Σdy·x̂}]
@group(0) @binding(1) var<storage, read> partials: array<vec4f>; // [partial,i]
@group(0) @binding(2) var<storage, read_write> weightGradient: array<vec4f>; // [c4]
@group(0) @binding(3) var<storage, read_write> biasGradient: array<vec4f>; // [c4]
@group(0) @binding(4) var<storage, read_write> sum: array<vec4f>; // [i]
@group(0) @binding(5) var<uniform> sizes: Sizes;

var<workgroup> sums: array<array<vec4f, 2>, GROUP>;

@compute @workgroup_size(GROUP)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  if (group.x >= sizes.c4) {
    sumParts((group.x - sizes.c4) * GROUP + lane);
    return;
  }
  let c4 = group.x;
  var total = array<vec4f, 2>();
  for (var part = lane; part < sizes.parts; part += GROUP) {
    let at = (part * sizes.c4 + c4) * 2;
    total[0] += parts[at];
    total[1] += parts[at + 1];
  }
  sums[lane] = total;
  workgroupBarrier();
  if (lane > 0) {
    return;
  }
  for (var i = 1u; i < GROUP; i++) {
    total[0] += sums[i][0];
    total[1] += sums[i][1];
  }
  biasGradient[c4] = total[0];
  weightGradient[c4] = total[1];
}

fn sumParts(i: u32) {
  if (i >= sizes.count) {
    return;
  }
  var total = vec4f();
  for (var partial = 0u; partial < sizes.partials; partial++) {
    total += partials[partial * sizes.count + i];
  }
  sum[i] = total;
}
