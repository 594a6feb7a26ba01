// y[n,p,q,k] = Σ_{r,s,c} x[n, p·STRIDE+r−PADDING, q·STRIDE+s−PADDING, c] · w[r,s,c,k]
//
// A thread makes 8 neighbouring pixels (q … q+7) of one output row × 4 channels, in registers.
// Neighbouring threads make neighbouring pixels with the same weights; id.y is the channel quad.
override TILES: u32; // of 8 pixels: N · P · ⌈Q/8⌉
override H: i32;
override W: i32;
override C4: u32;
override P: u32;
override Q: u32;
override K4: u32;
override KERNEL: i32;
override STRIDE: i32;
override PADDING: i32;
override GROUP: u32;

@group(0) @binding(0) var<storage, read> x: array<vec4f>; // [n,h,w,c4]
@group(0) @binding(1) var<storage, read> w: array<vec4f>; // [r,s,c,k4]
@group(0) @binding(2) var<storage, read_write> y: array<vec4f>; // [n,p,q,k4]

fn pixel(column: i32, row: u32, c4: u32) -> vec4f {
  let inside = column >= 0 && column < W;
  return select(vec4f(), x[(row + u32(clamp(column, 0, W - 1))) * C4 + c4], inside);
}

fn store(q: u32, row: u32, k4: u32, value: vec4f) {
  if (q < Q) {
    y[(row * Q + q) * K4 + k4] = value;
  }
}

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= TILES) {
    return;
  }
  let tilesAcross = (Q + 7) / 8;
  let k4 = id.y;
  let outRow = id.x / tilesAcross; // n · P + p
  let q = (id.x % tilesAcross) * 8;
  let n = outRow / P;
  let top = i32(outRow % P) * STRIDE - PADDING;
  let left = i32(q) * STRIDE - PADDING;

  var y0 = vec4f();
  var y1 = vec4f();
  var y2 = vec4f();
  var y3 = vec4f();
  var y4 = vec4f();
  var y5 = vec4f();
  var y6 = vec4f();
  var y7 = vec4f();
  for (var r = 0; r < KERNEL; r++) {
    let h = top + r;
    if (h < 0 || h >= H) {
      continue;
    }
    let row = (n * u32(H) + u32(h)) * u32(W);
    for (var s = 0; s < KERNEL; s++) {
      let column = left + s;
      let tap = u32(r * KERNEL + s) * C4 * 4;
      for (var c4 = 0u; c4 < C4; c4++) {
        let at = (tap + c4 * 4) * K4 + k4;
        let weights = mat4x4f(w[at], w[at + K4], w[at + 2 * K4], w[at + 3 * K4]);
        y0 += weights * pixel(column, row, c4);
        y1 += weights * pixel(column + STRIDE, row, c4);
        y2 += weights * pixel(column + 2 * STRIDE, row, c4);
        y3 += weights * pixel(column + 3 * STRIDE, row, c4);
        y4 += weights * pixel(column + 4 * STRIDE, row, c4);
        y5 += weights * pixel(column + 5 * STRIDE, row, c4);
        y6 += weights * pixel(column + 6 * STRIDE, row, c4);
        y7 += weights * pixel(column + 7 * STRIDE, row, c4);
      }
    }
  }
  store(q, outRow, k4, y0);
  store(q + 1, outRow, k4, y1);
  store(q + 2, outRow, k4, y2);
  store(q + 3, outRow, k4, y3);
  store(q + 4, outRow, k4, y4);
  store(q + 5, outRow, k4, y5);
  store(q + 6, outRow, k4, y6);
  store(q + 7, outRow, k4, y7);
}
