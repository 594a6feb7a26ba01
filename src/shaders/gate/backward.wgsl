// dh = (1 − g) · dy; where EXCLUSIVE df = g · dy and dg = (f − h) · dy, else df = dy and
// dg = −h · dy. A thread walks over vec4s with the stride of the dispatch.
override EXCLUSIVE: bool;
override GROUP: u32;

struct Sizes {
  count: u32,
}

@group(0) @binding(0) var<storage, read> h: array<Stored>;
@group(0) @binding(1) var<storage, read> f: array<Stored>;
@group(0) @binding(2) var<storage, read> g: array<Stored>;
@group(0) @binding(3) var<storage, read> dy: array<Stored>;
@group(0) @binding(4) var<storage, read_write> dh: array<Stored>;
@group(0) @binding(5) var<storage, read_write> df: array<Stored>;
@group(0) @binding(6) var<storage, read_write> dg: array<Stored>;
@group(0) @binding(7) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    let d = vec4f(dy[i]);
    dh[i] = Stored((1.0 - vec4f(g[i])) * d);
    df[i] = Stored(select(d, vec4f(g[i]) * d, EXCLUSIVE));
    dg[i] = Stored((select(vec4f(), vec4f(f[i]), EXCLUSIVE) - vec4f(h[i])) * d);
  }
}
