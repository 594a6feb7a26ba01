// dx of the zero-padding shortcut. A thread walks over vec4s with the stride of the dispatch.
override GROUP: u32;

struct Sizes {
  count: u32,
  h: u32,
  w: u32,
  c: u32,
  c4: u32,
  p: u32,
  q: u32,
  k4: u32,
  stride: u32,
}

@group(0) @binding(0) var<storage, read> dy: array<Stored>; // [n,p,q,k4]
@group(0) @binding(1) var<storage, read_write> dx: array<Stored>; // [n,h,w,c4]
@group(0) @binding(2) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    dx[i] = Stored(shortcutGradient(i));
  }
}
