// y = x · SCALE where this step's draw for the element is at least THRESHOLD, else 0. The same
// kernel makes the gradient from dy. The draws are Philox words of (seed, layer; place, step).
// A thread walks over vec4s with the stride of the dispatch.
override SCALE: f32;
override GROUP: u32;

struct Sizes {
  count: u32,
  threshold: u32,
  layer: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Stored>;
@group(0) @binding(1) var<storage, read_write> y: array<Stored>;
@group(0) @binding(2) var<uniform> settings: Settings;
@group(0) @binding(3) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    let draws = philox(vec2u(settings.seed, sizes.layer), vec4u(i, settings.step, 0, 0));
    y[i] = Stored(select(vec4f(), vec4f(x[i]) * SCALE, draws >= vec4u(sizes.threshold)));
  }
}
