/**
 * The keys of every object of one JSON text, to find one that comes twice: open addressing over (object, hash), in arrays
 * that are kept between texts. Objects are numbered on and on, so that what an earlier text left counts as empty.
 */
export class KeyTable {
  private objects: Int32Array
  private hashes: Int32Array
  private starts: Int32Array
  private mask: number
  private room: number
  private before = 0
  private last = 0

  constructor(size: number) {
    this.objects = new Int32Array(size)
    this.hashes = new Int32Array(size)
    this.starts = new Int32Array(size)
    this.mask = size - 1
    this.room = size >> 1
  }

  /** Forgets all keys. */
  beginText(): void {
    this.before = this.last
    this.room = this.objects.length >> 1
    if (this.last > 0x3fffffff) {
      this.objects.fill(0)
      this.before = 0
      this.last = 0
    }
  }

  beginObject(): number {
    this.last += 1
    return this.last
  }

  /** False when the object has this key already; `same` tells two keys with one hash apart. */
  add(bytes: Uint8Array, object: number, hash: number, start: number, same: SameKey): boolean {
    if (this.room === 0) this.grow()
    let slot = this.slotOf(object, hash)
    while ((this.objects[slot] as number) > this.before) {
      if (
        this.objects[slot] === object &&
        this.hashes[slot] === hash &&
        same(bytes, this.starts[slot] as number, start)
      )
        return false
      slot = (slot + 1) & this.mask
    }
    this.objects[slot] = object
    this.hashes[slot] = hash
    this.starts[slot] = start
    this.room -= 1
    return true
  }

  private slotOf(object: number, hash: number): number {
    return (Math.imul(hash ^ Math.imul(object, 0x9e3779b1), 0x85ebca6b) >>> 9) & this.mask
  }

  private grow(): void {
    const { objects, hashes, starts } = this
    const size = objects.length * 2
    this.objects = new Int32Array(size)
    this.hashes = new Int32Array(size)
    this.starts = new Int32Array(size)
    this.mask = size - 1
    this.room = size >> 1
    for (let old = 0; old < objects.length; old++) {
      const object = objects[old] as number
      if (object <= this.before) continue
      let slot = this.slotOf(object, hashes[old] as number)
      while ((this.objects[slot] as number) > this.before) slot = (slot + 1) & this.mask
      this.objects[slot] = object
      this.hashes[slot] = hashes[old] as number
      this.starts[slot] = starts[old] as number
      this.room -= 1
    }
  }
}

export type SameKey = (bytes: Uint8Array, startOfOne: number, startOfOther: number) => boolean
