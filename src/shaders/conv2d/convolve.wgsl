// A convolution, or with GRADIENT its gradient with respect to the data, directly in registers:
//   y[n,p,q,k] = Σ_{r,s,c} x[n, p·stride+r−padding, q·stride+s−padding, c] · w[r,s,c,k]
//   dx[n,h,w,c] = Σ_{r,s,k} dy[n, (h+padding−r)/stride, (w+padding−s)/stride, k] · w[r,s,c,k]
// over the taps where both divisions are exact. So at stride S the pixels of dx fall into S × S
// phases (row and column modulo S), each a convolution at stride 1 with its share of the taps.
//
// What is read is called source here, what is written result. A thread makes 8 pixels of one row
// and phase × 4 · QUADS channels; neighbouring threads make neighbouring pixels, so a thread's own
// lie as far apart as there are threads to a row. id.y is the group of channels, id.z the phase.
//
// PROLOGUE: the source is max(scale · x + shift, 0), a batch norm and a ReLU, not x itself.
// ADD: `addend`, or with IN_PLACE what the result holds, is added to the result.
// STATISTICS: mean and M2 of the thread's pixels, for the batch norm that follows.
// SUMS: the result is the gradient of a ReLU's output; it goes through the ReLU of
// scale · raw + shift, and Σ dz and Σ dz · x̂ of the thread's pixels are kept.
override QUADS: u32; // 1, 2 or 4
override GRADIENT: bool;
override PROLOGUE: bool;
override ADD: bool;
override IN_PLACE: bool;
override STATISTICS: bool;
override SUMS: bool;
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
  // 8 and QUADS again, unknown to the compiler: an unrolled epilogue takes seconds to compile.
  pixels: i32,
  quads: i32,
}

@group(0) @binding(0) var<storage, read> source: array<vec4f>; // [n,row,column,channel4]
@group(0) @binding(1) var<storage, read> addend: array<vec4f>; // as result
@group(0) @binding(2) var<storage, read> raw: array<vec4f>; // as result
@group(0) @binding(4) var<storage, read_write> result: array<vec4f>; // [n,row,column,channel4]
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

/** Where four pixels of a source row lie, and 0 for those outside the map. */
struct Pixels {
  at: vec4i,
  inside: vec4f,
}

fn pixelsAt(columns: vec4i, row: i32) -> Pixels {
  let inside = (columns >= vec4i()) & (columns < vec4i(sizes.sourceW));
  let at = (row + clamp(columns, vec4i(), vec4i(sizes.sourceW - 1))) * sizes.source4;
  return Pixels(at, select(vec4f(), vec4f(1), inside));
}

fn pixel(at: i32, inside: f32, channel: i32) -> vec4f {
  let value = source[at + channel];
  if (PROLOGUE) {
    let scale = coefficients[channel * 4];
    let shift = coefficients[channel * 4 + 1];
    return max(fma(scale, value, shift), vec4f()) * inside;
  }
  return value * inside;
}

fn load(pixels: Pixels, channel: i32) -> mat4x4f {
  return mat4x4f(
    pixel(pixels.at.x, pixels.inside.x, channel),
    pixel(pixels.at.y, pixels.inside.y, channel),
    pixel(pixels.at.z, pixels.inside.z, channel),
    pixel(pixels.at.w, pixels.inside.w, channel),
  );
}

/** From four channels of the source to four of the result. */
fn block(tap: i32, channel: i32, quad: i32) -> mat4x4f {
  if (GRADIENT) {
    return transpose(weights[(tap * sizes.result4 + quad) * sizes.source4 + channel]);
  }
  return weights[(tap * sizes.source4 + channel) * sizes.result4 + quad];
}

/** Where a thread's eight pixels lie in the result. */
struct Place {
  first: i32, // column, or the map's width where there is none
  step: i32,
  row: i32, // of all images' rows
  part: i32,
}

