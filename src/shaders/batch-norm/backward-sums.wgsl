// Σ dy and Σ dy · x̂ of each channel over the pixels of one part, x̂ = (x − mean) · inverseDeviation.
// A thread takes one channel quad and every PARTS-th pixel.
override PIXELS: u32;
override C4: u32;
override PARTS: u32;
override GROUP: u32;

@group(0) @binding(0) var<storage, read> x: array<vec4f>; // [pixel,c4]
@group(0) @binding(1) var<storage, read> dy: array<vec4f>; // [pixel,c4]
@group(0) @binding(2) var<storage, read> mean: array<vec4f>; // [c4]
@group(0) @binding(3) var<storage, read> inverseDeviation: array<vec4f>; // [c4]
@group(0) @binding(4) var<storage, read_write> parts: array<vec4f>; // [part,c4,{Σdy,Σdy·x̂}]

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= PARTS * C4) {
    return;
  }
  let c4 = id.x % C4;
  var sum = vec4f();
  var sumNormalised = vec4f();
  for (var pixel = id.x / C4; pixel < PIXELS; pixel += PARTS) {
    let at = pixel * C4 + c4;
    sum += dy[at];
    sumNormalised += dy[at] * (x[at] - mean[c4]);
  }
  parts[id.x * 2] = sum;
  parts[id.x * 2 + 1] = sumNormalised * inverseDeviation[c4];
}
