/** What the library takes for an encoder that has written something. */
export interface LibraryEncoder {
  readonly buf: Buffer
  readonly buffer: Buffer
}
