// y[n,k] = Σ_c x[n,c] · w[c,k] + bias[k]. A thread makes one quad of outputs of one image.
override GROUP: u32;

struct Sizes {
  count: u32, // N · K4
  c: u32,
  c4: u32,
  k4: u32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>; // [n,c]
@group(0) @binding(1) var<storage, read> w: array<vec4f>; // [c,k4]
@group(0) @binding(2) var<storage, read> bias: array<vec4f>; // [k4]
@group(0) @binding(3) var<storage, read_write> y: array<vec4f>; // [n,k4]
@group(0) @binding(4) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    let k4 = i % sizes.k4;
    var sum = bias[k4];
    for (var c = 0u; c < sizes.c; c++) {
      sum += x[(i / sizes.k4) * sizes.c4 * 4 + c] * w[c * sizes.k4 + k4];
    }
    y[i] = sum;
  }
}
