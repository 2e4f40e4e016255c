import { ProgramError } from '@musubi/cli'

export function noSuchCycle(state: 'frozen' | 'sealed'): ProgramError {
  return new ProgramError('Cycle.WrongStateError', `No cycle is ${state}.`, {
    given: 'no name',
    expected: `the name of a cycle that is ${state}`,
    next: '`musubi-indexer status` lists the cycles and their states.',
  })
}
