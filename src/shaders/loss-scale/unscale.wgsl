// gradient ← gradient / scale, and whether one of them is infinite or no number. That is looked for
// in their bits, since a compiler may take it that floats are finite.
// A thread walks over vec4s with the stride of the dispatch.
override GROUP: u32;

struct Sizes {
  count: u32,
}

@group(0) @binding(0) var<storage, read> lossScale: LossScale;
@group(0) @binding(1) var<storage, read_write> gradient: array<vec4u>; // bits of f32
@group(0) @binding(2) var<storage, read_write> overflow: atomic<u32>;
@group(0) @binding(3) var<uniform> sizes: Sizes;

const EXPONENT = vec4u(0x7f800000);

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let factor = powerOfTwo(-lossScale.exponent);
  var broken = false;
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    let bits = gradient[i];
    broken |= any((bits & EXPONENT) == EXPONENT);
    gradient[i] = bitcast<vec4u>(bitcast<vec4f>(bits) * factor);
  }
  if (broken) {
    atomicStore(&overflow, 1u);
  }
}
