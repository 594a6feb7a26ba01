// dx = dy · y · (1 − y), and its sum over the pixels of one part for the bias.
// A thread takes one channel quad and every parts-th pixel.
override GROUP: u32;

struct Sizes {
  pixels: u32,
  c4: u32,
  parts: u32,
}

@group(0) @binding(0) var<storage, read> y: array<Stored>; // [pixel,c4]
@group(0) @binding(1) var<storage, read> dy: array<Stored>; // [pixel,c4]
@group(0) @binding(2) var<storage, read_write> dx: array<Stored>; // [pixel,c4]
@group(0) @binding(3) var<storage, read_write> partials: array<vec4f>; // [part,c4]
@group(0) @binding(4) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= sizes.parts * sizes.c4) {
    return;
  }
  var sum = vec4f();
  for (var pixel = id.x / sizes.c4; pixel < sizes.pixels; pixel += sizes.parts) {
    let i = pixel * sizes.c4 + id.x % sizes.c4;
    let gradient = vec4f(dy[i]) * vec4f(y[i]) * (1.0 - vec4f(y[i]));
    dx[i] = Stored(gradient);
    sum += gradient;
  }
  partials[id.x] = sum;
}
