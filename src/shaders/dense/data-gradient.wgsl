// dx[n,c] = Σ_k dy[n,k] · w[c,k]. A thread makes one channel quad of one image.
override COUNT: u32; // N · C4
override C4: u32;
override K4: u32;
override GROUP: u32;

@group(0) @binding(0) var<storage, read> dy: array<vec4f>; // [n,k4]
@group(0) @binding(1) var<storage, read> w: array<vec4f>; // [c,k4]
@group(0) @binding(2) var<storage, read_write> dx: array<vec4f>; // [n,c4]

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < COUNT; i += groups.x * GROUP) {
    let c = (i % C4) * 4;
    let n = i / C4;
    var sum = vec4f();
    for (var k4 = 0u; k4 < K4; k4++) {
      let at = c * K4 + k4;
      let rows = mat4x4f(w[at], w[at + K4], w[at + 2 * K4], w[at + 3 * K4]);
      sum += dy[n * K4 + k4] * rows;
    }
    dx[i] = sum;
  }
}
