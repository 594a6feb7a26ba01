// PyTorch's SGD: g ← g + decay·w; v ← momentum·v + g; w ← w − rate·v, or with Nesterov
// w ← w − rate·(g + momentum·v). v starts at 0, so that v = g at the first step.
// GUARDED: nothing is changed where the step's gradients overflowed.
// A thread walks over vec4s with the stride of the dispatch.
override GUARDED: bool;
override GROUP: u32;

struct Sizes {
  count: u32,
}

@group(0) @binding(0) var<storage, read> gradient: array<vec4f>;
@group(0) @binding(1) var<storage, read> overflow: u32;
@group(0) @binding(2) var<storage, read_write> velocity: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> weight: array<vec4f>;
@group(0) @binding(4) var<uniform> settings: Settings;
@group(0) @binding(5) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  if (GUARDED && overflow != 0) {
    return;
  }
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    let g = gradient[i] + settings.weightDecay * weight[i];
    let v = settings.momentum * velocity[i] + g;
    velocity[i] = v;
    let direction = select(v, g + settings.momentum * v, settings.nesterov != 0);
    weight[i] -= settings.learningRate * direction;
  }
}
