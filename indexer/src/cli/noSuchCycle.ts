import { IndexerError } from '../errors.ts'

export function noSuchCycle(state: 'frozen' | 'sealed'): IndexerError {
  return new IndexerError('Cycle.WrongStateError', `No cycle is ${state}.`, {
    given: 'no name',
    expected: `the name of a cycle that is ${state}`,
    next: '`musubi-indexer status` lists the cycles and their states.',
  })
}
