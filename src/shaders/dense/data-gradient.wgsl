// dx[n,c] = Σ_k dy[n,k] · w[c,k]. A thread makes one channel quad of one image.
override GROUP: u32;

struct Sizes {
  count: u32, // N · C4
  c4: u32,
  k4: u32,
}

@group(0) @binding(0) var<storage, read> dy: array<vec4f>; // [n,k4]
@group(0) @binding(1) var<storage, read> w: array<vec4f>; // [c,k4]
@group(0) @binding(2) var<storage, read_write> dx: array<vec4f>; // [n,c4]
@group(0) @binding(3) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    let c = (i % sizes.c4) * 4;
    let n = i / sizes.c4;
    var sum = vec4f();
    for (var k4 = 0u; k4 < sizes.k4; k4++) {
      let at = c * sizes.k4 + k4;
      let rows = mat4x4f(w[at], w[at + sizes.k4], w[at + 2 * sizes.k4], w[at + 3 * sizes.k4]);
      sum += dy[n * sizes.k4 + k4] * rows;
    }
    dx[i] = sum;
  }
}
