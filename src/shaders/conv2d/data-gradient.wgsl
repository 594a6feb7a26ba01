// dx[n,h,w,c] = Σ_{r,s,k} dy[n, (h+PADDING−r)/STRIDE, (w+PADDING−s)/STRIDE, k] · w[r,s,c,k]
// over the taps where both divisions are exact.
//
// At stride S the pixels fall into S × S phases (row and column modulo S), each a convolution at
// stride 1 with its share of the taps; id.z is the phase. A thread makes 8 pixels of one row and
// phase (w, w+S … w+7S) × 4 channels, in registers; id.y is the channel quad.
override TILES: u32; // N · ⌈H/S⌉ · ⌈⌈W/S⌉/8⌉
override H: u32;
override W: u32;
override C4: u32;
override P: i32;
override Q: i32;
override K4: u32;
override KERNEL: i32;
override STRIDE: i32;
override PADDING: i32;
override GROUP: u32;

@group(0) @binding(0) var<storage, read> dy: array<vec4f>; // [n,p,q,k4]
@group(0) @binding(1) var<storage, read> transposed: array<vec4f>; // [r,s,k,c4]
@group(0) @binding(2) var<storage, read_write> dx: array<vec4f>; // [n,h,w,c4]

fn pixel(q: i32, row: u32, k4: u32) -> vec4f {
  let inside = q >= 0 && q < Q;
  return select(vec4f(), dy[(row + u32(clamp(q, 0, Q - 1))) * K4 + k4], inside);
}

fn store(w: u32, row: u32, c4: u32, value: vec4f) {
  if (w < W) {
    dx[(row * W + w) * C4 + c4] = value;
  }
}

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let stride = u32(STRIDE);
  let rows = (H + stride - 1) / stride;
  let tilesAcross = ((W + stride - 1) / stride + 7) / 8;
  let c4 = id.y;
  let phase = vec2u(id.z % stride, id.z / stride);
  let n = id.x / (tilesAcross * rows);
  let h = ((id.x / tilesAcross) % rows) * stride + phase.y;
  let tile = (id.x % tilesAcross) * 8;
  let w = tile * stride + phase.x;
  if (id.x >= TILES || h >= H || w >= W) {
    return;
  }

  var dx0 = vec4f();
  var dx1 = vec4f();
  var dx2 = vec4f();
  var dx3 = vec4f();
  var dx4 = vec4f();
  var dx5 = vec4f();
  var dx6 = vec4f();
  var dx7 = vec4f();
  for (var r = (i32(h) + PADDING) % STRIDE; r < KERNEL; r += STRIDE) {
    let reach = i32(h) + PADDING - r;
    if (reach < 0 || reach / STRIDE >= P) {
      continue;
    }
    let row = (n * u32(P) + u32(reach / STRIDE)) * u32(Q);
    for (var s = (i32(w) + PADDING) % STRIDE; s < KERNEL; s += STRIDE) {
      // Exact, so rounding toward zero does no harm to a negative reach.
      let q = (i32(w) + PADDING - s) / STRIDE;
      let tap = u32(r * KERNEL + s) * K4 * 4;
      for (var k4 = 0u; k4 < K4; k4++) {
        let at = (tap + k4 * 4) * C4 + c4;
        let weights = mat4x4f(
          transposed[at],
          transposed[at + C4],
          transposed[at + 2 * C4],
          transposed[at + 3 * C4],
        );
        dx0 += weights * pixel(q, row, k4);
        dx1 += weights * pixel(q + 1, row, k4);
        dx2 += weights * pixel(q + 2, row, k4);
        dx3 += weights * pixel(q + 3, row, k4);
        dx4 += weights * pixel(q + 4, row, k4);
        dx5 += weights * pixel(q + 5, row, k4);
        dx6 += weights * pixel(q + 6, row, k4);
        dx7 += weights * pixel(q + 7, row, k4);
      }
    }
  }
  let outRow = n * H + h;
  store(w, outRow, c4, dx0);
  store(w + stride, outRow, c4, dx1);
  store(w + 2 * stride, outRow, c4, dx2);
  store(w + 3 * stride, outRow, c4, dx3);
  store(w + 4 * stride, outRow, c4, dx4);
  store(w + 5 * stride, outRow, c4, dx5);
  store(w + 6 * stride, outRow, c4, dx6);
  store(w + 7 * stride, outRow, c4, dx7);
}
