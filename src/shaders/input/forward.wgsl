// x[n,h,w,c] = (byte/255 − mean[c]) / deviation[c] of the picture cropped at (dy, dx) and flipped
// left to right where asked; 0 outside the picture and in the fourth channel.
// A thread makes one pixel. Pixels lie as planes R, G, B, four bytes to a word.
override GROUP: u32;
override MEAN_R: f32;
override MEAN_G: f32;
override MEAN_B: f32;
override DEVIATION_R: f32;
override DEVIATION_G: f32;
override DEVIATION_B: f32;

struct Sizes {
  count: u32, // N · SIDE · SIDE
  side: i32,
}

@group(0) @binding(0) var<storage, read> bytes: array<u32>; // [n,{R,G,B},h,w/4]
@group(0) @binding(1) var<storage, read> crops: array<i32>; // [n,{dy,dx,flip}]
@group(0) @binding(2) var<storage, read_write> x: array<Stored>; // [n,h,w]
@group(0) @binding(3) var<uniform> sizes: Sizes;

fn byteAt(index: u32) -> f32 {
  return f32((bytes[index / 4] >> (8 * (index % 4))) & 0xff);
}

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    let column = i32(i) % sizes.side;
    let h = (i32(i) / sizes.side) % sizes.side + crops[i / u32(sizes.side * sizes.side) * 3];
    let n = i / u32(sizes.side * sizes.side);
    let w = select(column, sizes.side - 1 - column, crops[n * 3 + 2] != 0) + crops[n * 3 + 1];
    var value = vec4f();
    if (h >= 0 && h < sizes.side && w >= 0 && w < sizes.side) {
      let plane = u32(sizes.side * sizes.side);
      let at = n * 3 * plane + u32(h * sizes.side + w);
      let colour = vec3f(byteAt(at), byteAt(at + plane), byteAt(at + 2 * plane)) / 255.0;
      let mean = vec3f(MEAN_R, MEAN_G, MEAN_B);
      let deviation = vec3f(DEVIATION_R, DEVIATION_G, DEVIATION_B);
      value = vec4f((colour - mean) / deviation, 0.0);
    }
    x[i] = Stored(value);
  }
}
