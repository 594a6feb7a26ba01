// y = σ(x + bias), channel by channel; pads stay 0.
// A thread walks over vec4s with the stride of the dispatch.
override GROUP: u32;

struct Sizes {
  count: u32,
  c: u32,
  c4: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Stored>; // [pixel,c4]
@group(0) @binding(1) var<storage, read> bias: array<vec4f>; // [c4]
@group(0) @binding(2) var<storage, read_write> y: array<Stored>; // [pixel,c4]
@group(0) @binding(3) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    let c4 = i % sizes.c4;
    let channels = vec4u(0, 1, 2, 3) + c4 * 4;
    let value = 1.0 / (1.0 + exp(-(vec4f(x[i]) + bias[c4])));
    y[i] = Stored(select(vec4f(), value, channels < vec4u(sizes.c)));
  }
}
