// dx[n,pixel,c] = dy[n,c] / pixels. A thread walks over vec4s with the stride of the dispatch.
override GROUP: u32;

struct Sizes {
  count: u32,
  c4: u32,
  pixels: u32,
}

@group(0) @binding(0) var<storage, read> dy: array<vec4f>; // [n,c4]
@group(0) @binding(1) var<storage, read_write> dx: array<Stored>; // [n,pixel,c4]
@group(0) @binding(2) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    let at = (i / (sizes.c4 * sizes.pixels)) * sizes.c4 + i % sizes.c4;
    dx[i] = Stored(dy[at] / f32(sizes.pixels));
  }
}
