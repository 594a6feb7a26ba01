// Σ dy and Σ dy · x̂ of each channel over the pixels of one part, x̂ = (x − mean) · inverseDeviation.
// A thread takes one channel quad and every parts-th pixel.
override GROUP: u32;

struct Sizes {
  pixels: u32,
  c4: u32,
  parts: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Stored>; // [pixel,c4]
@group(0) @binding(1) var<storage, read> dy: array<Stored>; // [pixel,c4]
@group(0) @binding(2) var<storage, read> mean: array<vec4f>; // [c4]
@group(0) @binding(3) var<storage, read> inverseDeviation: array<vec4f>; // [c4]
@group(0) @binding(4) var<storage, read_write> parts: array<vec4f>; // [part,c4,{Σdy,Σdy·x̂}]
@group(0) @binding(5) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= sizes.parts * sizes.c4) {
    return;
  }
  let c4 = id.x % sizes.c4;
  var sum = vec4f();
  var sumNormalised = vec4f();
  for (var pixel = id.x / sizes.c4; pixel < sizes.pixels; pixel += sizes.parts) {
    let at = pixel * sizes.c4 + c4;
    sum += vec4f(dy[at]);
    sumNormalised += vec4f(dy[at]) * (vec4f(x[at]) - mean[c4]);
  }
  parts[id.x * 2] = sum;
  parts[id.x * 2 + 1] = sumNormalised * inverseDeviation[c4];
}
