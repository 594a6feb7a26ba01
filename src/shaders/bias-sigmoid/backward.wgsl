// dx = dy · y · (1 − y), and its sum over the pixels of one part for the bias.
// A thread takes one channel quad and every PARTS-th pixel.
override PIXELS: u32;
override C4: u32;
override PARTS: u32;
override GROUP: u32;

@group(0) @binding(0) var<storage, read> y: array<vec4f>; // [pixel,c4]
@group(0) @binding(1) var<storage, read> dy: array<vec4f>; // [pixel,c4]
@group(0) @binding(2) var<storage, read_write> dx: array<vec4f>; // [pixel,c4]
@group(0) @binding(3) var<storage, read_write> partials: array<vec4f>; // [part,c4]

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= PARTS * C4) {
    return;
  }
  var sum = vec4f();
  for (var pixel = id.x / C4; pixel < PIXELS; pixel += PARTS) {
    let i = pixel * C4 + id.x % C4;
    let gradient = dy[i] * y[i] * (1.0 - y[i]);
    dx[i] = gradient;
    sum += gradient;
  }
  partials[id.x] = sum;
}
