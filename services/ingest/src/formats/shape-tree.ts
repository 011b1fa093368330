/** The table of JSON shapes as a tree: what follows a key, and whether what is reached is a record. */
export interface ShapeNode {
  record: boolean
  readonly children: Map<string, ShapeNode>
}

/** Besides the paths given, a document is a record, and so is each element of an array at the top. */
export function shapeTree(paths: readonly (readonly string[])[]): ShapeNode {
  const root: ShapeNode = { record: true, children: new Map() }
  for (const path of [['*'], ...paths]) {
    let node = root
    for (const key of path) {
      const next = node.children.get(key) ?? { record: false, children: new Map<string, ShapeNode>() }
      node.children.set(key, next)
      node = next
    }
    node.record = true
  }
  return root
}
