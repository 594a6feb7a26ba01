// dx[n,pixel,c] = dy[n,c] / PIXELS. A thread walks over vec4s with the stride of the dispatch.
override COUNT: u32;
override C4: u32;
override PIXELS: u32;
override GROUP: u32;

@group(0) @binding(0) var<storage, read> dy: array<vec4f>; // [n,c4]
@group(0) @binding(1) var<storage, read_write> dx: array<vec4f>; // [n,pixel,c4]

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < COUNT; i += groups.x * GROUP) {
    dx[i] = dy[(i / (C4 * PIXELS)) * C4 + i % C4] / f32(PIXELS);
  }
}
