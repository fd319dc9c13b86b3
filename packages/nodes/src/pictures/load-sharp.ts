/** The library of picture formats, loaded when the first picture is: it takes time and memory. */
export async function loadSharp() {
  return (await import("sharp")).default;
}
