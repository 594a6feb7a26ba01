// y = (1 − g) · h + (g where EXCLUSIVE, else 1) · f.
// A thread walks over vec4s with the stride of the dispatch.
override EXCLUSIVE: bool;
override GROUP: u32;

struct Sizes {
  count: u32,
}

@group(0) @binding(0) var<storage, read> h: array<Stored>;
@group(0) @binding(1) var<storage, read> f: array<Stored>;
@group(0) @binding(2) var<storage, read> g: array<Stored>;
@group(0) @binding(3) var<storage, read_write> y: array<Stored>;
@group(0) @binding(4) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    let share = select(vec4f(1.0), vec4f(g[i]), EXCLUSIVE);
    y[i] = Stored((1.0 - vec4f(g[i])) * vec4f(h[i]) + share * vec4f(f[i]));
  }
}
