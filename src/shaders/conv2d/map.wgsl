// What all kernels of a convolution share, and of its gradient with respect to the data (GRADIENT):
//   y[n,p,q,k] = Σ_{r,s,c} x[n, p·stride+r−padding, q·stride+s−padding, c] · w[r,s,c,k]
//   dx[n,h,w,c] = Σ_{r,s,k} dy[n, (h+padding−r)/stride, (w+padding−s)/stride, k] · w[r,s,c,k]
// over the taps where both divisions are exact. So at stride S the pixels of dx fall into S × S
// phases (row and column modulo S), each a convolution at stride 1 with its share of the taps.
//
// What is read is called source here, what is written result. A tile is 8 pixels of one row and
// phase. id.z is the phase.
//
// PROLOGUE: the source is max(scale · x + shift, 0), a batch norm and a ReLU, not x itself.
// ADD: `addend`, or with IN_PLACE what the result holds, is added to the result.
// STATISTICS: mean and M2 of the tile's pixels, for the batch norm that follows.
// SUMS: the result is the gradient of a ReLU's output; it goes through the ReLU of
// scale · raw + shift, or with PASSED through the ReLU whose output `addend` is, and Σ dz and
// Σ dz · x̂ of the tile's pixels are kept.
override GRADIENT: bool;
override PROLOGUE: bool;
override ADD: bool;
override IN_PLACE: bool;
override STATISTICS: bool;
override SUMS: bool;
override PASSED: bool;
override GROUP: u32;

struct Sizes {
  tiles: i32, // of 8 pixels in one phase
  sourceH: i32,
  sourceW: i32,
  source4: i32, // channels / 4
  h: i32,
  w: i32,
  result4: i32,
  kernel: i32,
  stride: i32,
  padding: i32,
  // 8, and QUADS again, unknown to the compiler: an unrolled epilogue takes seconds to compile.
  pixels: i32,
  quads: i32,
}

@group(0) @binding(0) var<storage, read> source: array<Stored>; // [n,row,column,channel4]
@group(0) @binding(1) var<storage, read> addend: array<Stored>; // as result; see PASSED
@group(0) @binding(2) var<storage, read> raw: array<Stored>; // as result
@group(0) @binding(4) var<storage, read_write> result: array<Stored>; // [n,row,column,channel4]
@group(0) @binding(5) var<storage, read_write> parts: array<vec4f>; // [part,channel4,2]
@group(0) @binding(6) var<uniform> coefficients: array<vec4f, COEFFICIENTS>; // [channel4,4]
@group(0) @binding(SIZES) var<uniform> sizes: Sizes;

/** Column j is a · b's column j added to sum's: four pixels of b's channels. */
fn multiplyAdd(a: mat4x4f, b: mat4x4f, sum: mat4x4f) -> mat4x4f {
  return mat4x4f(
    dotAdd(a, b[0], sum[0]),
    dotAdd(a, b[1], sum[1]),
    dotAdd(a, b[2], sum[2]),
    dotAdd(a, b[3], sum[3]),
  );
}

fn dotAdd(a: mat4x4f, b: vec4f, sum: vec4f) -> vec4f {
  return fma(a[3], b.wwww, fma(a[2], b.zzzz, fma(a[1], b.yyyy, fma(a[0], b.xxxx, sum))));
}

fn pixel(at: i32, inside: f32, channel: i32) -> vec4f {
  let value = vec4f(source[at + channel]);
  if (PROLOGUE) {
    let scale = coefficients[channel * 4];
    let shift = coefficients[channel * 4 + 1];
    return max(fma(scale, value, shift), vec4f()) * inside;
  }
  return value * inside;
}

/** From four channels of the source to four of the result. */
fn block(tap: i32, channel: i32, quad: i32) -> mat4x4f {
  if (GRADIENT) {
    return transpose(weights[(tap * sizes.result4 + quad) * sizes.source4 + channel]);
  }
  return weights[(tap * sizes.source4 + channel) * sizes.result4 + quad];
}

/** Where a tile's eight pixels lie, and what they read first. */
struct Place {
  first: i32, // column in the result, or its width where there is none
  step: i32,
  row: i32, // in the result, of all images' rows
  part: i32,
  tap: vec2i, // the first of this phase: column, row
  origin: vec2i, // in the source, of the first pixel and tap
  apart: i32, // in the source, from pixel to pixel
  image: i32, // the source's first row of this image
}

/** Between pixels of one phase. */
fn phaseStep() -> i32 {
  return select(1, sizes.stride, GRADIENT);
}

/** From tap to tap in the source. */
fn direction() -> i32 {
  return select(1, -1, GRADIENT);
}

/** Neighbouring tiles make neighbouring pixels: a tile's own lie apart by the tiles of a row. */
fn placeOf(tile: i32, phaseIndex: i32) -> Place {
  let step = phaseStep();
  let phase = vec2i(phaseIndex % step, phaseIndex / step);
  let rows = (sizes.h + step - 1) / step;
  let across = ((sizes.w + step - 1) / step + 7) / 8;
  let n = tile / (across * rows);
  let row = ((tile / across) % rows) * step + phase.y;
  let column = (tile % across) * step + phase.x;
  let tap = select(vec2i(), (phase + sizes.padding) % step, GRADIENT);
  let at = vec2i(column, row);
  var origin = at * sizes.stride - sizes.padding;
  if (GRADIENT) {
    origin = (at + sizes.padding - tap) / step;
  }
  // A phase may have a row less than the others; its sums are zero.
  return Place(
    select(sizes.w, column, row < sizes.h),
    across * step,
    n * sizes.h + row,
    phaseIndex * sizes.tiles + tile,
    tap,
    origin,
    across * select(sizes.stride, 1, GRADIENT),
    n * sizes.sourceH,
  );
}

/** Writes eight pixels' four channels, and their statistics or sums. */
fn finish(left: mat4x4f, right: mat4x4f, at: Place, quad: i32) {
  var sums = array(
    left[0],
    left[1],
    left[2],
    left[3],
    right[0],
    right[1],
    right[2],
    right[3],
  );
  var first = vec4f(); // mean, or Σ dz
  var second = vec4f(); // M2, or Σ dz · x̂
  let count = min(sizes.pixels, (sizes.w - at.first + at.step - 1) / at.step);
  let start = (at.row * sizes.w + at.first) * sizes.result4 + quad;
  for (var j = 0; j < count; j++) {
    let index = start + j * at.step * sizes.result4;
    var value = sums[j];
    if (ADD) {
      if (IN_PLACE) {
        value += vec4f(result[index]);
      } else {
        value += vec4f(addend[index]);
      }
    }
    if (SUMS) {
      let x = vec4f(raw[index]);
      var activated = fma(coefficients[quad * 4], x, coefficients[quad * 4 + 1]);
      if (PASSED) {
        activated = vec4f(addend[index]);
      }
      value = select(vec4f(), value, activated > vec4f());
      first += value;
      second += value * (x - coefficients[quad * 4 + 2]) * coefficients[quad * 4 + 3];
    }
    if (STATISTICS) {
      let deviation = value - first;
      first += deviation / f32(j + 1);
      second += deviation * (value - first);
    }
    result[index] = Stored(value);
  }
  if (STATISTICS || SUMS) {
    let part = (at.part * sizes.result4 + quad) * 2;
    parts[part] = first;
    parts[part + 1] = second;
  }
}
