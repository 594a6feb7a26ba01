// Philox4x32-10 (Salmon et al. 2011), the same words as src/random/philox.ts.
fn multiplyHigh(a: u32, b: u32) -> u32 {
  let aLow = a & 0xffffu;
  let aHigh = a >> 16u;
  let bLow = b & 0xffffu;
  let bHigh = b >> 16u;
  let carry = aHigh * bLow + ((aLow * bLow) >> 16u);
  let middle = (carry & 0xffffu) + aLow * bHigh;
  return aHigh * bHigh + (carry >> 16u) + (middle >> 16u);
}

fn philox(firstKey: vec2u, counter: vec4u) -> vec4u {
  var key = firstKey;
  var x = counter;
  for (var round = 0; round < 10; round++) {
    x = vec4u(
      multiplyHigh(0xcd9e8d57u, x.z) ^ x.y ^ key.x,
      0xcd9e8d57u * x.z,
      multiplyHigh(0xd2511f53u, x.x) ^ x.w ^ key.y,
      0xd2511f53u * x.x,
    );
    key += vec2u(0x9e3779b9u, 0xbb67ae85u);
  }
  return x;
}
