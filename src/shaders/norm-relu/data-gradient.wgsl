// dx of a batch norm [+ addend]. A thread walks over vec4s with the stride of the dispatch.
override ADD: bool;
override IN_PLACE: bool; // dx holds the addend
override GROUP: u32;

struct Sizes {
  count: u32, // vec4s
  c4: u32,
  pixels: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Stored>; // [pixel,c4]
@group(0) @binding(1) var<storage, read> dz: array<Stored>; // [pixel,c4]
@group(0) @binding(2) var<storage, read> addend: array<Stored>; // [pixel,c4]
@group(0) @binding(3) var<storage, read> coefficients: array<vec4f>; // [c4,4]
@group(0) @binding(4) var<storage, read> weightGradient: array<vec4f>; // Σ dz · x̂ [c4]
@group(0) @binding(5) var<storage, read> biasGradient: array<vec4f>; // Σ dz [c4]
@group(0) @binding(6) var<storage, read_write> dx: array<Stored>; // [pixel,c4]
@group(0) @binding(7) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let share = 1.0 / f32(sizes.pixels);
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    let c4 = i % sizes.c4;
    var value = normGradient(vec4f(x[i]), vec4f(dz[i]), c4, share);
    if (ADD) {
      if (IN_PLACE) {
        value += vec4f(dx[i]);
      } else {
        value += vec4f(addend[i]);
      }
    }
    dx[i] = Stored(value);
  }
}