/** Writes eight pixels' four channels, and their statistics or sums. */
fn finish(pixels: array<vec4f, 8>, at: Place, quad: i32) {
  var sums = pixels;
  var first = vec4f(); // mean, or Σ dz
  var second = vec4f(); // M2, or Σ dz · x̂
  let count = min(sizes.pixels, (sizes.w - at.first + at.step - 1) / at.step);
  let start = (at.row * sizes.w + at.first) * sizes.result4 + quad;
  for (var j = 0; j < count; j++) {
    let index = start + j * at.step * sizes.result4;
    var value = sums[j];
    if (ADD) {
      if (IN_PLACE) {
        value += result[index];
      } else {
        value += addend[index];
      }
    }
    if (SUMS) {
      let x = raw[index];
      let activated = fma(coefficients[quad * 4], x, coefficients[quad * 4 + 1]);
      value = select(vec4f(), value, activated > vec4f());
      first += value;
      second += value * (x - coefficients[quad * 4 + 2]) * coefficients[quad * 4 + 3];
    }
    if (STATISTICS) {
      let deviation = value - first;
      first += deviation / f32(j + 1);
      second += deviation * (value - first);
    }
    result[index] = value;
  }
  if (STATISTICS || SUMS) {
    let part = (at.part * sizes.result4 + quad) * 2;
    parts[part] = first;
    parts[part + 1] = second;
  }
}

@compute @workgroup_size(GROUP)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = i32(group.x * GROUP + lane);
  if (tile >= sizes.tiles) {
    return;
  }
  let quad = i32(group.y * QUADS);
  let stride = sizes.stride;
  let step = select(1, stride, GRADIENT); // between pixels of one phase
  let phase = vec2i(i32(group.z) % step, i32(group.z) / step);
  let rows = (sizes.h + step - 1) / step;
  let across = ((sizes.w + step - 1) / step + 7) / 8;
  let n = tile / (across * rows);
  let row = ((tile / across) % rows) * step + phase.y;
  let column = (tile % across) * step + phase.x;

  // The first tap of this phase, and the source pixel that it reads.
  let tap = select(vec2i(), (phase + sizes.padding) % step, GRADIENT);
  let at = vec2i(column, row);
  var origin = at * stride - sizes.padding;
  if (GRADIENT) {
    origin = (at + sizes.padding - tap) / step;
  }
  let direction = select(1, -1, GRADIENT);
  let apart = across * select(stride, 1, GRADIENT);
  let spacing = apart * vec4i(0, 1, 2, 3);

  var left0 = mat4x4f();
  var right0 = mat4x4f();
  var left1 = mat4x4f();
  var right1 = mat4x4f();
  var left2 = mat4x4f();
  var right2 = mat4x4f();
  var left3 = mat4x4f();
  var right3 = mat4x4f();
  var sourceRow = origin.y;
  for (var r = tap.y; r < sizes.kernel; r += step) {
    if (sourceRow >= 0 && sourceRow < sizes.sourceH) {
      let first = (n * sizes.sourceH + sourceRow) * sizes.sourceW;
      var sourceColumn = origin.x;
      for (var s = tap.x; s < sizes.kernel; s += step) {
        let leftAt = pixelsAt(sourceColumn + spacing, first);
        let rightAt = pixelsAt(sourceColumn + 4 * apart + spacing, first);
        let position = r * sizes.kernel + s;
        for (var channel = 0; channel < sizes.source4; channel++) {
          let left = load(leftAt, channel);
          let right = load(rightAt, channel);
          let block0 = block(position, channel, quad);
          left0 = multiplyAdd(block0, left, left0);
          right0 = multiplyAdd(block0, right, right0);
          if (QUADS > 1) {
            let block1 = block(position, channel, quad + 1);
            left1 = multiplyAdd(block1, left, left1);
            right1 = multiplyAdd(block1, right, right1);
          }
          if (QUADS > 2) {
            let block2 = block(position, channel, quad + 2);
            left2 = multiplyAdd(block2, left, left2);
            right2 = multiplyAdd(block2, right, right2);
            let block3 = block(position, channel, quad + 3);
            left3 = multiplyAdd(block3, left, left3);
            right3 = multiplyAdd(block3, right, right3);
          }
        }
        sourceColumn += direction;
      }
    }
    sourceRow += direction;
  }
  // A phase may have a row less than the others; its sums are zero.
  let place = Place(
    select(sizes.w, column, row < sizes.h),
    across * step,
    n * sizes.h + row,
    i32(group.z) * sizes.tiles + tile,
  );
  var all = array(left0, right0, left1, right1, left2, right2, left3, right3);
  for (var j = 0; j < min(sizes.quads, sizes.result4 - quad); j++) {
    let left = all[2 * j];
    let right = all[2 * j + 1];
    let pixels = array(
      left[0],
      left[1],
      left[2],
      left[3],
      right[0],
      right[1],
      right[2],
      right[3],
    );
    finish(pixels, place, quad + j);
  }
}
