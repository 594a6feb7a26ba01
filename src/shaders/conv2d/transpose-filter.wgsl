// transposed[r,s,k,c] = w[r,s,c,k], so that the data gradient reads four c at once.
// A thread moves one 4 × 4 block.
override BLOCKS: u32; // R · S · C4 · K4
override C4: u32;
override K4: u32;
override GROUP: u32;

@group(0) @binding(0) var<storage, read> w: array<vec4f>; // [r,s,c,k4]
@group(0) @binding(1) var<storage, read_write> transposed: array<vec4f>; // [r,s,k,c4]

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= BLOCKS) {
    return;
  }
  let k4 = id.x % K4;
  let c4 = (id.x / K4) % C4;
  let tap = id.x / (K4 * C4);
  let source = (tap * C4 * 4 + c4 * 4) * K4 + k4;
  let block = transpose(mat4x4f(
    w[source],
    w[source + K4],
    w[source + 2 * K4],
    w[source + 3 * K4],
  ));
  let target_ = (tap * K4 * 4 + k4 * 4) * C4 + c4;
  transposed[target_] = block[0];
  transposed[target_ + C4] = block[1];
  transposed[target_ + 2 * C4] = block[2];
  transposed[target_ + 3 * C4] = block[3];
}
