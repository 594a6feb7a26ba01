// Mean and sum of squared deviations (M2) of each channel over the pixels of one part.
//
// A thread takes one channel quad and every PARTS-th pixel, by Welford's update; neighbouring
// threads read neighbouring memory.
override PIXELS: u32; // N · H · W
override C4: u32;
override PARTS: u32;
override GROUP: u32;

@group(0) @binding(0) var<storage, read> x: array<vec4f>; // [pixel,c4]
@group(0) @binding(1) var<storage, read_write> parts: array<vec4f>; // [part,c4,{mean,M2}]

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= PARTS * C4) {
    return;
  }
  let c4 = id.x % C4;
  var count = 0.0;
  var mean = vec4f();
  var m2 = vec4f();
  for (var pixel = id.x / C4; pixel < PIXELS; pixel += PARTS) {
    let value = x[pixel * C4 + c4];
    count += 1.0;
    let before = value - mean;
    mean += before / count;
    m2 += before * (value - mean);
  }
  parts[id.x * 2] = mean;
  parts[id.x * 2 + 1] = m2;
}
