// y[n,c] = mean of x over the PIXELS of an image. A thread makes one channel quad of one image.
override COUNT: u32; // N · C4
override C4: u32;
override PIXELS: u32;
override GROUP: u32;

@group(0) @binding(0) var<storage, read> x: array<vec4f>; // [n,pixel,c4]
@group(0) @binding(1) var<storage, read_write> y: array<vec4f>; // [n,c4]

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < COUNT; i += groups.x * GROUP) {
    let n = i / C4;
    var sum = vec4f();
    for (var pixel = 0u; pixel < PIXELS; pixel++) {
      sum += x[(n * PIXELS + pixel) * C4 + i % C4];
    }
    y[i] = sum / f32(PIXELS);
  }
}
