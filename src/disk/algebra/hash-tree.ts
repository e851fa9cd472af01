/**
 * The content of a disk as a tree of sha256: leaves over 1 MiB, nodes over 1024 leaves (1 GiB). Empty leaves and nodes are
 * constants, so empty space costs nothing; and a difference shows in which node it lies. What is kept is 32 bytes per GiB.
 */
import { createHash, hash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import type { DiskExtent } from '../disk.ts'

export const leafBytes = 1024 ** 2
const leavesPerNode = 1024
export const nodeBytes = leafBytes * leavesPerNode

const zeroBytes = Buffer.alloc(leafBytes)
const sha256 = (bytes: Buffer): Buffer => hash('sha256', bytes, 'buffer')
const zeroLeaf = sha256(zeroBytes)
const zeroNode = sha256(Buffer.concat(Array.from({ length: leavesPerNode }, () => zeroLeaf)))

export class HashTree {
  readonly #nodes: Buffer[] = []
  /** Leaves of the node that is being filled; zero leaves are not in it. */
  readonly #leaves = new Map<number, Buffer>()
  #leaf: Hash | undefined
  #position = 0

  /** Takes the extents of a disk in order. */
  add(extent: DiskExtent): void {
    if (extent.kind === 'data') this.#addData(extent.data)
    else this.#addZeros(extent.length)
  }

  /** Ends the disk. @returns one digest per GiB, the last one over what remains */
  finish(): readonly Buffer[] {
    if (this.#leaf !== undefined) this.#leaves.set(this.#leafIndex(), this.#leaf.digest())
    if (this.#position % nodeBytes > 0) this.#closeNode(Math.ceil((this.#position % nodeBytes) / leafBytes))
    return this.#nodes
  }

  #addData(data: Buffer): void {
    for (let at = 0; at < data.length;) {
      const room = leafBytes - (this.#position % leafBytes)
      const part = data.subarray(at, at + room)
      if (part.length === leafBytes) this.#leaves.set(this.#leafIndex(), sha256(part))
      else this.#openLeaf().update(part)
      at += part.length
      this.#advance(part.length)
    }
  }

  #addZeros(length: number): void {
    for (let left = length; left > 0;) {
      const room = leafBytes - (this.#position % leafBytes)
      const step = left >= room && room === leafBytes ? this.#skip(left) : Math.min(left, room)
      if (step < leafBytes) this.#openLeaf().update(zeroBytes.subarray(0, step))
      left -= step
      this.#advance(step)
    }
  }

  /** At the start of a leaf: a whole empty leaf, or a whole empty node. */
  #skip(left: number): number {
    return this.#position % nodeBytes === 0 && left >= nodeBytes ? nodeBytes : leafBytes
  }

  #openLeaf(): Hash {
    this.#leaf ??= createHash('sha256')
    return this.#leaf
  }

  #advance(bytes: number): void {
    if (this.#leaf !== undefined && (this.#position + bytes) % leafBytes === 0) {
      this.#leaves.set(this.#leafIndex(), this.#leaf.digest())
      this.#leaf = undefined
    }
    this.#position += bytes
    if (this.#position % nodeBytes === 0) this.#closeNode(leavesPerNode)
  }

  #leafIndex(): number {
    return Math.floor((this.#position % nodeBytes) / leafBytes)
  }

  #closeNode(leaves: number): void {
    if (this.#leaves.size === 0 && leaves === leavesPerNode) this.#nodes.push(zeroNode)
    else {
      const parts = Array.from({ length: leaves }, (_, index) => this.#leaves.get(index) ?? zeroLeaf)
      this.#nodes.push(sha256(Buffer.concat(parts)))
    }
    this.#leaves.clear()
  }
}

/** Decorator: the tree learns what passes by. */
export async function* treeExtents(
  extents: AsyncIterable<DiskExtent>,
  tree: HashTree,
): AsyncGenerator<DiskExtent, void, undefined> {
  for await (const extent of extents) {
    tree.add(extent)
    yield extent
  }
}
