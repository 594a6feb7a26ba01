// Backward through relu(batch norm(x) + zero-padded shortcut), from dy behind the ReLU on: dx of the
// batch norm and, in the same launch, the gradient of the shortcut's input.
// A thread walks over vec4s of either with the stride of the dispatch.
override GROUP: u32;

struct Sizes {
  count: u32, // vec4s of dx and of the shortcut's gradient together
  own: u32, // vec4s of dx
  pixels: u32,
  // The shortcut's input is [n,h,w,c], x and dy are [n,p,q,k4].
  h: u32,
  w: u32,
  c: u32,
  c4: u32,
  p: u32,
  q: u32,
  k4: u32,
  stride: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Stored>; // [pixel,k4]
@group(0) @binding(1) var<storage, read> dy: array<Stored>; // [pixel,k4]
@group(0) @binding(2) var<storage, read> coefficients: array<vec4f>; // [k4,4]
@group(0) @binding(3) var<storage, read> weightGradient: array<vec4f>; // Σ dy · x̂ [k4]
@group(0) @binding(4) var<storage, read> biasGradient: array<vec4f>; // Σ dy [k4]
@group(0) @binding(5) var<storage, read_write> dx: array<Stored>; // [pixel,k4]
@group(0) @binding(6) var<storage, read_write> shortcut: array<Stored>; // [n,h,w,c4]
@group(0) @binding(7) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let share = 1.0 / f32(sizes.pixels);
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    if (i < sizes.own) {
      dx[i] = Stored(normGradient(vec4f(x[i]), vec4f(dy[i]), i % sizes.k4, share));
    } else {
      shortcut[i - sizes.own] = Stored(shortcutGradient(i - sizes.own));
    }
  }
}
