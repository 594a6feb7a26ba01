// sum[i] = Σ_part partials[part,i], in the order of the parts. A thread sums one vec4.
override GROUP: u32;

struct Sizes {
  count: u32, // vec4s in the sum
  parts: u32,
}

@group(0) @binding(0) var<storage, read> partials: array<vec4f>; // [part,i]
@group(0) @binding(1) var<storage, read_write> sum: array<vec4f>; // [i]
@group(0) @binding(2) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= sizes.count) {
    return;
  }
  var total = vec4f();
  for (var part = 0u; part < sizes.parts; part++) {
    total += partials[part * sizes.count + id.x];
  }
  sum[id.x] = total;
}
