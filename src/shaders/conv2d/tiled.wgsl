// The convolution as a matrix product in workgroup memory: TILES tiles × LANES channel quads, for
// every tap CHUNK quads of the source at a time. A thread makes one tile × 4 channels; pixels are
// read once by the workgroup, and batch norm and ReLU applied once. id.y is the group of quads.
override TILES: u32; // TILES · LANES = GROUP
override LANES: u32;
override CHUNK: u32; // quads of the source

var<workgroup> pixels: array<vec4f, TILES * CHUNK * 8>; // [quad,pixel,tile]
var<workgroup> blocks: array<mat4x4f, CHUNK * LANES>; // [quad,lane]
var<workgroup> places: array<vec3i, TILES * 8>; // of each pixel: first row of its image, row, column

const OUTSIDE = -1000000;

@compute @workgroup_size(GROUP)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let quads = i32(group.y * LANES);
  for (var slot = lane; slot < TILES * 8; slot += GROUP) {
    let tile = i32(group.x * TILES + slot % TILES);
    let place = placeOf(tile, i32(group.z));
    let column = place.origin.x + i32(slot / TILES) * place.apart;
    places[slot] = vec3i(place.image, select(OUTSIDE, place.origin.y, tile < sizes.tiles), column);
  }
  workgroupBarrier();

  let own = lane / LANES; // tile
  let quad = quads + i32(lane % LANES);
  let place = placeOf(i32(group.x * TILES + own), i32(group.z));
  let tap = placeOf(0, i32(group.z)).tap;
  var left = mat4x4f();
  var right = mat4x4f();
  var offset = vec2i();
  for (var r = tap.y; r < sizes.kernel; r += phaseStep()) {
    offset.x = 0;
    for (var s = tap.x; s < sizes.kernel; s += phaseStep()) {
      for (var chunk = 0; chunk < sizes.source4; chunk += i32(CHUNK)) {
        for (var i = lane; i < TILES * CHUNK * 8; i += GROUP) {
          let channel = chunk + i32(i % CHUNK);
          let slot = i / CHUNK;
          let at = vec2i(places[slot].z, places[slot].y) + offset;
          let inside = all(at >= vec2i()) && at.x < sizes.sourceW && at.y < sizes.sourceH &&
            channel < sizes.source4;
          var value = vec4f();
          if (inside) {
            let row = (places[slot].x + at.y) * sizes.sourceW;
            value = pixel((row + at.x) * sizes.source4, 1.0, channel);
          }
          pixels[(i % CHUNK) * TILES * 8 + slot] = value;
        }
        for (var i = lane; i < CHUNK * LANES; i += GROUP) {
          let channel = chunk + i32(i / LANES);
          let made = quads + i32(i % LANES);
          var value = mat4x4f();
          if (channel < sizes.source4 && made < sizes.result4) {
            value = block(r * sizes.kernel + s, channel, made);
          }
          blocks[i] = value;
        }
        workgroupBarrier();
        for (var c = 0u; c < CHUNK; c++) {
          let matrix = blocks[c * LANES + lane % LANES];
          let at = c * TILES * 8 + own;
          left = multiplyAdd(
            matrix,
            mat4x4f(pixels[at], pixels[at + TILES], pixels[at + 2 * TILES], pixels[at + 3 * TILES]),
            left,
          );
          let next = at + 4 * TILES;
          right = multiplyAdd(
            matrix,
            mat4x4f(
              pixels[next],
              pixels[next + TILES],
              pixels[next + 2 * TILES],
              pixels[next + 3 * TILES],
            ),
            right,
          );
        }
        workgroupBarrier();
      }
      offset.x += direction();
    }
    offset.y += direction();
  }
  if (place.part - i32(group.z) * sizes.tiles >= sizes.tiles || quad >= sizes.result4) {
    return;
  }
  finish(left, right, place, quad);
}
