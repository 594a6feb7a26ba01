// y = A_FACTOR · a + B_FACTOR · b. A thread walks over vec4s with the stride of the dispatch.
override A_FACTOR: f32;
override B_FACTOR: f32;
override GROUP: u32;

struct Sizes {
  count: u32,
}

@group(0) @binding(0) var<storage, read> a: array<Stored>;
@group(0) @binding(1) var<storage, read> b: array<Stored>;
@group(0) @binding(2) var<storage, read_write> y: array<Stored>;
@group(0) @binding(3) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    y[i] = Stored(A_FACTOR * vec4f(a[i]) + B_FACTOR * vec4f(b[i]));
  }
}
