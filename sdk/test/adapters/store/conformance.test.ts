import { describe, it } from 'node:test'
import { MemoryStore } from '../../../src/adapters/store/memoryStore.ts'
import { storeConformance } from '../../../src/testing/storeConformance.ts'
import { newFolder } from './helpers/folder.ts'

describe('the memory store', () => {
  for (const { title, run } of storeConformance) it(title, () => run(new MemoryStore()))
})

describe('the SQLite store', () => {
  for (const { title, run } of storeConformance) it(title, async (t) => run(await newFolder(t).open()))
})
